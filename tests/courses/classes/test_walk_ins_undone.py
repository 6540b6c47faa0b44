"""A walk-in written wrongly is taken back, with a reason and without anything being deleted."""

from datetime import timedelta

import pytest
from django.utils import timezone
from factories import make_person

from courses.classes.held.attendance import Attendance, How, mark
from courses.classes.held.confirming import confirm, lines, why_not_yet
from courses.classes.held.counting import follow
from courses.classes.held.walk_ins import WalkInAnswer, answer, waiting_for, write
from courses.classes.held.walk_ins_undone import WalkInUndone, undo
from courses.classes.personal_data import undone
from courses.classes.planned.planning import Refused
from courses.progress.attended import CourseAttended
from courses.progress.lessons import LessonSeen
from outbox.draining import drain
from people.rights.roles import RoleKind, give
from people.times import today

pytestmark = pytest.mark.django_db
REASON = "Trùng tên, phiếu ký của lớp khác."


@pytest.fixture
def over(plan, invite, people, cast):
    """Yesterday, An of Tây Giang came."""
    row = plan(today() - timedelta(days=1))
    invite(row, people.an)
    mark(cast.trainer, row.meetings.get(), {row.participants.get().pk: "present"}, How.LIST, timezone.now())
    return row


@pytest.fixture
def head(cast):
    person = make_person("Trưởng Thạnh Mỹ", "TM-TRUONG")
    give(person, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    return person


@pytest.fixture
def came(over, cast):
    own = write(cast.trainer, over, "TM-001", "Zơrâm Văn Nam", timezone.now())
    mark(cast.trainer, over.meetings.get(), {own.pk: "present"}, How.LIST, timezone.now())
    return own


def test_before_the_class_is_confirmed(came, over, cast, head):
    made = undo(cast.trainer, over, came.pk, REASON, timezone.now())
    assert (made.participant, made.by, made.because) == (came, cast.trainer, REASON)
    came.refresh_from_db()
    assert (came.state, came.walk_in) == ("off", True)
    # superseded, not deleted
    assert Attendance.objects.get(participant=came).superseded_at is not None
    assert list(waiting_for(head)) == []
    assert [line.participant.person.full_name for line in lines(over)] == ["Bríu An"]
    assert why_not_yet(over, lines(over), timezone.now()) == ""


def test_after_the_class_is_confirmed_what_was_counted_is_taken_back(came, over, cast, head, course, people):
    answer(head, came, True, timezone.now())
    confirm(cast.unit_head, over, timezone.now())
    drain()
    assert CourseAttended.objects.current().count() == 2
    assert LessonSeen.objects.filter(person=cast.other_learner).exists()
    undo(cast.trainer, over, came.pk, REASON, timezone.now())
    drain()
    [left] = CourseAttended.objects.current()
    assert left.person == people.an
    assert not LessonSeen.objects.filter(person=cast.other_learner).exists()
    assert CourseAttended.objects.get(person=cast.other_learner).superseded_at is not None
    assert WalkInAnswer.objects.get().superseded_at is not None
    # counting once more, as after a worker that was killed, brings nothing back
    assert follow(over.confirmations.get(), timezone.now()) == 0
    assert not CourseAttended.objects.current().filter(person=cast.other_learner).exists()


def test_who_was_listed_to_be_counted_and_is_undone_meanwhile_is_not(came, over, cast, head, monkeypatch):
    from courses.classes.held import counting

    answer(head, came, True, timezone.now())
    made = confirm(cast.unit_head, over, timezone.now())
    listed = counting.enough(made)
    undo(cast.trainer, over, came.pk, REASON, timezone.now())
    monkeypatch.setattr(counting, "enough", lambda confirmation: listed)
    counting.follow(made, timezone.now())
    assert not CourseAttended.objects.filter(person=cast.other_learner).exists()


def test_who_is_no_walk_in_of_the_class_or_was_undone_is_refused(came, over, cast):
    own = over.participants.get(walk_in=False)
    with pytest.raises(Refused, match="không còn trong danh sách"):
        undo(cast.trainer, over, own.pk, REASON, timezone.now())
    undo(cast.trainer, over, came.pk, REASON, timezone.now())
    with pytest.raises(Refused, match="không còn trong danh sách"):
        undo(cast.trainer, over, came.pk, REASON, timezone.now())
    assert WalkInUndone.objects.count() == 1


def test_who_writes_her_again_is_who_wrote_her_and_does_not_answer(came, over, cast, head):
    undo(cast.trainer, over, came.pk, REASON, timezone.now())
    again = write(cast.manager, over, "TM-001", "Zơrâm Văn Nam", timezone.now())
    assert (again, again.invited_by, again.state) == (came, cast.manager, "seated")
    assert not Attendance.objects.current().filter(participant=again).exists()
    mark(cast.trainer, over.meetings.get(), {again.pk: "late"}, How.LIST, timezone.now())
    assert list(waiting_for(cast.manager)) == []
    assert list(waiting_for(head)) == [again]


def test_the_page_asks_for_a_reason_and_says_who_was_undone(client_of, came, over, cast, django_assert_max_num_queries):
    trainer, address = client_of(cast.trainer), f"/lop-tap-huan/lop/{over.pk}/nguoi-ngoai/"
    assert address in trainer.get(f"/lop-tap-huan/lop/{over.pk}/").text
    assert "Zơrâm Văn Nam (TM-001)" in trainer.get(address).text
    refused = trainer.post(address, {"act": "undo", "who": came.pk, "reason": ""})
    assert refused.status_code == 422
    assert "Ghi vì sao" in refused.text
    assert "số điện thoại" in trainer.post(address, {"act": "undo", "who": came.pk, "reason": "Gọi 0905 123 456"}).text
    assert not WalkInUndone.objects.exists()
    # a head reads the class and changes nothing
    assert client_of(cast.unit_head).post(address, {"act": "undo", "who": came.pk, "reason": REASON}).status_code == 403
    page = trainer.post(address, {"act": "undo", "who": came.pk, "reason": REASON}, follow=True).text
    assert "Đã bỏ người ghi nhầm" in page
    assert REASON in page
    assert "Bỏ người ghi nhầm</button>" not in page
    assert undone(came.person)[0]["Lý do"] == REASON
    with django_assert_max_num_queries(14):
        trainer.get(address)
