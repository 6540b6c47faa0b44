"""Searching: found however it is typed, nothing for nonsense, help first for whoever is in need."""

import unicodedata

import pytest
from django.utils.html import escape
from factories import make_course, make_page
from wagtail.models import Page, PageViewRestriction

from config.management.commands.prepare import Command as Prepare
from pages.contacts.page import ContactsPage
from pages.home.page import HomePage, create_home
from pages.search.index import SearchEntry, index_all

# restrictions; what fits; what is shown; the numbers to call
SEARCH_QUERIES = 4


def html_of(client, text="", **fields) -> str:
    response = client.get("/tim-kiem/", {"q": text, **fields})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def result_addresses(client, text, **fields) -> list[str]:
    """Addresses of the results in their order."""
    html = html_of(client, text, **fields)
    return [part.split('"')[0] for part in html.split('<li><h2><a href="')[1:]]


# --- finding


@pytest.mark.parametrize("text", ["mua ban nguoi", "mua bán người", "MUA BÁN NGƯỜI", "Mua  bán, người"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_subject_is_found_however_it_is_typed(starter, client, text, form):
    assert "/ngay-30-7/" in "".join(result_addresses(client, unicodedata.normalize(form, text)))


def test_the_hotline_is_found_under_the_name_people_give_it(starter, client):
    assert result_addresses(client, "duong day nong")[0] == "/goi-ai/"
    assert result_addresses(client, "đường dây nóng")[0] == "/goi-ai/"
    assert result_addresses(client, "hotline")[0] == "/goi-ai/"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lấy chồng trung quốc", "cuoi-xa"),
        ("lay chong han quoc", "cuoi-xa"),
        ("bị giữ ở campuchia", "viec-tren-mang"),
        ("đi lao động nước ngoài", "di-lam-xa"),
        ("bán thận", "khi-ket-tien"),
        ("mang thai hộ", "kho-nuoi-con"),
    ],
)
def test_a_message_is_found_by_what_people_type_though_it_says_otherwise(starter, client, text, message):
    assert result_addresses(client, text)[0] == f"/ngay-30-7/{message}/"


def test_old_and_new_placement_of_the_tone_find_each_other(starter, client):
    make_page(starter, ContactsPage, "Xã Hoà Vang", slug="hoa-vang", heading="Hoà")
    for text in ("hoà vang", "hòa vang", "hoa vang", "HÒA VANG"):
        assert result_addresses(client, text) == ["/hoa-vang/"]


@pytest.mark.parametrize("text", ["zzxq wvut", "qwrtpsd", "con voi biết bay trên mây", "ngươi bán mưa chẳng"])
def test_nonsense_finds_nothing_and_says_so(starter, client, text):
    assert result_addresses(client, text) == []
    assert "Không tìm thấy trang nào." in html_of(client, text)


def test_what_was_typed_with_marks_comes_before_what_looks_like_it(starter, client):
    make_page(starter, ContactsPage, "Một", slug="mot", heading="Bạn thân ở lại")
    make_page(starter, ContactsPage, "Hai", slug="hai", heading="Bán thận ở lại")
    assert result_addresses(client, "bán thận ở lại")[:2] == ["/hai/", "/mot/"]
    assert result_addresses(client, "bạn thân ở lại")[:2] == ["/mot/", "/hai/"]


def test_a_name_comes_before_a_mention(starter, client):
    make_page(starter, ContactsPage, "Mẫu", slug="nhac", heading="Chuyện", lead="Ở bản Pơ Ning có nhà gươl.")
    make_page(starter, ContactsPage, "Bản Pơ Ning", slug="ten", heading="Chuyện khác")
    assert result_addresses(client, "po ning") == ["/ten/", "/nhac/"]


def test_the_beginning_of_a_word_is_enough_but_not_its_end(starter, client):
    make_page(starter, ContactsPage, "Campuchia", slug="xa", heading="Xa")
    assert "/xa/" in result_addresses(client, "campu")
    assert "/xa/" not in result_addresses(client, "puchia")


def test_words_beside_each_other_are_found_in_either_order(starter, client):
    make_page(starter, ContactsPage, "Nơi", slug="noi", heading="Campuchia, Lào, Myanmar")
    assert "/noi/" in result_addresses(client, "lao campuchia")


