"""The home page: made once, owned by editors, honest about what is missing, and led by the campaign's days."""

from datetime import date

import time_machine
from factories import make_person
from sharing import shared
from wagtail.models import Page, Site

from campaigns.starter.seeding import create_campaign
from pages.contacts import starter
from pages.home.page import HomePage, create_home

# site, page; campaign (twice), its messages and their recordings; numbers, translations with their locale; the
# addresses of pages; the menu asks nothing of an anonymous visitor
HOME_QUERIES = 16


@shared
def home():
    return create_home()


@shared
def campaign(home):
    starter.create_contacts()
    return create_campaign(home, date(2027, 5, 1), lambda line: None)


def html_on(client, day: str) -> str:
    with time_machine.travel(f"{day}T05:00:00+07:00", tick=False):
        return client.get("/").content.decode()


def test_making_the_home_page_twice_changes_nothing(home):
    home.heading = "Lời của biên tập viên"
    home.save_revision().publish()
    again = create_home()
    assert again.pk == home.pk
    assert again.heading == "Lời của biên tập viên"
    assert HomePage.objects.count() == 1


def test_the_home_page_replaces_wagtails_welcome_page_as_root_of_the_site(home):
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert Page.objects.get(depth=1).get_children().count() == 1
    assert Page.find_problems() == ([], [], [], [], [])


def test_pages_below_the_welcome_page_are_not_lost(db):
    welcome = Page.objects.get(depth=2)
    kept = welcome.add_child(instance=Page(title="Trang cũ", slug="trang-cu"))
    create_home()
    assert Page.objects.filter(pk=kept.pk).exists()


def test_the_public_is_led_to_help_and_officials_to_learning(client, home, campaign):
    html = client.get("/").content.decode()
    for number in ("111", "113", "115"):
        assert f'href="tel:{number}"' in html
    assert 'href="/hoc-tap/"' in html
    assert "chưa được cơ quan chuyên môn duyệt" in html
    assert "Cả thôn cùng giữ nhau" in html
    assert "Chưa có" in html, "a language without a translation is said to be missing"


def test_help_is_there_before_anybody_wrote_a_number(client, home):
    html = client.get("/").content.decode()
    assert "Gọi 111, miễn phí, ngày đêm" in html


def test_the_note_of_missing_approval_goes_when_an_editor_empties_it(client, home):
    home.review_note = ""
    home.save_revision().publish()
    assert "duyệt." not in client.get("/").content.decode().split("<footer")[0].split("Dành cho cán bộ")[1]


def test_before_the_campaign_home_shows_its_own_words_and_when_it_begins(client, campaign):
    html = html_on(client, "2027-06-30")
    assert "Ai mời đi xa việc nhẹ lương cao" in html
    assert "từ ngày 01/07/2027" in html
    assert "ngày nữa là 30/7" not in html


def test_while_the_campaign_runs_home_counts_the_days_and_leads_into_it(client, campaign):
    campaign.theme = "Chủ đề thử của năm"
    campaign.save_revision().publish()
    html = html_on(client, "2027-07-01")
    assert "Còn 29 ngày nữa là 30/7" in html
    assert "Chủ đề thử của năm" in html
    assert "Vào chiến dịch 30/7 năm 2027" in html


def test_on_the_day_home_says_that_it_is_today(client, campaign):
    assert "Hôm nay, 30/7" in html_on(client, "2027-07-30")


def test_after_the_day_home_says_how_long_the_campaign_goes_on(client, campaign):
    assert "còn đến hết ngày 15/08" in html_on(client, "2027-08-15")


def test_when_the_campaign_is_over_its_messages_stay(client, campaign):
    html = html_on(client, "2027-08-16")
    assert "Việc nhẹ, lương cao? Hỏi cho rõ đã." in html
    assert "còn đến hết" not in html


def test_the_days_are_those_of_viet_nam(client, campaign):
    """Midnight in Đà Nẵng is five in the afternoon of the day before in London."""
    with time_machine.travel("2027-07-29T17:30:00+00:00", tick=False):
        assert "Hôm nay, 30/7" in client.get("/").content.decode()


def test_of_two_campaigns_home_shows_the_one_under_way_then_the_next(home, campaign, client):
    from campaigns.messages.campaign import days_of
    from pages.publishing import add_published as publish

    old = type(campaign)(
        title="Ngày 30/7 năm 2026", slug="nam-2026", heading="Năm ngoái", lead="x", year=2026, **days_of(2026)
    )
    publish(home, old)
    assert "Năm ngoái" in html_on(client, "2026-07-30")
    assert "Năm ngoái" not in html_on(client, "2026-09-01")


def test_the_home_page_costs_few_queries(client, campaign, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(HOME_QUERIES):
        client.get("/")


def test_an_editor_opens_the_home_page_under_cms_and_sees_a_preview(client_of, home):
    client = client_of(make_person("Võ Minh Đức", "QT-001", is_superuser=True))
    html = client.get(f"/cms/pages/{home.pk}/edit/").content.decode()
    assert "lời mở đầu" in html.lower()
    preview = home.make_preview_request()
    assert preview.status_code == 200
    assert "Cả thôn cùng giữ nhau" in preview.render().content.decode()
