"""A figure from daily counts and from what changed since is the figure counted from everybody's standings."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LAST_OLD_DAY, LONG_AGO, REFORM, make_person, make_posting, make_unit
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sharing import shared

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion, Void
from courses.completions.unapproved import Recognition
from courses.requirements.requirement import Excuse
from courses.retests.retest import Retest, RetestResult
from courses.standing.coverage import coverage
from courses.standing.daily_counts import daily_counts
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import COUNTED, DailyCount, StaleCount, rebuild_all, refresh
from courses.standing.tallies import from_daily_counts, of_everybody
from people.postings.coverage import places_of
from people.units.successions import rebuild_reach

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 3, 10, 9))
TODAY, YESTERDAY = date(2026, 3, 10), date(2026, 3, 9)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def requirement(units):
    return seed_requirements(LONG_AGO)[0]


def completes(person, on, approved=True):
    completion = Completion.objects.create(
        person=person, course_key=COURSE, completed_on=on, source="quiz", approved=approved, asked_again=True
    )
    refresh([person.pk])
    return completion


def both(requirement, unit, as_of, geography=None):
    """(from daily counts, from everybody), None for the first where nothing that is counted serves."""
    where = places_of(unit, geography or as_of)
    counted = from_daily_counts(requirement, where, as_of)
    places = ["total", "undivided", None, *(child.pk for child in where.children)]
    everybody = of_everybody(requirement, where, as_of)
    return [
        counts if counts is None else {place: +Counter({w: counts[place][w] for w in COUNTED}) for place in places}
        for counts in (counted, everybody)
    ]


@pytest.fixture
def counted(requirement, cast):
    rebuild_all()
    daily_counts(NOW)
    return cast


def test_a_day_that_is_counted_and_today_come_from_the_counts(requirement, counted):
    for day in (date(2026, 2, 1), YESTERDAY, TODAY):
        stored, everybody = both(requirement, counted.units.da_nang, day)
        assert stored == everybody
        assert stored["total"] == Counter(not_started=2)


def test_what_is_written_today_is_in_the_figure_of_today(requirement, counted):
    completes(counted.learner, TODAY, approved=False)
    make_posting(counted.stranger, counted.units.school, start=TODAY)
    refresh([counted.stranger.pk])
    assert not StaleCount.objects.exists()
    stored, everybody = both(requirement, counted.units.da_nang, TODAY)
    assert stored == everybody
    assert stored["total"] == Counter(completed=1, unapproved=1, not_started=2)
    assert stored[counted.units.tay_giang.pk] == Counter(completed=1, unapproved=1, not_started=1)


def test_after_a_change_that_reaches_back_the_days_before_it_still_serve(requirement, counted):
    completes(counted.learner, date(2026, 3, 2))
    assert both(requirement, counted.units.da_nang, date(2026, 3, 1))[0] is not None
    stored, everybody = both(requirement, counted.units.da_nang, date(2026, 3, 5))
    assert stored == everybody
    assert stored["total"]["completed"] == 1


def test_a_recognition_changes_what_days_gone_by_are_counted_as(requirement, counted):
    completion = completes(counted.learner, date(2026, 3, 2), approved=False)
    daily_counts(NOW)
    Recognition.objects.create(completion=completion, on=date(2026, 3, 2), by=counted.manager)
    refresh([counted.learner.pk])
    for _again in range(2):
        stored, everybody = both(requirement, counted.units.da_nang, date(2026, 3, 5))
        assert stored == everybody
        assert stored["total"] == Counter(completed=1, not_started=1)
        daily_counts(NOW)


def test_nothing_serves_where_a_change_reaches_back_further_than_a_month(requirement, counted):
    completes(counted.learner, date(2026, 2, 1))
    assert both(requirement, counted.units.da_nang, TODAY)[0] is None
    daily_counts(NOW)
    stored, everybody = both(requirement, counted.units.da_nang, TODAY)
    assert stored == everybody
    assert stored["total"]["completed"] == 1


def test_what_an_upgrade_left_to_count_again_serves_nobody_until_it_is(requirement, counted):
    DailyCount.objects.update(completed=7)
    StaleCount.objects.create(requirement=requirement, since=date.min)
    assert both(requirement, counted.units.da_nang, TODAY)[0] is None
    daily_counts(NOW)
    stored, everybody = both(requirement, counted.units.da_nang, TODAY)
    assert stored == everybody


def test_a_day_of_another_map_is_counted_from_everybody(requirement, counted):
    units = counted.units
    assert both(requirement, units.da_nang, REFORM - timedelta(days=1), REFORM)[0] is None
    assert both(requirement, units.da_nang, REFORM, TODAY)[0] is not None
    make_unit("20457", "Xã Mới", parent=units.da_nang, start=TODAY)
    rebuild_reach()
    assert both(requirement, units.da_nang, TODAY)[0] is None
    assert both(requirement, units.da_nang, YESTERDAY)[0] is not None


def test_who_moves_between_two_units_at_once_counts_once_above_on_each_day(requirement, counted):
    units, person = counted.units, counted.stranger
    make_posting(person, units.tay_giang, start=date(2026, 1, 1), position="Một")
    make_posting(person, units.avuong, start=date(2026, 1, 1), end=YESTERDAY, position="Hai")
    make_posting(person, units.school, start=TODAY, position="Ba")
    refresh([person.pk])
    daily_counts(NOW)
    stored, everybody = both(requirement, units.da_nang, TODAY)
    assert stored == everybody
    assert stored["total"] == Counter(not_started=3)
    assert stored[units.tay_giang.pk] == Counter(not_started=2)
    assert stored[units.avuong.pk] == Counter()


def test_people_at_the_unit_itself_stand_apart(requirement, counted):
    make_posting(counted.stranger, counted.units.da_nang, start=TODAY)
    make_posting(counted.stranger, counted.units.avuong, start=date(2026, 3, 1))
    refresh([counted.stranger.pk])
    daily_counts(NOW)
    stored, everybody = both(requirement, counted.units.da_nang, TODAY)
    assert stored == everybody
    assert stored[None] == Counter(not_started=1)
    assert stored["total"] == Counter(not_started=3)


def test_a_wrong_count_of_what_a_completion_rests_on_is_found(requirement, counted):
    row = DailyCount.objects.get(requirement=requirement, unit=counted.units.da_nang, day=YESTERDAY)
    DailyCount.objects.filter(pk=row.pk).update(unapproved=1)
    assert [line.split(":")[0] for line in differences()] == [f"{COURSE}, 09/03/2026"]


def test_the_figure_of_a_counted_day_asks_eight_queries_and_no_list_of_all_units(requirement, counted):
    with CaptureQueriesContext(connection) as queries:
        coverage(requirement, unit=places_of(counted.units.da_nang, TODAY), as_of=TODAY)
    # the last day that is counted, the children, the map since, what changed since, the counts, who stands at the unit
    # itself, the rosters that are not confirmed, the unit's own
    assert len(queries) == 8


DAYS = st.integers(0, 60).map(lambda n: date(2025, 6, 1) + timedelta(days=n))
LENGTHS = st.none() | st.integers(0, 40)
OLD_PLACES, NEW_PLACES = ["lang", "bha_le", "quang_nam"], ["tay_giang", "school", "da_nang", "avuong"]
FACTS = st.one_of(
    st.tuples(st.just("posting"), st.integers(0, 2), st.sampled_from(OLD_PLACES), DAYS, LENGTHS),
    st.tuples(st.just("posting"), st.integers(0, 2), st.sampled_from(NEW_PLACES), st.just(REFORM), LENGTHS),
    st.tuples(st.just("excuse"), st.integers(0, 2), st.none(), DAYS, LENGTHS),
    st.tuples(st.just("completion"), st.integers(0, 2), st.booleans(), DAYS, st.none() | DAYS),
    st.tuples(st.just("retest"), st.integers(0, 2), st.integers(2, 5), DAYS, st.none()),
)
numbers = count(1)


def write(requirement, units, person, kind, what, day, length):
    end = None if not isinstance(length, int) else day + timedelta(days=length)
    if kind == "posting":
        make_posting(person, getattr(units, what), start=day, end=end, position=f"Vị trí {next(numbers)}")
    elif kind == "excuse":
        excused = person.excuses.filter(requirement=requirement, start=day).exists()
        if not excused:
            Excuse.objects.create(person=person, requirement=requirement, reason="Ốm", start=day, end=end)
    elif kind == "completion":
        completion = completes(person, day, approved=what)
        if length and length >= day:
            Void.objects.create(completion=completion, on=length, reason="Làm hộ")
    elif completion := person.completions.filter(completed_on__lte=day).last():
        attempt = Attempt.objects.create(
            person=person, quiz_key=uuid4(), course_key=COURSE, number=1, rules={}, started_at=NOW, closes_at=NOW
        )
        retest = Retest.objects.create(completion=completion, months=1, attempt=attempt, objectives=[])
        RetestResult.objects.create(retest=retest, on=day, right=what)
    refresh([person.pk], NOW)


def write_once(*fact):
    """The same fact once more is refused."""
    with suppress(IntegrityError), transaction.atomic():
        write(*fact)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(FACTS, min_size=2, max_size=8),
    after=st.lists(FACTS, max_size=4),
    counted_on=st.integers(10, 60),
)
def test_any_facts_give_one_figure_by_both_ways(requirement, units, before, after, counted_on):
    people = [make_person() for _ in range(3)]
    morning = timezone.make_aware(datetime(2025, 6, 1, 9)) + timedelta(days=counted_on)
    for kind, who, *fact in before:
        write_once(requirement, units, people[who], kind, *fact)
    StaleCount.objects.all().delete()
    DailyCount.objects.all().delete()
    daily_counts(morning)
    for kind, who, *fact in after:
        write_once(requirement, units, people[who], kind, *fact)
    for n in range(0, 75, 6):
        day = date(2025, 6, 1) + timedelta(days=n)
        unit = units.quang_nam if day <= LAST_OLD_DAY else units.da_nang
        for place, geography in ((unit, day), (units.old_tay_giang if day <= LAST_OLD_DAY else units.tay_giang, day)):
            stored, everybody = both(requirement, place, day, geography)
            event(f"counted: {stored is not None}")
            assert stored in (None, everybody)
        if day >= REFORM:
            stored, everybody = both(requirement, units.da_nang, day, date(2025, 9, 1))
            assert stored in (None, everybody)