# --- what may be found


def test_a_course_is_found_and_labelled_as_one_for_officials(db, client):
    small_course = make_course()
    create_home()
    html = html_of(client, "nhan dien nan nhan")
    assert small_course.course.url in html
    assert "Khóa học cho cán bộ" in html
    assert small_course.course.url in "".join(result_addresses(client, "nhan dien nan nhan", cho="can_bo"))
    assert small_course.lessons[0].url not in html


def test_drafts_and_what_only_some_may_see_stay_hidden(starter, client):
    draft = make_page(starter, ContactsPage, "Xoè ô thứ nhất", slug="nhap", heading="H", live=False)
    shut = make_page(starter, ContactsPage, "Xoè ô thứ hai", slug="kin", heading="H")
    PageViewRestriction.objects.create(page=shut, restriction_type="login")
    assert result_addresses(client, "xoe o") == []
    draft.save_revision().publish()
    assert result_addresses(client, "xoe o") == ["/nhap/"]
    draft.refresh_from_db()
    draft.unpublish()
    assert result_addresses(client, "xoe o") == []


def test_what_lies_under_a_shut_page_is_shut(starter, client):
    campaign = starter.get_children().get(slug="ngay-30-7")
    before = result_addresses(client, "viec nhe luong cao")
    assert before
    PageViewRestriction.objects.create(page=campaign, restriction_type="login")
    assert [url for url in result_addresses(client, "viec nhe luong cao") if url.startswith("/ngay-30-7/")] == []


def test_a_draft_changes_nothing_until_it_is_published(starter, client):
    page = make_page(starter, ContactsPage, "Trang mẫu", slug="mau", heading="Chữ ban đầu")
    page.heading = "Kỳ lạ thay"
    revision = page.save_revision()
    assert result_addresses(client, "ky la thay") == []
    revision.publish()
    assert result_addresses(client, "ky la thay") == ["/mau/"]


def test_a_deleted_page_is_gone_from_the_index(starter, client):
    page = make_page(starter, ContactsPage, "Trang mẫu lạ", slug="mau", heading="H")
    page.delete()
    assert result_addresses(client, "mau la") == []
    assert not SearchEntry.objects.filter(title__contains="mau la").exists()


def test_results_in_other_languages_say_which(starter, client):
    home = HomePage.objects.get(locale__language_code="en")
    home.title, home.heading = "Home", "Nobody may be sold"
    home.save_revision().publish()
    html = html_of(client, "nobody may be sold")
    assert '<a href="/en/" lang="en" hreflang="en">Home</a>' in html
    assert '<span lang="en">English</span>' in html


def test_one_audience_narrows_and_everybodys_pages_stay(starter, client):
    make_page(starter, ContactsPage, "Xoè ô một", slug="mot", heading="H", audiences=["giao_vien"])
    make_page(starter, ContactsPage, "Xoè ô hai", slug="hai", heading="H", audiences=["hoc_sinh"])
    make_page(starter, ContactsPage, "Xoè ô ba", slug="ba", heading="H")
    assert set(result_addresses(client, "xoe o")) == {"/mot/", "/hai/", "/ba/"}
    assert set(result_addresses(client, "xoe o", cho="giao_vien")) == {"/mot/", "/ba/"}
    assert "Giáo viên (2)" in html_of(client, "xoe o")
    assert "Chọn người đọc trong danh sách." in html_of(client, "xoe o", cho="nguoi-la")


# --- whoever is in need


@pytest.mark.parametrize("text", ["cứu", "giúp tôi", "Giup em voi", "em bị nhốt", "muốn chết", "SOS", "đường dây nóng"])
def test_a_cry_for_help_shows_111_first(starter, client, text):
    html = html_of(client, text)
    assert html.index('class="n" href="tel:111"') < html.index("<form")


def test_a_long_cry_for_help_is_not_answered_with_a_rule_alone(starter, client):
    html = html_of(client, "cứu tôi với " * 40)
    assert html.index('class="n" href="tel:111"') < html.index("<form")


def test_other_searches_show_111_after_what_was_found(starter, client):
    html = html_of(client, "viec nhe luong cao")
    assert html.index("<form") < html.index('class="n" href="tel:111"')


