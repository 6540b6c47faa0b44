"""What every page has in common: the way to help, the way out, a strict policy, few bytes, no inline code."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from pages.home.page import create_home
from pages.shell.surfaces import SOURCE, SURFACES, build, stylesheet

TEMPLATES = sorted([*Path(settings.SITE_DIR, "templates").rglob("*.html")])
# Wagtail's own pages under /cms/ have Wagtail's policy
EDITOR_TEMPLATES = ("wagtailadmin", "wagtail_localize")
SCRIPTS = sorted(Path(settings.SITE_DIR, "static", "js").rglob("*.js"))

ALWAYS_THERE = ["/xem-an-toan/", "/tro-nang/", "/du-lieu-ca-nhan/", "/tai-khoan/login/", "/tai-khoan/password/reset/"]

INLINE_CODE = [
    r"<style\b",
    r"\sstyle\s*=",
    r"<script(?![^>]*\bsrc=)",
    r"<[^>]*\son[a-z]+\s*=",
    r"javascript:",
]


@pytest.fixture
def home(db):
    return create_home()


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in TEMPLATES])
def test_no_template_of_the_site_carries_inline_code(path):
    if any(part in EDITOR_TEMPLATES for part in path.parts):
        return
    text = re.sub(r"{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL)
    assert [pattern for pattern in INLINE_CODE if re.search(pattern, text)] == []


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SCRIPTS])
def test_no_script_writes_code_or_styles_into_a_page(path):
    text = path.read_text()
    assert not re.search(r"\beval\(|new Function|document\.write|innerHTML|\.style\.", text)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in sorted(SOURCE.glob("*.css"))])
def test_a_component_says_first_what_it_is_for(path):
    assert path.read_text().startswith("/*")


def test_no_page_is_exchanged_by_a_line_of_its_head():
    """Nobody could stop it (WCAG 2.2.1, technique F41); `js/again.js` leaves alone who types or has turned away."""
    assert not [path.name for path in TEMPLATES if "http-equiv" in path.read_text().lower()]


def test_every_component_belongs_to_a_surface():
    used = {component for components in SURFACES.values() for component in components}
    assert used == {path.stem for path in SOURCE.glob("*.css")}


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_is_one_file_that_staticfiles_finds(surface):
    path = finders.find(f"surface/{surface}.css")
    assert Path(path).read_text() == stylesheet(surface)
    assert "/*" not in stylesheet(surface)


@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_is_lost_when_a_surface_is_put_together(surface):
    sources = "".join((SOURCE / f"{component}.css").read_text() for component in SURFACES[surface])
    without_comments = re.sub(r"/\*.*?\*/", "", sources, flags=re.DOTALL)
    assert stylesheet(surface).count("{") == without_comments.count("{")
    assert stylesheet(surface).count("}") == without_comments.count("}")


def test_a_surface_is_built_anew_when_a_component_changed(tmp_path, monkeypatch):
    monkeypatch.setattr("pages.shell.surfaces.BUILT", tmp_path)
    built = build("public")
    built.write_text("old")
    assert build("public").read_text() == stylesheet("public")


def test_collecting_static_files_stores_surfaces_hashed_and_compressed(settings, tmp_path):
    from django.core.management import call_command

    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "pages.shell.surfaces.SurfaceFinder",
    ]
    finders.get_finder.cache_clear()
    call_command("collectstatic", interactive=False, verbosity=0)
    names = {path.name for path in (tmp_path / "surface").iterdir()}
    for surface in SURFACES:
        assert any(re.fullmatch(rf"{surface}\.[0-9a-f]+\.css", name) for name in names)
        assert any(re.fullmatch(rf"{surface}\.[0-9a-f]+\.css\.gz", name) for name in names)
        assert any(re.fullmatch(rf"{surface}\.[0-9a-f]+\.css\.br", name) for name in names)


@pytest.mark.parametrize("path", ["/", "/ngay-30-7/", "/ngay-30-7/viec-tren-mang/", "/goi-ai/", "/xem-an-toan/"])
def test_a_public_page_costs_at_most_14_kb(client, starter, path):
    html = client.get(path).content
    surface = re.search(rb"surface/(\w+)\.css", html)[1].decode()
    assert len(gzip.compress(html)) + len(gzip.compress(stylesheet(surface).encode())) <= 14 * 1024


@pytest.mark.parametrize("surface", ["learn", "data"])
def test_the_stylesheets_of_officials_leave_room_for_the_page(surface):
    assert len(gzip.compress(stylesheet(surface).encode())) <= 9 * 1024


@pytest.mark.parametrize("path", ["/", *ALWAYS_THERE])
def test_every_page_has_one_heading_a_language_help_and_a_way_out(client, home, settings, path):
    html = client.get(path).content.decode()
    assert len(re.findall(r"<h1\b", html)) == 1
    assert '<html lang="vi">' in html
    assert 'href="tel:111"' in html
    assert f'href="{settings.QUICK_EXIT_URL}"' in html
    assert re.search(r"<main id=\"chinh\"", html)
    assert re.search(r'<a class="skip" href="#chinh">', html)


@pytest.mark.parametrize("path", ["/", *ALWAYS_THERE])
def test_the_policy_is_strict_on_the_site(client, home, path):
    policy = client.get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"https?:", policy)


@pytest.mark.django_db
def test_the_policy_leaves_wagtail_what_it_needs_under_cms(client):
    """The strict policy would stop Wagtail's own inline code: under /cms/ it is absent or Wagtail's own."""
    response = client.get("/cms/")
    assert "script-src 'self';" not in response.get("Content-Security-Policy", "")


@pytest.mark.parametrize("path", ["/", "/xem-an-toan/", "/tro-nang/", "/du-lieu-ca-nhan/"])
def test_an_anonymous_visitor_gets_no_cookie_and_no_form_token(client, home, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


@pytest.mark.parametrize("path", ["/", *ALWAYS_THERE])
def test_a_page_asks_nothing_of_other_servers(client, home, settings, path):
    # the way out leads elsewhere; the canonical address is our own in full
    html = client.get(path).content.decode().replace(settings.QUICK_EXIT_URL, "").replace(settings.BASE_URL, "")
    assert re.findall(r'(?:src|href|action)="https?://[^"]+', html) == []


def test_a_browser_in_english_gets_the_vietnamese_page_at_the_vietnamese_address(client, home):
    response = client.get("/tai-khoan/login/", headers={"accept-language": "en"})
    assert "Đăng nhập" in response.content.decode()
    assert "Sign In" not in response.content.decode()


def test_an_unapproved_number_is_nowhere(client, home):
    for path in ["/", *ALWAYS_THERE]:
        assert not re.search(r"1800\s?1581", client.get(path).content.decode())


def menu_of(client, path="/") -> list[str]:
    html = client.get(path).content.decode()
    return re.findall(r'href="([^"]+)"', re.search(r'<nav class="nav".*?</nav>', html, re.DOTALL)[0])


def test_the_public_menu_leads_to_the_numbers_the_campaign_the_communes_and_the_schools(client, starter):
    public = ["/goi-ai/", "/ngay-30-7/", "/xa-phuong/", "/truong-hoc/"]
    assert menu_of(client)[:4] == public
    assert menu_of(client, "/en/")[:4] == ["/en/goi-ai/", *public[1:]]
    for path in public:
        assert client.get(path).status_code == 200


def test_the_menu_follows_a_page_that_was_moved_and_leads_to_none_that_is_not_there(client, starter):
    from pages.contacts.page import ContactsPage

    page = ContactsPage.objects.get(locale__language_code="vi")
    page.slug = "goi-cho-ai"
    page.save()
    assert menu_of(client)[0] == "/goi-cho-ai/"
    page.unpublish()
    assert menu_of(client)[0] == "/ngay-30-7/"


def test_the_menu_of_a_visitor_costs_no_query_once_it_is_known(rf, starter, django_assert_num_queries):
    from pages.shell.navigation import entries

    request = rf.get("/")
    entries(request)
    with django_assert_num_queries(0):
        assert len(entries(request)) == 6


def test_the_way_out_of_officials_is_not_mistaken_for_signing_out_which_stands_beside_it(client_of, cast, home):
    """“Thoát” is what officials call signing out, and commune computers are shared."""
    for path in ("/hoc-tap/", "/tai-khoan/", "/"):
        html = client_of(cast.learner).get(path).content.decode()
        header = html[html.index('class="safe three"') :].split("</header>")[0]
        assert "Rời trang nhanh" in header
        assert "Thoát" not in header
        assert 'href="/tai-khoan/logout/">Đăng xuất</a>' in header
    sign_in = client_of().get("/tai-khoan/login/").content.decode()
    assert "Rời trang nhanh" in sign_in
    # what the foot of the page says of the button calls it as the button does
    for html in (sign_in, *(client_of(cast.learner).get(path).content.decode() for path in ("/", "/xem-an-toan/"))):
        assert "Nút “Rời trang nhanh”" in html
        assert "“Thoát”" not in html
    html = client_of().get("/").content.decode()
    assert "Thoát" in html
    assert "Đăng xuất" not in html


def test_the_menu_follows_the_roles(cast, client_of, home):
    def menu(person):
        return menu_of(client_of(person))

    assert "/tai-khoan/login/" in menu(None)
    assert "/hoc-tap/" in menu(cast.learner)
    assert "/bao-cao/" not in menu(cast.learner)
    assert "/bao-cao/" in menu(cast.trainer)
    assert "/bao-cao/" in menu(cast.observer)
    assert "/cms/" in menu(cast.editor)
    assert "/cms/" not in menu(cast.observer)
    assert "/buoi-tap/" in menu(cast.trainer)
    assert "/buoi-tap/" not in menu(cast.observer)
    assert "/lop-tap-huan/" in menu(cast.trainer)
    assert "/lop-tap-huan/" in menu(cast.unit_head)
    assert "/lop-tap-huan/" not in menu(cast.observer)


def test_the_files_that_browsers_ask_for_by_name_are_there(client):
    manifest = client.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    assert manifest.json()["name"] == "Lá Chắn"
    for icon in manifest.json()["icons"]:
        assert finders.find(icon["src"].removeprefix(settings.STATIC_URL))
    assert "Disallow: /cms/" in client.get("/robots.txt").content.decode()
    assert client.get("/favicon.ico").status_code == 302


def test_every_class_in_a_template_has_its_rules():
    """A class that no stylesheet knows is a misspelling or a look that nobody drew."""
    rules = "".join(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL) for path in SOURCE.glob("*.css"))
    drawn = set(re.findall(r"\.([a-zA-Z][\w-]*)", rules))
    unknown = {}
    for path in TEMPLATES:
        text = re.sub(r"{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"{{.*?}}", "*", re.sub(r"{%.*?%}", " ", text))
        used = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split() if "*" not in name}
        if (missing := used - drawn) and not any(part in EDITOR_TEMPLATES for part in path.parts):
            unknown[path.name] = missing
    assert unknown == {}


def test_the_editing_screens_bear_our_name(cast, client_of):
    page = client_of(cast.manager).get("/cms/").content.decode()
    assert "- Lá Chắn</title>" in page.replace("\n", "")
    assert "<title>" in page
    assert "Wagtail</title>" not in page


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_carries_the_tokens_it_draws_with_and_no_others(surface):
    rules = stylesheet(surface)
    # those of the scenes are used by drawings in the page
    declared = {name for name in re.findall(r"[{;](--[\w-]+):", rules) if not name.startswith("--s-")}
    # these come with a fallback: a modifier sets them
    assert declared - {"--min", "--side"} == set(re.findall(r"var\((--[\w-]+)", rules)) - {"--min", "--side"}


# where a menu leads at once, or the first page after signing in
IN_THE_MENU = {
    *("account/account.html", "activities/home.html", "campaigns/school_desk.html", "classes/home.html"),
    *("learning/my_learning.html", "observed/home.html", "prints/home.html", "schools/home.html"),
    *("speaking/home.html", "translating/home.html"),
}
# what answers in another page's place, and says itself where to go on
IN_ANOTHERS_PLACE = {
    *("account/no_slips.html", "account/slip_sheet.html", "account/slips_gone.html", "account/welcome.html"),
    *("account/wording.html", "certificates/not_printed.html", "learning/keeping/not_printed.html"),
    *("learning/refused.html", "practice/trial.html", "quiz/attempt.html", "quiz/preview.html"),
    *("quiz/question_preview.html", "quiz/submit.html", "reports/forbidden.html", "reports/nothing.html"),
}
BASES = {"base_data.html", "base_learn.html", "classes/base.html", "observed/base.html", "alerts/base.html"} | {
    *("prints/base.html", "translating/base.html"),
}


def test_every_page_behind_the_sign_in_says_what_stands_above_it():
    root, without = Path(settings.SITE_DIR, "templates"), set()
    for path in TEMPLATES:
        text, name = path.read_text(), path.relative_to(root).as_posix()
        base = re.match(r'{% extends "([^"]+)" %}', text)
        if base and base[1] in BASES and name not in BASES and "{% block crumbs %}" not in text:
            without.add(name)
    assert without == IN_THE_MENU | IN_ANOTHERS_PLACE
