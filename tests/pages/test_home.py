"""The home page: made once, owned by editors, honest about what is missing."""

import pytest
from django.core.exceptions import ValidationError
from factories import make_person
from wagtail.models import Page, Site

from pages.blocks import HotlineBlock
from pages.home import HomePage, create_home

# welcome: site, page, its translations with their locale; the menu asks nothing of an anonymous visitor
HOME_QUERIES = 16


@pytest.fixture
def home(db):
    return create_home()


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


def test_the_public_is_led_to_help_and_officials_to_learning(client, home):
    html = client.get("/").content.decode()
    for number in ("111", "113", "115"):
        assert f'href="tel:{number}"' in html
    assert 'href="/hoc-tap/"' in html
    assert "chưa được cơ quan chuyên môn duyệt" in html
    assert "Cả thôn cùng giữ nhau" in html
    assert "Chưa có" in html, "a language without a translation is said to be missing"


def test_the_note_of_missing_approval_goes_when_an_editor_empties_it(client, home):
    home.review_note = ""
    home.save_revision().publish()
    assert "duyệt." not in client.get("/").content.decode().split("<footer")[0].split("Dành cho cán bộ")[1]


def test_a_number_that_nobody_called_cannot_be_published():
    value = {"number": "1800 1581", "when": "Tổng đài của tỉnh", "terms": "", "confirmed_on": None}
    with pytest.raises(ValidationError):
        HotlineBlock().clean(value)


def test_a_national_number_needs_no_trial_call():
    value = {"number": "113", "when": "Cần Công an ngay", "terms": "", "confirmed_on": None}
    assert HotlineBlock().clean(value)["number"] == "113"


def test_the_home_page_costs_few_queries(client, home, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(HOME_QUERIES):
        client.get("/")


def test_an_editor_opens_the_home_page_under_cms_and_sees_a_preview(client_of, home):
    client = client_of(make_person("Võ Minh Đức", "QT-001", is_superuser=True))
    html = client.get(f"/cms/pages/{home.pk}/edit/").content.decode()
    assert "gọi cho ai" in html.lower()
    preview = home.make_preview_request()
    assert preview.status_code == 200
    assert "Cả thôn cùng giữ nhau" in preview.render().content.decode()
