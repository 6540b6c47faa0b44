"""Standings follow the facts: refreshed at once, only for the people concerned, in few queries."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_duty, make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion, Void
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse, Requirement
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.standing import StaleCount, Standing, rebuild_all, refresh
from people.postings.posting import Posting, postings_changed

NOW = timezone.make_aware(datetime(2026, 3, 10, 9))
COURSE = "nhan-dien-nan-nhan"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def requirement(units):
    requirement = seed_requirements()[0]
    Standing.objects.all().delete()  # it counts whoever is there; here nobody is counted yet
    return requirement


def spans_of(person, requirement):
    rows = Standing.objects.filter(person=person, requirement=requirement).order_by("start", "unit")
    return [(row.unit.code, row.start, row.end, row.state) for row in rows]


def completes(person, on, course=COURSE):
    return Completion.objects.create(person=person, course_key=course, completed_on=on, source="import")


def test_a_holder_of_the_duty_stands_towards_both_starter_requirements(requirement, cast):
    refresh([cast.learner.pk])
    assert Standing.objects.filter(person=cast.learner, state="not_started").count() == 2
    assert spans_of(cast.learner, requirement) == [
        ("20455", date(2025, 7, 1), date(2026, 12, 15), "not_started"),
        ("20455", date(2026, 12, 16), None, "overdue"),
    ]


def test_every_kind_of_fact_moves_the_spans(requirement, cast):
    LessonSeen.objects.create(person=cast.learner, lesson_key="0" * 32, course_key=COURSE, seen_at=NOW)
    Excuse.objects.create(
        person=cast.learner, requirement=requirement, reason="Nghỉ thai sản", start="2026-04-01", end="2026-04-30"
    )
    completion = completes(cast.learner, date(2026, 5, 1))
    Void.objects.create(completion=completion, on=date(2026, 6, 1), reason="Nhầm người")
    refresh([cast.learner.pk])
    assert spans_of(cast.learner, requirement) == [
        ("20455", date(2025, 7, 1), date(2026, 3, 9), "not_started"),
        ("20455", date(2026, 3, 10), date(2026, 3, 31), "in_progress"),
        ("20455", date(2026, 4, 1), date(2026, 4, 30), "excused"),
        ("20455", date(2026, 5, 1), date(2026, 5, 31), "completed"),
        ("20455", date(2026, 6, 1), date(2026, 12, 15), "in_progress"),
        ("20455", date(2026, 12, 16), None, "overdue"),
    ]


def test_superseded_facts_do_not_count(requirement, cast):
    completes(cast.learner, date(2026, 2, 1))
    Completion.objects.all().supersede(NOW)
    excuse = Excuse.objects.create(person=cast.learner, requirement=requirement, reason="Ốm", start="2026-01-01")
    Excuse.objects.filter(pk=excuse.pk).supersede(NOW)
    refresh([cast.learner.pk])
    assert {state for *_rest, state in spans_of(cast.learner, requirement)} == {"not_started", "overdue"}


def test_a_lesson_seen_late_in_the_evening_counts_on_that_day_in_viet_nam(requirement, cast):
    # 23:30 in Đà Nẵng is still the afternoon in UTC; 00:30 is the day before in UTC
    seen = timezone.make_aware(datetime(2026, 3, 2, 0, 30))
    LessonSeen.objects.create(person=cast.learner, lesson_key="0" * 32, course_key=COURSE, seen_at=seen)
    refresh([cast.learner.pk])
    assert spans_of(cast.learner, requirement)[1][1:] == (date(2026, 3, 2), date(2026, 12, 15), "in_progress")


def test_only_the_people_named_are_touched(requirement, cast):
    refresh([cast.learner.pk])
    assert not Standing.objects.exclude(person=cast.learner).exists()


def test_who_no_longer_holds_the_duty_stands_nowhere(requirement, cast):
    refresh([cast.learner.pk])
    Posting.objects.filter(person=cast.learner).supersede(NOW)
    assert refresh([cast.learner.pk]) == 4
    assert not Standing.objects.exists()


def test_refreshing_again_changes_nothing(requirement, cast):
    assert refresh([cast.learner.pk]) == 4
    before = list(Standing.objects.values_list("pk"))
    assert refresh([cast.learner.pk]) == 0
    assert list(Standing.objects.values_list("pk")) == before


def test_a_changed_posting_is_followed_at_once(requirement, cast, units):
    make_posting(cast.stranger, units.avuong)
    postings_changed.send(sender=Posting, person_ids=[cast.stranger.pk], now=NOW)
    assert [row[0] for row in spans_of(cast.stranger, requirement)] == ["20458", "20458"]


def test_one_person_costs_at_most_six_queries_after_a_completion(requirement, cast):
    refresh([cast.learner.pk])
    completes(cast.learner, date(2026, 3, 10))
    # lock, rules, facts, what is there, delete, insert
    with CaptureQueriesContext(
        connection,
    ) as queries:
        refresh([cast.learner.pk], NOW)
    assert len(queries) <= 6


def test_nobody_new_costs_no_write(requirement, cast):
    refresh([cast.learner.pk])
    with CaptureQueriesContext(connection) as queries:
        refresh([cast.learner.pk], NOW)
    assert len(queries) == 4


def test_rebuilding_gives_what_refreshing_gave_and_tells_how_far_it_is(requirement, cast):
    everybody = list(Posting.objects.values_list("person_id", flat=True))
    refresh(everybody)
    columns = ("person", "requirement", "unit", "start", "end", "state", "shared")
    before = set(Standing.objects.values_list(*columns))
    Standing.objects.filter(person=cast.learner).delete()
    Standing.objects.update(state="expired")
    progress = []
    rebuild_all(lambda done, of: progress.append((done, of)))
    assert set(Standing.objects.values_list(*columns)) == before
    assert progress[-1] == (2, 2)


def test_a_change_that_reaches_back_marks_the_daily_counts_from_its_day(requirement, cast):
    refresh([cast.learner.pk])
    StaleCount.objects.all().delete()
    completes(cast.learner, date(2026, 2, 1))
    refresh([cast.learner.pk])
    assert list(StaleCount.objects.values_list("requirement", "since")) == [(requirement.pk, date(2026, 2, 1))]


def test_a_change_from_today_on_marks_nothing(requirement, cast):
    refresh([cast.learner.pk])
    StaleCount.objects.all().delete()
    completes(cast.learner, date(2026, 3, 10))
    refresh([cast.learner.pk])
    assert not StaleCount.objects.exists()


def test_a_new_rule_supersedes_the_old_and_moves_everybody(requirement, cast):
    refresh([cast.learner.pk])
    rule = change_rule(requirement, NOW, deadline=date(2026, 1, 31))
    assert rule.validity_months == 24
    assert requirement.rules.count() == 2
    assert requirement.rules.current().get() == rule
    assert spans_of(cast.learner, requirement)[0][2] == date(2026, 1, 31)


def test_a_rule_that_says_the_same_is_not_recorded_again(requirement):
    change_rule(requirement, NOW, deadline=date(2026, 12, 15))
    assert requirement.rules.count() == 1


def test_a_rule_from_a_day_on_leaves_the_days_before(requirement, cast):
    terms = {"duty": make_duty(), "course_key": COURSE, "deadline": date(2026, 8, 1)}
    change_rule(requirement, NOW, effective_from=date(2026, 9, 1), **terms)
    assert spans_of(cast.learner, requirement) == [
        ("20455", date(2025, 7, 1), date(2026, 8, 31), "not_started"),
        ("20455", date(2026, 9, 1), None, "overdue"),
    ]


def test_seeding_twice_makes_two_requirements_and_keeps_what_the_province_set(requirement):
    change_rule(requirement, NOW + timedelta(hours=1), deadline=date(2027, 6, 30))
    seed_requirements()
    assert set(Requirement.objects.values_list("key", flat=True)) == {"nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"}
    assert requirement.rules.current().get().deadline == date(2027, 6, 30)


@pytest.mark.django_db
def test_a_batch_reads_in_as_many_queries_for_many_as_for_one(units, django_assert_num_queries):
    requirement = seed_requirements()[0]
    people = [make_person(f"Người {n}") for n in range(60)]
    for person in people:
        make_posting(person, units.avuong)
    refresh(p.pk for p in people)
    with django_assert_num_queries(4):
        refresh([p.pk for p in people], NOW)
    assert Standing.objects.filter(requirement=requirement).values("person").distinct().count() == 60
