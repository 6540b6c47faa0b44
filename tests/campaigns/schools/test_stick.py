"""The zip for a USB stick: small, every link in it leads somewhere, nothing in it needs the site."""

import re
import zipfile
from html import unescape
from io import BytesIO
from posixpath import dirname, join, normpath

import pytest
from sharing import shared

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.stick.rewriting import addresses_in, apart, relative, rewrite
from campaigns.starter.lessons import create_schools
from outbox.draining import drain
from outbox.effects import Effect, EffectState
from outbox.private_files import private_files
from pages.home.page import create_home

MOST = 5 * 1024 * 1024
FILES = {"/truong-hoc/a/": "truong-hoc/a/index.html", "/truong-hoc/": "index.html", "/static/x.css": "x.css"}
AT = "truong-hoc/a/day/index.html"


@shared
def packs():
    create_schools(create_home(), lambda line: None)
    return {page.slug: page for page in SchoolLessonPage.objects.all()}


# --- pure


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<a href="/truong-hoc/a/#e">', '<a href="../index.html#e">'),
        ('<a href="/truong-hoc/?bac=1&amp;x=2">', '<a href="../../../index.html">'),
        ('<link href="/static/x.css">', '<link href="../../../x.css">'),
        ('<a href="/khac/?a=1&amp;b=2">', '<a href="https://a.vn/khac/?a=1&amp;b=2">'),
        (
            '<a href="#e"><a href="tel:111"><a href="https://b.vn/">',
            '<a href="#e"><a href="tel:111"><a href="https://b.vn/">',
        ),
        ('<a href="//b.vn/x">', '<a href="//b.vn/x">'),
        ('<script type="module" src="/static/x.css"></script>', '<script defer src="../../../x.css"></script>'),
        ('<script type="module" src="/static/js/keep.1a.js"></script>', ""),
        ('<link rel="manifest" href="/manifest.webmanifest">', ""),
    ],
    ids=["page", "query", "style", "site", "left", "elsewhere", "module", "needs the site", "manifest"],
)
def test_a_link_leads_to_a_file_or_to_the_site(written, read):
    assert rewrite(written, AT, FILES, "https://a.vn") == read


def test_what_a_page_draws_is_found_and_what_it_links_to_is_not():
    html = '<link rel="x" href="/static/x.css"><img alt="" src="/tep/a.png"><a href="/khac/">'
    html += '<a class="play" href="/tep/a.mp3">'
    assert addresses_in(html) == ["/static/x.css", "/tep/a.png", "/tep/a.mp3"]


def test_names_of_one_script_stay_its_own():
    assert apart("const a = 1;").startswith("(function () {")
    assert relative("index.html", "index.html") == "index.html"


# --- the zip


def handed_out(client) -> bytes:
    """Asked for, made by the worker, fetched."""
    assert client.get("/truong-hoc/usb.zip").url == "/truong-hoc/usb/"
    assert "Làm gói cho USB" in client.get("/truong-hoc/usb/").content.decode()
    asked = client.post("/truong-hoc/usb/")
    assert (asked.status_code, dict(asked.cookies)) == (302, {})
    assert "js/again.js" in client.get("/truong-hoc/usb/").content.decode()
    drain()
    assert "Tải về" in client.get("/truong-hoc/usb/").content.decode()
    answer = client.get("/truong-hoc/usb.zip")
    assert not answer.cookies
    return b"".join(answer.streaming_content)


@pytest.fixture
def files(packs, client) -> dict[str, bytes]:
    made = handed_out(client)
    assert len(made) <= MOST, len(made)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return {name.removeprefix("la-chan/"): archive.read(name) for name in archive.namelist()}


def test_all_lessons_fit_on_a_stick_and_every_link_leads_to_a_file(files, packs):
    broken = []
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        html = content.decode()
        for value in re.findall(r'\s(?:href|src)="([^"]*)"', html):
            target = unescape(value).partition("#")[0].partition("?")[0]
            if not target or re.match(r"[a-z]+:", target):
                continue
            if normpath(join(dirname(name), target)) not in files:
                broken.append((name, value))
    assert broken == []
    for slug in packs:
        assert f"truong-hoc/{slug}/day/index.html" in files
        assert files[f"in/{slug}.pdf"].startswith(b"%PDF")


def test_nothing_on_a_stick_needs_the_site_or_names_a_module(files):
    for name, content in files.items():
        if name.endswith(".html"):
            html = content.decode()
            assert 'type="module"' not in html
            assert "csrfmiddlewaretoken" not in html
            assert not re.search(r'<(?:script|img|link|source)[^>]*(?:src|href)="(?:https?:)?//', html), name


def test_a_stick_says_of_when_it_is_and_when_to_renew_it(files):
    for name in ("index.html", "truong-hoc/lop-4-5/index.html"):
        assert "nên làm mới trước ngày" in files[name].decode()
        assert "data-until=" in files[name].decode()
    assert "Chưa duyệt." in files["index.html"].decode()


def test_a_withdrawn_lesson_is_on_no_stick_any_more(packs, client):
    packs["lop-4-5"].unpublish()
    answer = client.get("/truong-hoc/lop-4-5/usb.zip")
    assert answer.status_code == 410
    assert "thu hồi" in answer.content.decode()
    with zipfile.ZipFile(BytesIO(handed_out(client))) as archive:
        assert not [name for name in archive.namelist() if "lop-4-5" in name]
    assert client.get("/truong-hoc/khong-co/usb.zip").status_code == 404


def test_the_same_content_on_the_same_day_is_the_same_file(packs, client):
    first = client.get("/truong-hoc/lop-6-9/usb.zip").content
    from django.core.cache import cache

    cache.clear()
    assert client.get("/truong-hoc/lop-6-9/usb.zip").content[:2] == first[:2]


def test_what_is_signed_in_is_not_on_the_stick(packs, client, cast):
    client.force_login(cast.teacher)
    with zipfile.ZipFile(BytesIO(client.get("/truong-hoc/lop-6-9/usb.zip").content)) as archive:
        for name in archive.namelist():
            assert cast.teacher.full_name.encode() not in archive.read(name)


def test_all_lessons_are_made_once_and_anew_when_one_was_published(packs, client):
    for _press in range(3):
        client.post("/truong-hoc/usb/")
    work = Effect.objects.get(kind="school_sticks")
    assert client.post("/truong-hoc/usb/", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    packs["lop-4-5"].save_revision().publish()
    assert client.get("/truong-hoc/usb.zip").status_code == 302
    client.post("/truong-hoc/usb/")
    assert Effect.objects.filter(kind="school_sticks").exclude(pk=work.pk).count() == 1


def test_a_file_that_is_gone_or_failed_is_made_again(packs, client):
    client.post("/truong-hoc/usb/")
    Effect.objects.filter(kind="school_sticks").update(state=EffectState.FAILED, error="Máy chủ đầy.")
    assert "Máy chủ đầy." in client.get("/truong-hoc/usb/").content.decode()
    client.post("/truong-hoc/usb/")
    assert Effect.objects.get(kind="school_sticks").state == EffectState.WAITING
    drain()
    private_files.delete(Effect.objects.get(kind="school_sticks").result["file"])
    assert client.get("/truong-hoc/usb.zip").status_code == 302
    client.post("/truong-hoc/usb/")
    drain()
    assert client.get("/truong-hoc/usb.zip").status_code == 200
