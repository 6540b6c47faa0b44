"""A number, and any change to it, is public once a second person called it herself; until then as last confirmed."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_course, make_person
from numbers_called import called, public_contact
from sharing import shared

from campaigns.communes.reading import local_contacts
from courses.content.bodies import render
from courses.keeping.chosen import files_of
from outbox.effects import Effect
from pages.contacts.confirming import Fault, confirm, give_back, propose, record_call, take_off
from pages.contacts.contact import Contact, ContactCall, Unconfirmed
from pages.contacts.national import national_faults
from pages.contacts.versions import SAID, ContactTakenOff, ContactVersion, VersionState
from people.persons.user import User
from people.rights.roles import RoleKind, give
from people.times import today

pytestmark = pytest.mark.django_db
NUMBER = "0235 379 6123"
LIST_QUERIES = 20


@shared
def it(cast):
    """A number of Tây Giang, public by a call of its head."""
    contact = Contact.objects.create(number=NUMBER, name="Công an xã", when="Cần gặp", unit=cast.units.tay_giang)
    propose(contact, contact.said(), cast.editor, timezone.now())
    cast.contact = called(contact, cast.unit_head)
    return cast


def fields(contact, **changed):
    said = {**contact.said(), **changed}
    row = {name: "" if value is None else value for name, value in said.items() if name != "abroad"}
    row["languages"] = [tag for tag in said["languages"].split(",") if tag]
    return {"source": "", "note": "", "unit_code": "20455", **row}


def change(it, by=None, **said):
    return propose(it.contact, {**it.contact.said(), **said}, by or it.editor, timezone.now())


def answer(version, **changed):
    row = {"version": version.pk, "decision": "confirm", "called_on": f"{today():%d/%m/%Y}", "why": ""}
    return {**row, "dialled": version.number, **changed}


def screen(contact, name="goi-lan-hai"):
    return f"/cms/so-lien-he/{name}/{contact.pk}/"


def shown(it) -> Contact:
    return Contact.objects.get(pk=it.contact.pk)


@pytest.mark.parametrize(
    ("name", "value"),
    [("number", "0235 379 6124"), ("name", "Trạm y tế"), ("when", "Khi ốm"), ("hours", "24/7"), ("cost", "Miễn phí"),
     ("order", 3), ("languages", "vi,lo"), ("valid_to", date(2030, 1, 1))],
)  # fmt: skip
def test_whatever_is_changed_the_public_sees_what_was_confirmed_until_a_head_called(it, client_of, name, value):
    before = it.contact.said()
    assert client_of(it.editor).post(screen(it.contact, "edit"), fields(it.contact, **{name: value})).status_code == 302
    assert shown(it).said() == before
    assert shown(it).is_public
    version = shown(it).waiting()
    assert getattr(version, name) == value
    assert client_of(it.unit_head).post(screen(it.contact), answer(version)).status_code == 302
    assert shown(it).said() == {**before, name: value}
    call = ContactCall.objects.filter(version=version).get()
    assert (call.called_by, call.number, call.answered) == (it.unit_head, version.number, True)
    assert (shown(it).confirmed_by, shown(it).confirmed_on) == (it.unit_head, today())


def test_words_for_editors_change_at_once_and_wait_for_nobody(it, client_of):
    client_of(it.editor).post(screen(it.contact, "edit"), fields(it.contact, source="Công văn 12", note="Hỏi chị Mai"))
    assert (shown(it).source, shown(it).waiting()) == ("Công văn 12", None)


# --- who


def test_who_wrote_any_part_does_not_confirm_whatever_roles_she_has(it):
    give(it.editor, RoleKind.UNIT_HEAD, it.units.tay_giang)
    give(it.editor, RoleKind.PROVINCE_MANAGER, it.units.da_nang)
    first = change(it, number="0235 379 6000")
    with pytest.raises(ValidationError, match="người khác phải gọi"):
        confirm(first.pk, it.editor, timezone.now(), today(), first.number)
    # somebody else writes the last part: the number is still hers
    second = change(it, it.manager, number="0235 379 6000", name="Công an")
    for writer in (it.editor, it.manager):
        with pytest.raises(ValidationError, match="người khác phải gọi"):
            confirm(second.pk, writer, timezone.now(), today(), second.number)
    confirm(second.pk, it.unit_head, timezone.now(), today(), second.number)
    assert shown(it).number == "0235 379 6000"


def test_the_table_takes_no_confirmation_by_who_wrote(it):
    version = change(it, name="Trạm")
    row = ContactVersion.objects.filter(pk=version.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state=VersionState.CONFIRMED, decided_by=it.editor, decided_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(state=VersionState.CONFIRMED, decided_by=it.unit_head, decided_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactVersion.objects.create(contact=it.contact, written_at=timezone.now(), **it.contact.said())


def test_no_way_around_makes_something_public(it):
    contact = shown(it)
    contact.number = "0235 379 6999"
    for wrong in (contact, Contact(number="0235 1", name="x", when="x", public_since=timezone.now())):
        with pytest.raises(Unconfirmed):
            wrong.save()
    with pytest.raises(Unconfirmed):
        Contact.objects.create(number="113", name="x", when="x", unit=it.units.avuong, public_since=timezone.now())


@pytest.mark.parametrize("who", ["editor", "trainer", "observer", "translator", "learner", "other_editor", "local"])
def test_nobody_but_the_head_and_the_province_confirms(it, client_of, who):
    it.local = make_person("Quản Trị Xã", "VT-local")
    give(it.local, RoleKind.ADMINISTRATOR, it.units.tay_giang)
    version = change(it, it.other_editor, name="Trạm")
    client_of(getattr(it, who)).post(screen(it.contact), answer(version))
    version.refresh_from_db()
    assert version.state == VersionState.WAITING
    with pytest.raises(ValidationError):
        confirm(version.pk, getattr(it, who), timezone.now(), today(), version.number)


def test_the_provinces_own_are_confirmed_by_another_of_the_province_and_by_no_head(it, starter):
    contact = Contact.objects.get(number="18001581")
    version = propose(contact, {**contact.said(), "hours": "24/7"}, it.manager, timezone.now())
    for who in (it.manager, it.unit_head):
        with pytest.raises(ValidationError):
            confirm(version.pk, who, timezone.now(), today(), version.number)
    assert confirm(version.pk, it.administrator, timezone.now(), today(), "1800 1581").is_public


def test_where_nobody_else_is_the_screen_says_so_and_the_public_keeps_what_was_confirmed(it, client_of):
    version = change(it, it.manager, name="Trạm")
    others = [it.unit_head, it.administrator]
    assert "Hiện không có ai khác" not in client_of(it.manager).get(screen(it.contact)).content.decode()
    for person in others:
        person.roles.update(ended_at=timezone.now())
    assert "Hiện không có ai khác" in client_of(it.manager).get(screen(it.contact)).content.decode()
    assert version.state == VersionState.WAITING
    assert shown(it).name == "Công an xã"


# --- the call


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"called_on": ""}, "Ghi ngày anh chị đã gọi số này."),
        ({"called_on": f"{today() + timedelta(days=2):%d/%m/%Y}"}, "Ngày gọi không thể ở sau hôm nay."),
        ({"called_on": f"{today() - timedelta(days=2):%d/%m/%Y}"}, "hãy gọi lại rồi ghi ngày gọi."),
        ({"dialled": ""}, "Số đã bấm không giống số trong bản này"),
        ({"dialled": NUMBER}, "Số đã bấm không giống số trong bản này"),
        ({"decision": ""}, ""),
        ({"decision": "words", "why": ""}, "Ghi lời nào chưa đúng"),
    ],
)
def test_an_answer_without_a_call_gets_one_sentence_and_nothing_typed_is_lost(it, client_of, wrong, said):
    version = change(it, number="0235 379 6000")
    html = client_of(it.unit_head).post(screen(it.contact), answer(version, **{"why": "Chị Hoa nghe", **wrong}))
    assert html.status_code == 200
    if "why" not in wrong:
        assert 'value="Chị Hoa nghe"' in html.content.decode()
    assert shown(it).number == NUMBER
    assert said in html.content.decode()


def test_the_number_counts_however_she_wrote_what_she_dialled(it):
    version = change(it, number="0235 379 6000")
    assert confirm(version.pk, it.unit_head, timezone.now(), today(), "+84 (0)235.379.6000").is_public


def test_she_confirms_exactly_what_she_saw(it, client_of):
    seen = change(it, name="Trạm")
    now = change(it, name="Trạm y tế")
    response = client_of(it.unit_head).post(screen(it.contact), answer(seen))
    html = response.content.decode()
    assert "Bản anh chị xem vừa được sửa hoặc đã có người trả lời" in html
    assert "Trạm y tế" in html
    assert f'value="{now.pk}"' in html, "what she answers next is what she sees now"
    assert shown(it).name == "Công an xã"
    assert [version.state for version in it.contact.versions.all()][:2] == [VersionState.WAITING, "superseded"]
    other = public_contact(number="0235 1")
    strange = propose(other, {**other.said(), "name": "Khác"}, None, timezone.now())
    assert client_of(it.unit_head).post(screen(it.contact), answer(strange)).status_code == 404


def test_given_back_with_a_reason_it_stands_before_the_editor_and_the_old_one_stays_public(it, client_of):
    version = change(it, number="0235 379 6000")
    client_of(it.unit_head).post(screen(it.contact), answer(version, decision=Fault.WRONG, why="Nhà riêng"))
    assert shown(it).said() == it.contact.said()
    assert shown(it).is_public
    html = client_of(it.editor).get("/cms/").content.decode()
    assert "Số sai, không đúng nơi. Nhà riêng" in html
    assert "bị trả lại" in client_of(it.editor).get("/cms/so-lien-he/").content.decode()
    change(it, number="0235 379 6001")
    assert "Nhà riêng" not in client_of(it.editor).get("/cms/").content.decode()


def test_a_public_number_that_is_called_in_vain_for_its_new_words_goes_off_at_once(it):
    version = change(it, name="Trạm")
    give_back(version.pk, it.unit_head, timezone.now(), Fault.NO_ANSWER)
    assert not shown(it).is_public
    assert ContactTakenOff.objects.get().by == it.unit_head


def test_wrong_words_alone_take_nothing_off(it):
    give_back(change(it, name="Trạm").pk, it.unit_head, timezone.now(), Fault.WORDS, "Không phải trạm")
    assert shown(it).is_public


def test_what_is_taken_back_waits_no_longer(it):
    change(it, name="Trạm")
    assert change(it) is None
    assert shown(it).waiting() is None


def test_two_contacts_do_not_become_one_number(it):
    version = change(it, number="0235 9")
    Contact.objects.create(number="0235 9", name="Trạm", when="Ốm", unit=it.units.tay_giang)
    with pytest.raises(ValidationError, match="Số này đã có trong danh sách"):
        confirm(version.pk, it.unit_head, timezone.now(), today(), "0235 9")
    assert (shown(it).number, shown(it).waiting()) == (NUMBER, version)


# --- off, and on again


@pytest.mark.parametrize("who", ["editor", "unit_head", "manager"])
def test_taking_off_acts_at_once_and_putting_back_needs_a_second_call(it, client_of, who):
    taker = client_of(getattr(it, who))
    assert taker.post(screen(it.contact, "go-xuong"), {"why": ""}).status_code == 200
    assert shown(it).is_public
    assert taker.post(screen(it.contact, "go-xuong"), {"why": "Đổi số"}).status_code == 302
    assert not shown(it).is_public
    off = ContactTakenOff.objects.get()
    assert (off.by, off.why) == (getattr(it, who), "Đổi số")
    assert "Số này đã gỡ xuống rồi." in taker.post(screen(it.contact, "go-xuong"), {"why": "x"}).content.decode()
    record_call(it.contact, it.unit_head, today(), True, timezone.now())
    assert not shown(it).is_public, "a call alone puts nothing back"
    client_of(it.editor).post(screen(it.contact, "edit"), fields(it.contact))
    assert not shown(it).is_public
    confirm(shown(it).waiting().pk, it.unit_head, timezone.now(), today(), NUMBER)
    assert shown(it).is_public


def test_others_take_nothing_off(it):
    for who in (it.other_editor, it.trainer, it.observer, it.learner):
        with pytest.raises(ValidationError):
            take_off(it.contact, who, "x", timezone.now())


def test_a_correction_goes_on_waiting_when_the_wrong_number_is_taken_off(it):
    version = change(it, number="0235 379 6000")
    take_off(it.contact, it.editor, "Sai số", timezone.now())
    assert shown(it).waiting() == version


def test_nobodys_own_number_stands_in_a_reason(it, client_of):
    version = change(it, name="Trạm")
    head, said = client_of(it.unit_head), "Gọi chị Hoa 0905 123 456"
    assert head.post(screen(it.contact), answer(version, decision=Fault.WORDS, why=said)).status_code == 422
    assert head.post(screen(it.contact, "go-xuong"), {"why": said}).status_code == 422
    assert shown(it).is_public
    assert shown(it).waiting() == version
    with pytest.raises(ValidationError):
        take_off(it.contact, it.unit_head, said, timezone.now())


# --- where it is read


def test_the_page_of_a_commune_has_what_was_confirmed(it):
    change(it, number="0235 379 6000", name="Kẻ lạ")
    space = type("Space", (), {"unit_id": it.units.tay_giang.pk})()
    assert [(one.number, one.name) for one in local_contacts(space)] == [(NUMBER, "Công an xã")]


def test_a_lesson_the_handbook_and_the_pages_of_numbers_keep_the_confirmed_form(it, client, starter):
    contact = called(Contact.objects.get(number="18001581"), it.administrator)
    propose(contact, {**contact.said(), "number": "1900 0000", "name": "Kẻ lạ"}, it.manager, timezone.now())
    lesson = make_course(lessons=1).lessons[0]
    lesson.body = [("contact", {"contact": contact, "note": ""})]
    lesson.save()
    lesson.refresh_from_db()
    lesson_html = "".join(str(piece) for piece in render(lesson).pieces)
    assert "18001581" in lesson_html
    for html in (client.get("/goi-ai/").content.decode(), client.get("/").content.decode(), lesson_html):
        assert "1900 0000" not in html
        assert "Kẻ lạ" not in html
    assert files_of([lesson]).contacts[contact.pk].number == "18001581"


# --- the list


def test_the_list_has_the_oldest_first_in_ones_reach_with_both_forms(it, client_of):
    other = Contact.objects.create(number="0235 7", name="Trạm", when="Ốm", unit=it.units.thanh_my)
    propose(other, other.said(), it.other_editor, timezone.now() - timedelta(days=2))
    change(it, number="0235 379 6000")
    html = client_of(it.unit_head).get("/cms/so-lien-he/cho-goi/").content.decode()
    assert 'href="tel:02353796000"' in html
    assert f"<del>{NUMBER}</del>" in html
    assert "Sửa số đang hiện ra ngoài" in html
    assert "0235 7" not in html
    html = client_of(it.manager).get("/cms/so-lien-he/cho-goi/").content.decode()
    assert html.index("0235 7") < html.index("0235 379 6000")
    assert "Số chưa hiện ra ngoài" in html
    html = client_of(it.editor).get("/cms/so-lien-he/cho-goi/").content.decode()
    assert "Ghi lần gọi hai" not in html, "she wrote it"
    assert "1 số điện thoại chờ anh chị gọi lần hai" in client_of(it.unit_head).get("/cms/").content.decode()
    assert "chờ anh chị gọi lần hai" not in client_of(it.editor).get("/cms/").content.decode()


def test_the_lists_cost_the_same_for_one_number_and_for_a_page_of_them(it, client_of):
    costs = []
    for many in (1, 15):
        contacts = [
            Contact(number=f"0236 {many}{n}", name="Trạm", when="Ốm", unit=it.units.tay_giang) for n in range(many)
        ]
        made = Contact.objects.bulk_create(contacts)
        ContactVersion.objects.bulk_create(
            ContactVersion(contact=one, written_by=it.editor, written_at=timezone.now(), **one.said()) for one in made
        )
        for path in ("cho-goi/", ""):
            client = client_of(it.unit_head)
            client.get(f"/cms/so-lien-he/{path}")
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(f"/cms/so-lien-he/{path}").status_code == 200
            costs.append(len(seen))
    assert costs[:2] == costs[2:]
    assert costs[0] <= LIST_QUERIES


# --- the upgrade


def test_what_was_public_stays_and_is_listed_for_the_call_of_somebody_else(it, client_of):
    ContactVersion.objects.all().delete()
    Contact.objects.all().update(public_since=None, confirmed_on=None, confirmed_by=None)
    unknown = Contact.objects.create(number="0235 2", name="Trạm", when="Ốm", unit=it.units.tay_giang)
    national = Contact.objects.create(number="111", name="Tổng đài", when="Nghi")
    Contact.objects.filter(pk=it.contact.pk).update(public_since=timezone.now(), confirmed_on=today())
    Contact.objects.filter(pk=it.contact.pk).update(confirmed_by=it.unit_head)
    import_module("pages.migrations.0011_contact_versions").keep_public(apps, None)
    import_module("pages.migrations.0012_contacts_to_call_again").list_for_the_second_call(apps, None)
    assert set(Contact.objects.public()) == {it.contact, national}
    assert set(ContactVersion.objects.values_list("contact", flat=True)) == {it.contact.pk, unknown.pk}
    waiting = shown(it).waiting()
    html = client_of(it.manager).get("/cms/so-lien-he/cho-goi/").content.decode()
    assert "Đang hiện ra ngoài, chưa được gọi lần hai" in html
    with pytest.raises(ValidationError, match="người khác phải gọi"):
        confirm(waiting.pk, it.unit_head, timezone.now(), today(), NUMBER)
    confirm(waiting.pk, it.manager, timezone.now(), today(), NUMBER)
    assert shown(it).waiting() is None


def test_a_change_taken_back_leaves_what_was_public_at_the_upgrade_in_the_list(it):
    contact = public_contact(number="0235 2", unit=it.units.tay_giang)
    propose(contact, {**contact.said(), "name": "Khác"}, it.editor, timezone.now())
    assert propose(contact, contact.said(), it.editor, timezone.now()).said() == contact.said()


# --- numbers of the whole country


def test_the_store_itself_refuses_a_national_number_by_whatever_door(it):
    for wrong in ({"number": "1 1 3"}, {"name": "Như １１３"}, {"country": "111"}, {"hours": "1.1.5"}):
        with pytest.raises(ValidationError):
            change(it, **wrong)
    assert set(SAID) >= {"number", "name", "when", "hours", "cost", "country"}
    assert national_faults({"number": "111", "when": "Gọi 111"}, True) == {}
    assert national_faults({"number": "111", "when": "Gọi 113"}, True).keys() == {"when"}


def test_the_words_of_a_national_number_wait_for_another_of_the_province_and_nobody_calls_113(it, client_of, starter):
    contact = Contact.objects.get(number="113")
    version = propose(contact, {**contact.said(), "hours": "24/7"}, it.manager, timezone.now())
    html = client_of(it.administrator).get(screen(contact)).content.decode()
    assert "Không gọi thử số khẩn cấp" in html
    assert "Số đã bấm" not in html
    done = client_of(it.administrator).post(screen(contact), {"version": version.pk, "decision": "confirm", "why": ""})
    assert done.status_code == 302
    contact.refresh_from_db()
    assert (contact.hours, contact.confirmed_on) == ("24/7", None)
    assert not ContactCall.objects.filter(contact=contact).exists()


# --- who wrote it is told


MAIL = "mai@example.vn"


@pytest.fixture
def reached(it):
    """Who writes has an address."""
    User.objects.filter(pk=it.editor.pk).update(email=MAIL)
    return it


def mails() -> list[dict]:
    return [row.payload for row in Effect.objects.filter(kind="mail").order_by("pk")]


def test_who_wrote_a_change_is_mailed_that_it_was_confirmed_and_where(reached, client_of):
    it = reached
    version = change(it, name="Trạm y tế")
    assert not mails()
    client_of(it.unit_head).post(screen(it.contact), answer(version))
    (mail,) = mails()
    assert (mail["to"], mail["subject"]) == (MAIL, "Số liên hệ anh chị ghi đã được gọi lần hai")
    assert "Trạm y tế" in mail["body"]
    assert screen(it.contact) in mail["body"]


def test_who_wrote_a_change_is_mailed_that_it_came_back_and_reads_why_on_its_page(reached):
    it = reached
    give_back(change(it, name="Trạm").pk, it.unit_head, timezone.now(), Fault.WORDS, "Sai tên")
    (mail,) = mails()
    assert (mail["to"], mail["subject"]) == (MAIL, "Số liên hệ anh chị ghi được trả lại")
    assert "Sai tên" not in mail["body"]


def test_nobody_is_mailed_of_starter_content_nor_who_has_no_address_nor_who_is_gone(it):
    confirm_now(it, change(it, name="Một"))
    User.objects.filter(pk=it.editor.pk).update(email=MAIL, is_active=False)
    confirm_now(it, change(it, name="Hai"))
    version = propose(it.contact, {**it.contact.said(), "name": "Ba"}, None, timezone.now())
    confirm_now(it, version)
    assert not mails()


def confirm_now(it, version):
    return confirm(version.pk, it.unit_head, timezone.now(), today(), version.number)
