"""Who is reminded of a due day, when, and who above hears how many are late."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.reminders import due, rising
from courses.reminders.plan import Audience, Empty, ReminderStep, change, days_of, steps
from courses.requirements.requirement import Excuse, Requirement
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all, refresh
from outbox.draining import drain
from people.messages.day_message import DayMessage, DayRun, MessagePlan, MessageState
from people.messages.planning import PLANNING, plan_the_day
from people.messages.working_days import Window
from people.postings.posting import Posting
from people.rights.roles import Role, RoleKind, give

COURSE, OTHER = "nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"
SEED = timezone.make_aware(datetime(2026, 11, 1))
DEADLINE = date(2026, 12, 15)


def at(day, hour=8, minute=1):
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def only(day):
    return Window(day - timedelta(days=1), day)


@shared(on=SEED)
def province(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    MessagePlan.objects.create(pk=1, is_on=True, opens_at=time(8))
    for person, address in [(cast.learner, "ha@example.vn"), (cast.other_learner, "nam@example.vn")]:
        person.email = address
        person.save()
    cast.unit_head.email = "tam@example.vn"
    cast.unit_head.save()
    cast.manager.email = "lan@example.vn"
    cast.manager.save()
    rebuild_all()
    return cast


def of(key=COURSE):
    return Requirement.objects.get(key=key)


def told(day) -> set[str]:
    """Addresses that got a mail on that day."""
    mail.outbox.clear()
    with time_machine.travel(at(day), tick=False):
        plan_the_day(at(day))
        drain(at(day, 9))
    return {sent.to[0] for sent in mail.outbox}


def complete(person, on, key=COURSE):
    Completion.objects.create(person=person, course_key=key, completed_on=on, source="import")
    refresh([person.pk], at(on))


@pytest.mark.parametrize("days", [60, 30, 7, 0, -7, -30])
def test_one_is_reminded_on_the_days_of_the_plan_before_on_and_after_the_due_day(province, days):
    day = DEADLINE - timedelta(days=days)
    assert province.learner.pk in due.falling(only(day))
    assert province.learner.pk not in due.falling(only(day + timedelta(days=1)))


def test_what_falls_on_a_weekend_is_told_on_monday_once(province):
    # 30 days before is Sunday 15 November
    told(date(2026, 11, 13))
    assert told(date(2026, 11, 14)) == told(date(2026, 11, 15)) == set()
    assert told(date(2026, 11, 16)) == {"ha@example.vn", "nam@example.vn"}
    assert told(date(2026, 11, 17)) == set()


def test_one_mail_names_both_requirements_the_days_left_and_nobody_else(province):
    told(date(2026, 12, 8))
    (sent,) = [sent for sent in mail.outbox if sent.to == ["ha@example.vn"]]
    assert "hạn ngày 15/12/2026 (còn 7 ngày)" in sent.body
    assert sent.body.count("15/12/2026") == Requirement.objects.count()
    assert "Alăng Thị Hà" in sent.body
    assert "Zơrâm" not in sent.body


@pytest.mark.parametrize("what", ["completed", "excused", "left"])
def test_who_completed_was_excused_or_left_between_planning_and_sending_is_sent_nothing(province, what):
    day = date(2026, 12, 8)
    with time_machine.travel(at(day), tick=False):
        plan_the_day(at(day))
        drain(at(day), kinds={PLANNING})
        person = province.learner
        if what == "completed":
            for requirement in Requirement.objects.all():
                complete(person, day, requirement.key)
        elif what == "excused":
            for requirement in Requirement.objects.all():
                Excuse.objects.create(person=person, requirement=requirement, reason="Thai sản", start=day)
        else:
            Posting.objects.filter(person=person).update(end=day - timedelta(days=1))
        refresh([person.pk], at(day))
        drain(at(day, 9))
    assert [sent.to for sent in mail.outbox] == [["nam@example.vn"]]
    assert DayMessage.objects.get(person=person).state == MessageState.WITHHELD


def test_who_completed_one_of_two_is_told_of_the_other_alone(province):
    day = date(2026, 12, 8)
    complete(province.learner, day - timedelta(days=1))
    told(day)
    (sent,) = [sent for sent in mail.outbox if sent.to == ["ha@example.vn"]]
    assert of().name not in sent.body
    assert of(OTHER).name in sent.body


def test_a_completion_that_lapses_is_told_as_one_to_renew(province):
    complete(province.learner, date(2026, 11, 10))
    told(date(2028, 10, 10))
    (sent,) = [sent for sent in mail.outbox if sent.to == ["ha@example.vn"]]
    assert f"{of().name}: còn hiệu lực đến hết ngày 09/11/2028 (30 ngày)." in sent.body


def test_of_who_came_after_the_deadline_no_deadline_is_told_that_was_not_hers(province):
    person = make_person("Ploong Mới", email="moi@example.vn")
    make_posting(person, province.units.tay_giang, start=date(2027, 1, 4))
    refresh([person.pk], at(date(2027, 1, 4)))
    lines = due.standing([person.pk], date(2027, 1, 11))[person.pk]
    assert [line.text for line in lines.values()][0].endswith("quá hạn từ ngày 04/01/2027 (8 ngày).")


def test_the_head_hears_how_many_of_hers_are_late_and_no_name(province):
    day = DEADLINE + timedelta(days=7)
    assert told(day) == {"ha@example.vn", "nam@example.vn", "tam@example.vn"}
    (sent,) = [sent for sent in mail.outbox if sent.to == ["tam@example.vn"]]
    assert f"Xã Tây Giang, {of().name}: 1 người quá hạn hoặc hết hiệu lực." in sent.body
    assert f"/bao-cao/{COURSE}/20455/can-bo/?trang_thai=thieu" in sent.body
    assert "Alăng" not in sent.body


def test_then_the_province_hears_of_all(province):
    day = DEADLINE + timedelta(days=30)
    assert "lan@example.vn" in told(day)
    (sent,) = [sent for sent in mail.outbox if sent.to == ["lan@example.vn"]]
    assert f"Thành phố Đà Nẵng, {of().name}: 2 người quá hạn hoặc hết hiệu lực." in sent.body


def test_where_no_unit_has_a_head_the_nearest_above_hears(province):
    Role.objects.filter(kind=RoleKind.UNIT_HEAD).delete()
    give(province.trainer, RoleKind.UNIT_HEAD, province.units.da_nang)
    assert set(rising.falling(only(DEADLINE + timedelta(days=7)))) == {province.trainer.pk}


def test_a_head_who_is_late_herself_does_not_hear_of_herself(province):
    make_posting(province.unit_head, province.units.tay_giang)
    Posting.objects.filter(person=province.learner).update(end=date(2026, 11, 1))
    refresh([province.unit_head.pk, province.learner.pk], SEED)
    assert province.unit_head.pk not in rising.falling(only(DEADLINE + timedelta(days=7)))
    assert province.unit_head.pk in due.falling(only(DEADLINE + timedelta(days=7)))


def test_a_head_hears_nothing_when_nobody_is_late_any_more(province):
    day = DEADLINE + timedelta(days=7)
    with time_machine.travel(at(day), tick=False):
        plan_the_day(at(day))
        drain(at(day), kinds={PLANNING})
        for requirement in Requirement.objects.all():
            complete(province.learner, day, requirement.key)
        drain(at(day, 9))
    assert ["tam@example.vn"] not in [sent.to for sent in mail.outbox]


def test_a_role_that_ended_hears_nothing(province):
    day = DEADLINE + timedelta(days=7)
    with time_machine.travel(at(day), tick=False):
        plan_the_day(at(day))
        drain(at(day), kinds={PLANNING})
        Role.objects.filter(user=province.unit_head).update(ended_at=at(day))
        drain(at(day, 9))
    assert ["tam@example.vn"] not in [sent.to for sent in mail.outbox]


def test_the_plan_is_the_starters_until_the_province_changes_it(province):
    assert days_of(Audience.SELF) == {Audience.SELF: [-60, -30, -7, 0, 7, 30]}
    assert not ReminderStep.objects.exists()
    change(Audience.SELF, -14)
    change(Audience.SELF, -60, gone=True)
    assert days_of(Audience.SELF, Audience.HEAD) == {Audience.SELF: [-30, -14, -7, 0, 7, 30], Audience.HEAD: [7]}
    for step in steps()[1:]:
        change(step.audience, step.days, gone=True)
    with pytest.raises(Empty):
        change(steps()[0].audience, steps()[0].days, gone=True)


def test_planning_asks_the_same_queries_however_many_are_due(province):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            due.falling(only(DEADLINE))
            rising.falling(only(DEADLINE + timedelta(days=7)))
            due.standing([province.learner.pk], DEADLINE)
        return len(queries)

    few = counted()
    people = [make_person(email=f"m{n}@example.vn") for n in range(12)]
    for person in people:
        make_posting(person, province.units.tay_giang)
    rebuild_all(now=SEED)
    assert counted() == few


def test_a_day_that_was_planned_says_so(province):
    told(date(2026, 12, 8))
    assert DayRun.objects.get().planned_at == at(date(2026, 12, 8), 9)
