"""Seats of a class: who may be invited, who waits, who moves up, and what each hears."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_person, make_posting

from courses.classes.planned import planning, seating
from courses.classes.planned.participant import Participant, SeatState
from courses.classes.planned.planning import Refused
from courses.classes.planned.training_class import Meeting, TrainingClass
from outbox.effects import Effect
from people.times import today

pytestmark = pytest.mark.django_db


def states(training_class) -> dict[str, str]:
    return dict(training_class.participants.values_list("person__full_name", "state"))


def mails() -> list[tuple[str, str]]:
    """(to, first line) in the order in which they were asked for."""
    rows = Effect.objects.filter(kind="mail").order_by("pk").values_list("payload", flat=True)
    return [(row["to"], row["body"].splitlines()[0]) for row in rows]


def test_the_first_by_name_have_seats_and_the_others_wait(training_class, invite, people):
    invited = invite(training_class, people.dung, people.chi, people.binh, people.an)
    assert (invited.seated, invited.waiting) == (3, 1)
    assert states(training_class) == {
        "Bríu An": "seated", "Bríu Bình": "seated", "Bríu Chi": "seated", "Bríu Dung": "waiting",
    }  # fmt: skip


def test_inviting_twice_is_inviting_once(training_class, invite, people):
    invite(training_class, people.an)
    assert invite(training_class, people.an).seated == 0
    assert training_class.participants.count() == 1


def test_nobody_of_another_unit_and_nobody_out_of_reach_is_invited(plan, training_class, invite, cast):
    assert invite(training_class, cast.other_learner).seated == 0
    elsewhere = make_person("Người Avương")
    make_posting(elsewhere, cast.units.avuong)
    assert invite(training_class, elsewhere).seated == 0
    whole = plan(unit=cast.units.da_nang, leader=cast.manager)
    assert invite(whole, cast.other_learner, by=cast.manager).seated == 1


def test_who_left_before_the_class_is_not_invited(training_class, invite, cast):
    gone = make_person("Đã Chuyển Đi")
    make_posting(gone, cast.units.tay_giang, end=today())
    assert invite(training_class, gone).seated == 0


def test_who_teaches_the_class_is_not_invited_to_it(training_class, invite, cast):
    make_posting(cast.trainer, cast.units.tay_giang)
    assert invite(training_class, cast.trainer).seated == 0


@pytest.mark.parametrize("state", [SeatState.DECLINED, SeatState.OFF])
def test_a_seat_that_gets_free_goes_to_who_waits_longest(training_class, invite, people, state):
    training_class.seats = 1
    training_class.save()
    invite(training_class, people.binh)
    invite(training_class, people.dung)
    invite(training_class, people.an)
    assert seating.leave(Participant.objects.get(person=people.binh), state, timezone.now())
    assert states(training_class) == {"Bríu Bình": state, "Bríu Dung": "seated", "Bríu An": "waiting"}


def test_declining_twice_counts_once(training_class, invite, people):
    training_class.seats = 1
    training_class.save()
    invite(training_class, people.an, people.binh, people.chi)
    one = Participant.objects.get(person=people.an)
    assert seating.leave(one, SeatState.DECLINED, timezone.now())
    assert not seating.leave(one, SeatState.DECLINED, timezone.now())
    assert training_class.participants.seated().count() == 1


def test_who_declined_can_be_invited_again_behind_those_who_wait(training_class, invite, people):
    training_class.seats = 1
    training_class.save()
    invite(training_class, people.an, people.binh, people.chi)
    seating.leave(Participant.objects.get(person=people.an), SeatState.DECLINED, timezone.now())
    invite(training_class, people.an)
    assert [one.person for one in training_class.participants.waiting()] == [people.chi, people.an]


def test_more_seats_let_the_waiting_move_up_and_fewer_than_are_taken_are_refused(training_class, invite, people):
    invite(training_class, people.an, people.binh, people.chi, people.dung)
    meetings = [planning.MeetingTimes(m.starts_at, m.ends_at, m.room) for m in training_class.meetings.all()]
    fields = {"title": training_class.title, "seats": 4, "share": 100, "cost": 5_000_000}
    planning.change(training_class, fields, meetings, timezone.now())
    assert set(states(training_class).values()) == {"seated"}
    with pytest.raises(Refused, match="Đã có 4 người có chỗ"):
        planning.change(training_class, {**fields, "seats": 3}, meetings, timezone.now())


def test_each_hears_by_mail_what_concerns_her_once(training_class, invite, people, cast):
    training_class.seats = 1
    training_class.save()
    invite(training_class, people.an, people.binh)
    seating.leave(Participant.objects.get(person=people.an), SeatState.DECLINED, timezone.now())
    said = mails()
    assert [to for to, _line in said] == ["an@example.vn", "binh@example.vn", "binh@example.vn"]
    assert ["đã có chỗ." in line for _to, line in said] == [True, False, True]
    assert "vừa có chỗ trống" in said[2][1]


def test_a_mail_says_when_and_where_and_names_nobody_else(training_class, invite, people):
    invite(training_class, people.an, people.binh)
    body = Effect.objects.filter(kind="mail").first().payload["body"]
    meeting = training_class.meetings.get()
    assert f"{meeting.written}, Hội trường UBND xã" in body
    assert "08:00–11:00" in body
    assert "/lop-tap-huan/cua-toi/" in body
    assert "Bình" not in body


def test_who_has_no_address_is_invited_without_a_mail(training_class, invite, cast):
    nobody = make_person("Không Thư")
    make_posting(nobody, cast.units.tay_giang)
    assert invite(training_class, nobody).seated == 1
    assert mails() == []


def test_another_time_and_the_end_of_a_class_are_told(training_class, invite, people):
    invite(training_class, people.an)
    fields = {"title": training_class.title, "seats": 3, "share": 100, "cost": None}
    start = training_class.meetings.get().starts_at + timedelta(hours=1)
    moved = [planning.MeetingTimes(start, start + timedelta(hours=2), "Phòng 2")]
    planning.change(training_class, fields, moved, timezone.now())
    planning.change(training_class, fields, moved, timezone.now())
    planning.cancel(training_class, timezone.now())
    planning.cancel(training_class, timezone.now())
    assert [line for _to, line in mails()][1:] == [
        "Giờ học hoặc phòng học của lớp tập huấn đã đổi. Giờ và nơi mới:",
        "Lớp tập huấn này đã hủy.",
    ]


def test_after_the_class_nobody_declines_any_more(plan, invite, people):
    past = plan(today() - timedelta(days=1))
    invite(past, people.an)
    assert not seating.leave(Participant.objects.get(), SeatState.DECLINED, timezone.now())


def test_a_learner_of_the_class_becomes_no_trainer_of_it(training_class, invite, cast):
    make_posting(cast.administrator, cast.units.tay_giang)
    invite(training_class, cast.administrator)
    with pytest.raises(Refused, match="đang là học viên"):
        planning.name_trainers(training_class, [cast.administrator.pk])
    with pytest.raises(Refused, match="ít nhất một người"):
        planning.name_trainers(training_class, [cast.learner.pk])
    planning.name_trainers(training_class, [cast.manager.pk])
    assert list(training_class.trainers.all()) == [cast.manager]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"seats": 0}, "class_has_seats"), ({"share": 101}, "class_asks_a_share"), ({"share": 0}, "class_asks_a_share")],
)
def test_the_database_refuses_a_class_that_cannot_be(training_class, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        TrainingClass.objects.update(**fields)


def test_the_database_refuses_a_meeting_backwards_and_a_second_place_for_one_person(training_class, invite, people):
    meeting = training_class.meetings.get()
    with pytest.raises(IntegrityError, match="meeting_ends_after_it_starts"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at)
    invite(training_class, people.an)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(
            training_class=training_class, person=people.an, state=SeatState.WAITING, invited_by=people.an
        )
