"""Who comes from another unit: written by code and name, counted once her own unit says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person, make_posting

from courses.classes.held.attendance import How, mark
from courses.classes.held.confirming import confirm
from courses.classes.held.walk_ins import WRONG_A_DAY, WalkInAnswer, answer, waiting_for, write
from courses.classes.planned.planning import Refused
from courses.progress.attended import CourseAttended
from outbox.draining import drain
from people.rights.roles import RoleKind, give
from people.times import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(plan):
    return plan(today() - timedelta(days=1))


@pytest.fixture
def head(cast):
    """Answers for Thạnh Mỹ."""
    person = make_person("Trưởng Thạnh Mỹ", "TM-TRUONG")
    give(person, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    return person


@pytest.fixture
def came(over, cast, head):
    """The learner of Thạnh Mỹ, written and marked by the trainer of Tây Giang."""
    own = write(cast.trainer, over, "tm-001", "ZƠRÂM VĂN NAM", timezone.now())
    mark(cast.trainer, over.meetings.get(), {own.pk: "present"}, How.LIST, timezone.now())
    return own


def test_code_and_name_in_the_same_spelling_name_somebody(came, cast):
    assert (came.person, came.walk_in, came.state) == (cast.other_learner, True, "seated")


@pytest.mark.parametrize(("code", "name"), [("TM-001", "Zơrâm Văn Năm"), ("TM-999", "Zơrâm Văn Nam"), ("", "")])
def test_a_wrong_code_and_a_wrong_name_get_the_same_sentence(over, cast, code, name):
    with pytest.raises(Refused, match="đúng mã và đúng họ tên"):
        write(cast.trainer, over, code, name, timezone.now())


def test_who_guesses_is_stopped_for_the_day(over, cast):
    for _n in range(WRONG_A_DAY):
        with pytest.raises(Refused, match="Xem lại phiếu ký"):
            write(cast.trainer, over, "TM-001", "Sai Tên", timezone.now())
    with pytest.raises(Refused, match="quá nhiều lần"):
        write(cast.trainer, over, "TM-001", "Zơrâm Văn Nam", timezone.now())


def test_people_of_the_unit_and_who_teaches_are_no_walk_ins(over, cast):
    with pytest.raises(Refused, match="thuộc đơn vị mở lớp"):
        write(cast.trainer, over, "TG-001", "Alăng Thị Hà", timezone.now())
    with pytest.raises(Refused, match="dạy hoặc phụ trách"):
        write(cast.trainer, over, cast.trainer.staff_code, cast.trainer.full_name, timezone.now())


def test_a_walk_in_takes_no_seat_and_writing_her_twice_is_once(came, over, cast):
    assert over.participants.seated().count() == 0
    assert write(cast.trainer, over, "TM-001", "Zơrâm Văn Nam", timezone.now()) == came


def test_she_waits_on_the_side_of_who_answers_for_her_and_on_no_other(came, cast, head):
    assert list(waiting_for(head)) == [came]
    assert list(waiting_for(cast.manager)) == [came]
    for person in (cast.trainer, cast.unit_head, cast.local if hasattr(cast, "local") else cast.stranger):
        assert list(waiting_for(person)) == []
    give(cast.other_learner, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    assert list(waiting_for(cast.other_learner)) == []


def test_who_wrote_or_marked_her_does_not_answer_even_where_she_answers_for_her(came, cast):
    give(cast.trainer, RoleKind.TRAINER, cast.units.thanh_my)
    assert list(waiting_for(cast.trainer)) == []
    row = {"participant": came, "person": came.person, "written_by": cast.trainer, "came": True}
    for by in (cast.trainer, came.person):
        with pytest.raises(IntegrityError, match="answered_by_a_second_person"), transaction.atomic():
            WalkInAnswer.objects.create(**row, by=by)


def test_until_she_was_at_a_meeting_nobody_is_asked(over, cast, head):
    write(cast.trainer, over, "TM-001", "Zơrâm Văn Nam", timezone.now())
    assert list(waiting_for(head)) == []


@pytest.mark.parametrize("first", ["class", "unit"])
def test_she_counts_when_both_have_said_so_in_whichever_order(came, over, cast, head, first):
    if first == "class":
        confirm(cast.unit_head, over, timezone.now())
        drain()
        assert not CourseAttended.objects.exists()
        answer(head, came, True, timezone.now())
    else:
        answer(head, came, True, timezone.now())
        assert not CourseAttended.objects.exists()
        confirm(cast.unit_head, over, timezone.now())
    drain()
    assert CourseAttended.objects.get().person == cast.other_learner


def test_who_was_not_there_does_not_count(came, over, cast, head):
    confirm(cast.unit_head, over, timezone.now())
    answer(head, came, False, timezone.now())
    drain()
    assert not CourseAttended.objects.exists()
    assert list(waiting_for(head)) == []


def test_the_pages(client_of, over, cast, head):
    trainer, address = client_of(cast.trainer), f"/lop-tap-huan/lop/{over.pk}/nguoi-ngoai/"
    assert trainer.get(address).status_code == 200
    wrong = trainer.post(address, {"code": "TM-001", "name": "Sai"})
    assert wrong.status_code == 422
    assert 'value="TM-001"' in wrong.text
    assert "Thạnh Mỹ" not in wrong.text
    page = trainer.post(address, {"code": "TM-001", "name": "Zơrâm Văn Nam"}, follow=True).text
    assert "đơn vị khác, đến tại lớp" in page
    assert "Thạnh Mỹ" not in page
    own = over.participants.get()
    mark(cast.trainer, over.meetings.get(), {own.pk: "present"}, How.LIST, timezone.now())
    assert "chờ xác nhận: 1" in client_of(head).get("/lop-tap-huan/").text
    listed = client_of(head).get("/lop-tap-huan/cho-xac-nhan/").text
    assert "Zơrâm Văn Nam" in listed
    assert "Lớp tháng Bảy" in listed
    assert (
        client_of(cast.unit_head).post("/lop-tap-huan/cho-xac-nhan/", {"act": "came", "who": own.pk}).status_code == 404
    )
    client_of(head).post("/lop-tap-huan/cho-xac-nhan/", {"act": "came", "who": own.pk})
    assert WalkInAnswer.objects.get().by == head
    assert client_of(head).get(f"/lop-tap-huan/lop/{over.pk}/").status_code == 404


def test_the_waiting_list_costs_the_same_for_any_number(
    client_of, came, over, cast, head, django_assert_max_num_queries
):
    client = client_of(head)
    client.get("/lop-tap-huan/cho-xac-nhan/")
    with django_assert_max_num_queries(14) as first:
        client.get("/lop-tap-huan/cho-xac-nhan/")
    for n in range(3):
        other = make_person(f"Người Thạnh Mỹ {n}", f"TM-1{n}")
        make_posting(other, cast.units.thanh_my)
        own = write(cast.trainer, over, other.staff_code, other.full_name, timezone.now())
        mark(cast.trainer, over.meetings.get(), {own.pk: "late"}, How.LIST, timezone.now())
    with django_assert_max_num_queries(len(first)):
        assert client.get("/lop-tap-huan/cho-xac-nhan/").text.count("Đúng, đã dự") == 4
