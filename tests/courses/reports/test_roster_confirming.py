"""A unit confirms the list that it saw; the list is kept, byte for byte, whatever becomes of the people on it."""

import hashlib
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting
from sharing import shared

from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from people.log.audit import Act, about_person
from people.postings.posting import Posting, RosterConfirmation
from people.privacy import own_lists
from people.privacy.erasure import erase
from people.roster.confirmations import confirm_roster
from people.roster.frozen import ConfirmedList, PersonNumber, lines_of, read

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
PAGE = "/bao-cao/xac-nhan/20455/"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(units, cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    make_posting(make_person("Bríu Văn Ba", "TG-002"), cast.units.tay_giang, duties=(), position="Công an xã")
    rebuild_all()
    return cast


def confirmed(client):
    mark = client.get(PAGE).context["mark"]
    assert client.post(PAGE, {"danh_sach": mark}).status_code == 302
    return RosterConfirmation.objects.current().get()


def test_the_page_shows_the_very_list_and_the_confirmation_keeps_it(province, client_of):
    client = client_of(province.unit_head)
    rows = client.get(PAGE).context["rows"]
    assert [row["person"].staff_code for row in rows] == ["TG-002", "TG-001"]
    assert not PersonNumber.objects.exists()  # looking writes nothing
    kept = confirmed(client).kept_list
    assert kept.sha256 == hashlib.sha256(kept.body.encode()).hexdigest()
    assert sorted(map(repr, read(kept))) == sorted(map(repr, lines_of(province.units.tay_giang, date(2026, 11, 24))))
    for word in ("Hà", "TG-001", "ha@example.vn", str(province.learner.phone)):
        assert word not in kept.body
    # sixty-four signs break on a phone
    assert f"<code>{kept.sha256}</code>" in client.get(f"{PAGE}{kept.confirmation_id}/").content.decode()


def test_a_list_that_changed_since_it_was_shown_is_not_confirmed(province, client_of):
    client = client_of(province.unit_head)
    mark = client.get(PAGE).context["mark"]
    make_posting(make_person("Người Mới", "TG-003"), province.units.tay_giang)
    for sent in ({"danh_sach": mark}, {}):
        page = client.post(PAGE, sent)
        assert page.status_code == 422
        assert "Người Mới" in page.content.decode()
    assert not RosterConfirmation.objects.exists()


def test_what_changed_since_the_last_confirmation_is_named(province, client_of):
    client = client_of(province.unit_head)
    confirmed(client)
    assert "Không có gì đổi." in client.get(PAGE).content.decode()
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        Posting.objects.filter(person=province.learner).update(end=date(2026, 11, 24))
        make_posting(make_person("Người Mới", "TG-003"), province.units.tay_giang)
        Posting.objects.filter(position="Công an xã").update(position="Trưởng công an xã")
        page = client_of(province.unit_head).get(PAGE)
        named = [[one.staff_code for one in page.context[name]] for name in ("came", "left", "others")]
        assert named == [["TG-003"], ["TG-001"], ["TG-002"]]


def test_an_erasure_changes_no_byte_and_shows_the_code(province, client_of):
    confirmation = confirmed(client_of(province.unit_head))
    before = ConfirmedList.objects.values_list("body", "sha256").get()
    code = erase(province.learner, province.administrator, NOW)
    assert ConfirmedList.objects.values_list("body", "sha256").get() == before
    page = client_of(province.unit_head).get(f"{PAGE}{confirmation.pk}/").content.decode()
    assert code in page
    assert "Alăng Thị Hà" not in page
    assert "còn nguyên" in page


def test_a_past_confirmation_opens_for_who_may_see_names_there(province, client_of):
    pk = confirmed(client_of(province.unit_head)).pk
    answers = {"unit_head": 200, "trainer": 200, "manager": 200, "observer": 403, "learner": 403}
    for who, status in answers.items():
        assert client_of(getattr(province, who)).get(f"{PAGE}{pk}/").status_code == status
    other = confirm_roster(province.units.thanh_my, province.manager, NOW)
    assert client_of(province.trainer).get(f"/bao-cao/xac-nhan/20695/{other.pk}/").status_code == 404
    assert client_of(province.trainer).get(f"{PAGE}{other.pk}/").status_code == 404
    file = client_of(province.unit_head).get(f"{PAGE}{pk}/?tep=1").content
    assert hashlib.sha256(file).hexdigest() == ConfirmedList.objects.get(confirmation=pk).sha256
    assert Act.SAW_PEOPLE in [entry.act for entry in about_person(province.learner)]


def test_no_cell_of_the_kept_list_is_a_formula_and_it_reads_as_it_was(province, client_of):
    posting = province.units.tay_giang.postings.current().first()
    type(posting).objects.filter(pk=posting.pk).update(position="=HYPERLINK(1)")
    kept = confirmed(client_of(province.unit_head)).kept_list
    assert "'=HYPERLINK(1)" in kept.body
    assert "=HYPERLINK(1)" in {line.position for line in read(kept)}
    assert sorted(map(repr, read(kept))) == sorted(map(repr, lines_of(province.units.tay_giang, date(2026, 11, 24))))


def test_somebody_keeps_one_number_and_finds_the_lists_in_her_data(province, client_of):
    confirm_roster(province.units.tay_giang, province.manager, NOW - timedelta(days=3))
    confirm_roster(province.units.tay_giang, province.manager, NOW)
    assert PersonNumber.objects.filter(person=province.learner).count() == 1
    rows = own_lists.confirmed_lists(province.learner)
    assert [row["Ngày xác nhận"] for row in rows] == [date(2026, 11, 21), date(2026, 11, 24)]


def test_a_page_of_a_list_costs_the_same_for_any_number_of_people(province, client_of):
    client = client_of(province.unit_head)

    def queries():
        with CaptureQueriesContext(connection) as spent:
            client.get(PAGE)
        return len(spent)

    queries()
    few = queries()
    for number in range(20):
        make_posting(make_person(f"Hôih {number}", f"TG-9{number:02}"), province.units.tay_giang)
    assert queries() == few <= 14
