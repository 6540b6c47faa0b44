"""What search engines, share sites and feeds are told: every public page, its real translations, nothing private."""

from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_course
from sharing import shared
from wagtail.models import Locale, PageViewRestriction

from campaigns.messages.campaign import CampaignPage
from campaigns.messages.message import MessagePage
from campaigns.starter.seeding import create_campaign
from pages.contacts import starter
from pages.home.page import create_home
from pages.serving import version
from pages.sharing.pictures import picture_of

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


@shared
def home():
    home = create_home()
    starter.create_contacts()
    create_campaign(home, date(2026, 5, 1), lambda line: None)
    return home


def addresses(client) -> list[str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [place.text.removeprefix("http://127.0.0.1:8000") for place in root.iter(f"{SITEMAP}loc")]


def test_the_sitemap_names_every_public_page_once(home, client):
    paths = addresses(client)
    assert {"/", "/ngay-30-7/", "/ngay-30-7/di-lam-xa/"} <= set(paths)
    assert len(paths) == len(set(paths))
    for path in paths:
        assert client.get(path).status_code == 200


def test_what_is_not_public_is_not_in_the_sitemap(home, client):
    message, other = MessagePage.objects.filter(locale__language_code="vi")[:2]
    message.unpublish()
    PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.LOGIN)
    paths = addresses(client)
    assert not {message.url, other.url} & set(paths)
    assert not [path for path in paths if path.startswith(("/cms/", "/hoc-tap/", "/tai-khoan/", "/bao-cao/"))]


def test_courses_for_officials_are_found_by_their_own_page_only(home, client):
    small_course = make_course()
    paths = addresses(client)
    assert small_course.course.url in paths
    assert small_course.lessons[0].url not in paths


def test_real_translations_are_listed_and_missing_ones_are_not(home, client):
    lao, _created = Locale.objects.get_or_create(language_code="lo")
    campaign = CampaignPage.objects.get(locale__language_code="vi")
    for page in (home, campaign):
        if not page.has_translation(lao):
            page.copy_for_translation(lao).save_revision().publish()
    # a copy that nobody translated is Vietnamese still
    assert 'hreflang="lo"' not in client.get("/sitemap.xml").content.decode()
    assert 'hreflang="lo"' not in client.get("/ngay-30-7/").content.decode()
    copy = campaign.get_translation(lao).specific
    copy.title = "qaa: thu 30/7"
    copy.save_revision().publish()
    text = client.get("/sitemap.xml").content.decode()
    assert 'hreflang="lo" href="http://127.0.0.1:8000/lo/ngay-30-7/"' in text
    assert "/lo/ngay-30-7/di-lam-xa/" not in text
    html = client.get("/ngay-30-7/").content.decode()
    assert '<link rel="alternate" hreflang="lo" href="http://127.0.0.1:8000/lo/ngay-30-7/">' in html
    shown_instead = client.get("/lo/ngay-30-7/di-lam-xa/")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/ngay-30-7/di-lam-xa/">' in shown_instead.content.decode()
    assert shown_instead.headers["X-Robots-Tag"] == "noindex"


def test_the_sitemap_costs_a_constant_number_of_queries(home, client):
    version.raise_version()
    with CaptureQueriesContext(connection) as seen:
        client.get("/sitemap.xml")
    # site, locales, home pages, restrictions; classes; restrictions again (Wagtail's `public`), pages
    assert len(seen) <= 9
    with CaptureQueriesContext(connection) as seen:
        client.get("/sitemap.xml")
    assert len(seen) == 0


def test_robots_are_told_where_the_map_is_and_what_is_not_theirs(home, client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /chung-nhan/" in text


def test_a_share_card_says_no_more_than_the_title(home, client):
    from outbox.draining import drain

    drain()
    message = MessagePage.objects.get(slug="di-lam-xa", locale__language_code="vi")
    html = client.get(message.url).content.decode()
    assert f'<meta property="og:title" content="{message.share_title}">' in html
    assert f'<meta property="og:url" content="http://127.0.0.1:8000{message.url}">' in html
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{picture_of(message).url}">' in html
    assert "mua bán" not in html[: html.index("</title>")].lower()
    assert 'itemtype="https://schema.org/WebPage"' in html
    assert '<meta itemprop="dateModified"' in html
    assert "ld+json" not in html


@pytest.mark.parametrize("path", ["/", "/ngay-30-7/", "/ngay-30-7/di-lam-xa/"])
def test_a_page_has_one_canonical_address(home, client, path):
    assert client.get(path).content.decode().count('rel="canonical"') == 1


def test_the_feed_brings_what_is_new_and_public(home, client):
    response = client.get("/tin.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(response.content)
    links = [entry.find(f"{ATOM}link").get("href") for entry in root.iter(f"{ATOM}entry")]
    assert "http://127.0.0.1:8000/ngay-30-7/di-lam-xa/" in links
    assert "mua bán" not in response.content.decode().lower()


def test_the_feed_costs_a_constant_number_of_queries(home, client):
    client.get("/tin.atom")
    with CaptureQueriesContext(connection) as seen:
        client.get("/tin.atom")
    # restrictions, pages taken down, pages, one a class of pages; addresses of sites
    assert len(seen) <= 8


def test_a_commune_that_does_not_exist_has_no_feed(home, client):
    assert client.get("/xa-phuong/khong-co/tin.atom").status_code == 404


def test_the_install_manifest_is_neutral_and_has_icons_that_may_be_cut(home, client):
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["name"] == "Lá Chắn"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
