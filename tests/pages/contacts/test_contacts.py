"""Numbers to call: public once somebody called them, told by whom and when, called anew when they change."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from numbers_called import called
from sharing import shared

from pages.contacts.confirming import propose, record_call
from pages.contacts.contact import Contact, ContactCall
from people.times import today

DAY = date(2026, 11, 12)
# the page, where it stands (crumbs), numbers, translations
PAGE_QUERIES = 8


@shared
def numbers(starter):
    return {contact.number: contact for contact in Contact.objects.all()}


def form(**changed):
    row = {"number": "0236 111 222", "name": "Trung tâm công tác xã hội", "when": "Cần tư vấn", "order": "50"}
    return {**row, "hours": "", "cost": "", "unit_code": "", "source": "", "note": "", **changed}


def test_national_numbers_are_public_from_the_start_and_papers_alone_make_no_other_public(client, numbers):
    html = client.get("/goi-ai/").content.decode()
    for number in ("111", "113", "115"):
        assert f'href="tel:{number}"' in html
    for number in ("18001581", "+84 981 84 84 84", "+84981848484"):
        assert number not in html
    assert "Được quyền không nói tên" in client.get("/").content.decode()
    assert {contact.number for contact in Contact.objects.public()} == {"111", "113", "115"}


def test_a_number_is_public_after_a_call_that_was_answered_and_says_when(client, cast, numbers):
    called(numbers["18001581"], cast.manager, DAY)
    html = client.get("/goi-ai/").content.decode()
    assert 'href="tel:18001581"' in html
    assert "Đã gọi thử ngày 12/11/2026" in html
    assert cast.manager.full_name not in html, "who called is for editors"


def test_a_number_that_nobody_answers_any_more_goes_from_every_page_at_once(client, cast, numbers):
    contact = called(numbers["18001581"], cast.manager, DAY)
    assert "18001581" in client.get("/").content.decode()
    record_call(contact, cast.manager, DAY + timedelta(days=1), False, timezone.now())
    assert "18001581" not in client.get("/").content.decode()
    assert contact.calls.count() == 2


def test_an_older_call_noted_later_does_not_overrule_the_latest(cast, numbers):
    contact = called(numbers["18001581"], cast.manager, DAY)
    record_call(contact, cast.manager, DAY - timedelta(days=9), False, timezone.now())
    contact.refresh_from_db()
    assert contact.confirmed_on == DAY


def test_nobody_vouches_for_a_call_to_come(cast, numbers):
    with pytest.raises(ValidationError):
        record_call(numbers["18001581"], cast.manager, today() + timedelta(days=1), True, timezone.now())
    assert not ContactCall.objects.exists()


def test_a_changed_number_has_to_be_called_anew_and_the_old_one_stays_until_then(client_of, cast, numbers):
    contact = called(numbers["18001581"], cast.administrator, DAY)
    editor = client_of(cast.manager)
    url = f"/cms/so-lien-he/edit/{contact.pk}/"
    assert editor.post(url, form(number="18001582")).status_code == 302
    contact.refresh_from_db()
    assert (contact.number, contact.is_public, contact.confirmed_on) == ("18001581", True, DAY)
    assert 'value="18001582"' in editor.get(url).content.decode(), "she goes on with what she wrote"
    called(contact, cast.administrator)
    assert (contact.number, contact.is_public, contact.confirmed_on) == ("18001582", True, today())


def test_the_database_holds_one_row_a_number_and_no_name_without_a_day(cast, numbers):
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(number="111", name="x", when="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.filter(number="113").update(confirmed_by=cast.manager)


def test_a_manager_writes_a_number_calls_it_and_the_list_says_by_whom(client_of, cast, numbers):
    editor = client_of(cast.manager)
    assert editor.post("/cms/so-lien-he/new/", form()).status_code == 302
    contact = Contact.objects.get(number="0236 111 222")
    html = editor.get("/cms/so-lien-he/").content.decode()
    assert "KHÔNG HIỆN RA NGOÀI – chờ gọi lần hai" in html
    call = f"/cms/so-lien-he/goi-thu/{contact.pk}/"
    assert call in editor.get(f"/cms/so-lien-he/edit/{contact.pk}/").content.decode()
    assert "Có người nghe, đúng nơi" in editor.get(call).content.decode()
    assert editor.post(call, {"called_on": f"{DAY}", "answered": "1"}).status_code == 302
    contact.refresh_from_db()
    assert not contact.is_public, "hers was the first call"
    called(contact, cast.administrator)
    html = editor.get("/cms/so-lien-he/").content.decode()
    assert f"đã gọi thử ngày {today():%d/%m/%Y}, bởi {cast.administrator}" in html
    assert str(cast.manager) in editor.get(call).content.decode(), "the calls that there were stand below"


def test_a_day_is_read_as_it_is_written_here(client_of, cast, numbers):
    """The fourth of November, never the eleventh of April."""
    url = f"/cms/so-lien-he/goi-thu/{numbers['18001581'].pk}/"
    editor = client_of(cast.manager)
    assert f'value="{today():%d/%m/%Y}"' in editor.get(url).content.decode()
    assert editor.post(url, {"called_on": "04/11/2026", "answered": "1"}).status_code == 302
    assert ContactCall.objects.get().called_on == date(2026, 11, 4)


def test_the_form_for_a_call_says_whose_number_it_is_and_brings_its_calendar(client_of, cast, numbers):
    html = client_of(cast.manager).get(f"/cms/so-lien-he/goi-thu/{numbers['18001581'].pk}/").content.decode()
    assert f">{numbers['18001581']}</h2>" in html
    assert "js/date-time-chooser" in html


def test_a_call_to_come_gets_one_clear_sentence(client_of, cast, numbers):
    contact = numbers["18001581"]
    tomorrow = today() + timedelta(days=1)
    url = f"/cms/so-lien-he/goi-thu/{contact.pk}/"
    response = client_of(cast.manager).post(url, {"called_on": f"{tomorrow}", "answered": "1"})
    assert "Ngày gọi thử không thể ở sau hôm nay." in response.content.decode()


@pytest.mark.parametrize("number", ["", "một một một", "111<script>", "+", "1" * 30])
def test_what_is_no_number_is_refused(client_of, cast, numbers, number):
    response = client_of(cast.manager).post("/cms/so-lien-he/new/", form(number=number))
    assert response.status_code == 200
    assert Contact.objects.count() == 5


def test_the_same_number_twice_gets_one_clear_sentence(client_of, cast, numbers):
    response = client_of(cast.manager).post("/cms/so-lien-he/new/", form(number="111"))
    assert "Số này đã có trong danh sách." in response.content.decode()


def test_a_call_of_long_ago_is_to_be_repeated(client_of, cast, numbers):
    called(numbers["18001581"], cast.manager, today() - timedelta(days=400))
    assert "nên gọi lại" in client_of(cast.manager).get("/cms/so-lien-he/").content.decode()


def test_a_commune_editor_writes_her_communes_numbers_and_no_others(client_of, cast, numbers):
    editor = client_of(cast.editor)
    assert editor.post("/cms/so-lien-he/new/", form(unit_code="20455")).status_code == 302
    mine = Contact.objects.get(unit=cast.units.tay_giang)
    assert editor.post("/cms/so-lien-he/new/", form(number="0236 1", unit_code="20695")).status_code == 200
    assert editor.post("/cms/so-lien-he/new/", form(number="0236 2")).status_code == 200
    theirs = Contact.objects.create(number="0236 999", name="x", when="x", unit=cast.units.thanh_my)
    html = editor.get("/cms/so-lien-he/").content.decode()
    assert mine.number in html
    assert theirs.number not in html
    assert "18001581" not in html
    for contact in (theirs, numbers["111"]):
        for path in ("edit", "delete", "history", "usage", "goi-thu", "goi-lan-hai", "go-xuong"):
            assert editor.get(f"/cms/so-lien-he/{path}/{contact.pk}/").status_code == 404
    assert editor.get(f"/cms/so-lien-he/goi-thu/{mine.pk}/").status_code == 200


def test_a_communes_number_is_not_the_provinces(client, cast, numbers):
    contact = Contact.objects.create(number="0236 999", name="x", when="x", unit=cast.units.thanh_my)
    called(contact, cast.manager, DAY)
    assert "0236 999" not in client.get("/goi-ai/").content.decode()
    assert list(Contact.objects.of(cast.units.thanh_my).public()) == [contact]


@pytest.mark.parametrize("who", ["observer", "learner", "teacher", "translator", "trainer"])
def test_others_do_not_reach_the_numbers(client_of, cast, numbers, who):
    response = client_of(getattr(cast, who)).get("/cms/so-lien-he/")
    assert response.status_code in (302, 403)


def test_erasing_who_called_keeps_the_number_public(cast, numbers):
    contact = numbers["18001581"]
    called(contact, caller := cast.administrator, DAY)
    caller.delete()
    contact.refresh_from_db()
    assert (contact.confirmed_by, contact.confirmed_on) == (None, DAY)


# --- from abroad, where 111 cannot be called

ABROAD = "+84 981 84 84 84"


def main_of(client, path) -> str:
    html = client.get(path).content.decode()
    return html[html.index("<main") :].split("</main>")[0]


@pytest.mark.parametrize("path", ["/", "/goi-ai/", "/ngay-30-7/viec-tren-mang/"])
def test_who_is_abroad_is_told_that_111_does_not_work_there_and_how_else_to_send_word(client, numbers, path):
    html = main_of(client, path)
    assert "Số 111, 113, 115 chỉ gọi được ở Việt Nam." in html
    assert "nước ngoài" in html
    assert "+84" not in html
    page = main_of(client, "/goi-ai/")
    for words in ("Chưa có số gọi từ nước ngoài nào được gọi thử", "Người ở nhà gọi 111", "Đại sứ quán Việt Nam tại"):
        assert words in page


def test_the_message_for_who_is_stuck_there_does_not_end_with_call_111(client, numbers):
    act = main_of(client, "/ngay-30-7/viec-tren-mang/").split('class="act"')[1].split("</section>")[0]
    assert "Đang ở nước ngoài thì không gọi được 111: nhắn người nhà gọi thay." in act
    assert 'href="/goi-ai/#nuoc-ngoai"' in act


def test_a_number_for_abroad_is_public_once_it_was_called_and_stands_apart_with_its_country(client, cast, numbers):
    contact = numbers[ABROAD]
    assert contact.abroad
    propose(contact, {**contact.said(), "country": "Campuchia"}, None, timezone.now())
    called(contact, cast.manager, DAY)
    page = main_of(client, "/goi-ai/")
    section = page[page.index('id="nuoc-ngoai"') :].split("</section>")[0]
    assert 'href="tel:+84981848484"' in section
    assert "Gọi từ Campuchia" in section
    assert "Chưa có số gọi từ nước ngoài" not in section
    assert page.count("tel:+84981848484") == 1, "among the numbers of the country it would mislead"
    card = main_of(client, "/").split('class="hot"')[1].split("</section>")[0]
    assert "tel:+84981848484" in card
    assert "Nhắn người nhà gọi thay." not in card
    record_call(contact, cast.manager, DAY, False, timezone.now())
    assert "+84" not in main_of(client, "/goi-ai/")


def test_a_number_for_abroad_is_written_as_it_is_dialled_there(client_of, cast, numbers):
    editor = client_of(cast.manager)
    refused = editor.post("/cms/so-lien-he/new/", form(abroad="on"))
    assert "bắt đầu bằng dấu + và mã nước" in refused.content.decode()
    refused = editor.post("/cms/so-lien-he/new/", form(number="+84 236 1", country="Lào"))
    assert "Có tên nước thì chọn" in refused.content.decode()
    for short in ("+84 111", "+111", "+84 (0)113"):
        refused = editor.post("/cms/so-lien-he/new/", form(number=short, abroad="on"))
        assert refused.status_code == 200
        assert "thêm +84 cũng không gọi được từ nước ngoài" in refused.content.decode()
    assert editor.post("/cms/so-lien-he/new/", form(number="+84 236 1", abroad="on", country="Lào")).status_code == 302
    for wrong in ({"number": "0236 9", "abroad": True}, {"number": "+84 9", "country": "Lào"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.create(name="x", when="x", **wrong)


def test_no_card_of_numbers_promises_others(client, numbers):
    """The page behind it has the same three."""
    for path in ("/", "/goi-ai/", "/ngay-30-7/"):
        assert "Các số khác" not in client.get(path).content.decode()


def test_the_page_of_numbers_costs_few_queries(client, numbers, django_assert_max_num_queries):
    client.get("/goi-ai/")
    with django_assert_max_num_queries(PAGE_QUERIES):
        client.get("/goi-ai/")


@pytest.mark.parametrize(
    ("written", "dialled"),
    [("1800 1581", "18001581"), ("0236 3.821.411", "02363821411"), ("+84 (0)236 3821 411", "+842363821411")],
)
def test_a_number_is_dialled_without_the_zero_that_nobody_dials(written, dialled):
    assert Contact(number=written).dial == dialled


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1800 1581", ["18001581"]),
        ("1800/1581", ["18001581"]),
        ("1581", ["18001581"]),
        ("bao ho cong dan", ["+84 981 84 84 84"]),
        ("0981 848484", ["+84 981 84 84 84"]),
        ("+84981848484", ["+84 981 84 84 84"]),
        ("TAY giang", ["0235 7"]),
        ("alang thi ha", []),
        ("()", []),
    ],
)
def test_a_number_is_found_under_cms_by_its_digits_its_name_and_its_unit(client_of, cast, numbers, typed, found):
    Contact.objects.create(number="0235 7", name="Trực ban", when="x", unit=cast.units.tay_giang)
    page = client_of(cast.manager).get("/cms/so-lien-he/", {"q": typed})
    assert [contact.number for contact in page.context["object_list"]] == found