# --- bad input


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Gõ điều muốn tìm."),
        ("   ", "Gõ điều muốn tìm."),
        ("a", "Gõ ít nhất hai chữ cái hoặc chữ số."),
        ("%_<>", "Gõ ít nhất hai chữ cái hoặc chữ số."),
        ("dài " * 200, "Lời tìm dài quá."),
        ("a\x00b", "ký tự"),
    ],
)
def test_bad_input_gets_one_sentence(starter, client, text, sentence):
    html = html_of(client, text)
    assert html.count('role="alert"') == 1
    if text != "a\x00b":
        assert sentence in html


def test_signs_with_a_meaning_for_the_database_mean_nothing(starter, client):
    assert result_addresses(client, "100% _____ zz") == []
    assert result_addresses(client, "') OR 1=1 --zz") == []


def test_markup_that_was_typed_is_shown_as_typed(starter, client):
    typed = "<script>alert(1)</script> \"'><img src=x>"
    html = html_of(client, typed)
    assert escape(typed) in html
    assert "<img src=x" not in html
    assert "<script>alert" not in html


def test_strange_page_numbers_do_no_harm(starter, client):
    for number in ("0", "-1", "99", "abc", "9" * 30):
        html_of(client, "goi 111", trang=number)


# --- without a trace


def test_a_search_by_post_finds_the_same_and_stands_in_no_address(starter, client):
    answer = client.post("/tim-kiem/", {"q": "duong day nong"}, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 200
    assert "/goi-ai/" in answer.content.decode()
    assert not answer.cookies
    assert 'method="post"' in answer.content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://noi-khac.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://testserver"}, 200),
        # a page of ours with no-referrer in a browser of today
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({}, 200),
    ],
)
def test_a_form_of_another_site_is_refused(starter, headers, status, client):
    client.handler.enforce_csrf_checks = True
    assert client.post("/tim-kiem/", {"q": "cứu"}, headers=headers).status_code == status


def test_nothing_of_a_search_is_kept(starter, client):
    for answer in (client.get("/tim-kiem/", {"q": "cứu"}), client.get("/tim-kiem/")):
        assert not answer.cookies
        assert "csrf" not in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_other_methods_are_refused(starter, client):
    assert client.delete("/tim-kiem/").status_code == 405


def test_the_search_is_one_tap_away_on_every_public_page(starter, client):
    assert 'href="/tim-kiem/"' in client.get("/").content.decode()


# --- cost and upkeep


def test_the_number_of_queries_does_not_grow_with_what_is_found(starter, client, django_assert_num_queries):
    html_of(client, "goi 111")
    for number in range(30):
        make_page(starter, ContactsPage, f"Gọi 111 lần {number}", slug=f"goi-{number}", heading="H")
    html_of(client, "goi 111")
    with django_assert_num_queries(SEARCH_QUERIES):
        assert len(result_addresses(client, "goi 111")) == 10
    with django_assert_num_queries(SEARCH_QUERIES):
        assert len(result_addresses(client, "goi 111", trang=2)) == 10


def test_rebuilding_the_index_changes_nothing(starter):
    before = list(SearchEntry.objects.order_by("pk").values_list())
    SearchEntry.objects.all().delete()
    index_all()
    assert list(SearchEntry.objects.order_by("pk").values_list()) == before
    assert index_all(missing_only=True) == 0
    assert Page.objects.filter(search_entry=None, live=True, depth__gt=1).count() == 0


def test_the_day_of_the_campaign_is_found(starter, client):
    assert "/ngay-30-7/" in "".join(result_addresses(client, "30/7"))


def test_an_upgrade_indexes_anew_what_an_earlier_folding_wrote(starter, client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    page = make_page(starter, ContactsPage, "Xã Đại Lộc", slug="dai-loc", heading="Đại Lộc")
    for _twice in range(2):
        SearchEntry.objects.filter(pk=page.pk).update(title=" ðại lộc", words=" ðại lộc", marks=" ðại lộc")
        Prepare()._index()
        found = result_addresses(client, "Ðại Lộc")
        # the second time there is nothing to do
        assert found == (["/dai-loc/"] if not _twice else [])
