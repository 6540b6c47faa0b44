"""The counts of days gone by: filled once, again where a change reached back, and the same as the day's figure."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LAST_OLD_DAY, OLD_MAP, REFORM, make_posting, make_unit
from sharing import shared

from courses.completions.completion import Completion
from courses.standing.coverage import coverage
from courses.standing.daily_counts import count_days, daily_counts, trend
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import DailyCount, StaleCount, rebuild_all, refresh
from people.units.successions import rebuild_reach
from people.units.unit import Unit

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 3, 10, 9))
YESTERDAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def requirement(units):
    return seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))[0]


def completes(person, on):
    Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import")
    refresh([person.pk])


def counted(requirement, unit, day):
    row = DailyCount.objects.filter(requirement=requirement, unit=unit, day=day).first()
    return (row.required, row.completed) if row else None


def test_the_days_gone_by_are_counted_and_today_is_not(requirement, cast):
    rebuild_all()
    daily_counts(NOW)
    da_nang = cast.units.da_nang
    assert counted(requirement, da_nang, REFORM) == (2, 0)
    assert counted(requirement, da_nang, YESTERDAY) == (2, 0)
    assert counted(requirement, da_nang, date(2026, 3, 10)) is None


def test_every_day_is_counted_on_its_own_map_and_as_the_figure_of_that_day(requirement, cast):
    units = cast.units
    make_posting(cast.stranger, units.lang, start=OLD_MAP)
    make_posting(cast.stranger, units.thanh_my_town, start=OLD_MAP)
    make_posting(cast.stranger, units.quang_nam, start=date(2025, 6, 1))
    completes(cast.stranger, date(2025, 6, 15))
    rebuild_all()
    daily_counts(NOW)
    day = date(2025, 5, 25)
    while day < date(2025, 7, 10):
        figure = coverage(COURSE, as_of=day)
        unit = figure.places.unit.pk
        assert counted(requirement, unit, day) == (figure.total.required, figure.total.completed)
        for child in figure.places.children:
            child_figure = next(c for c in figure.children if c.code == child.code)
            assert counted(requirement, child.pk, day) == (
                (child_figure.required, child_figure.completed) if child_figure.required else None
            )
        day += timedelta(days=1)
    assert counted(requirement, units.quang_nam, LAST_OLD_DAY) == (1, 1)
    assert counted(requirement, units.quang_nam, REFORM) is None


def test_counting_again_changes_nothing_and_counts_nothing(requirement, cast):
    rebuild_all()
    daily_counts(NOW)
    columns = ("requirement", "unit", "day", "required", "not_started")
    before = set(DailyCount.objects.values_list(*columns))
    assert daily_counts(NOW) == 0
    count_days(date(2026, 1, 1), YESTERDAY)
    count_days(YESTERDAY, YESTERDAY)
    assert set(DailyCount.objects.values_list(*columns)) == before


def test_the_next_morning_counts_one_day_more(requirement, cast):
    rebuild_all()
    daily_counts(NOW)
    assert daily_counts(NOW + timedelta(days=1)) == 2  # one a requirement
    assert counted(requirement, cast.units.da_nang, date(2026, 3, 10)) == (2, 0)


def test_a_change_that_reaches_back_is_counted_again_from_its_day(requirement, cast):
    rebuild_all()
    daily_counts(NOW)
    completes(cast.learner, date(2026, 3, 1))
    daily_counts(NOW)
    tay_giang = cast.units.tay_giang
    days = [date(2026, 2, 28), date(2026, 3, 1), YESTERDAY]
    assert [counted(requirement, tay_giang, day) for day in days] == [(1, 0), (1, 1), (1, 1)]
    assert not StaleCount.objects.exists()


def test_days_that_are_stale_since_ever_are_not_compared_and_all_counted_again(requirement, cast):
    rebuild_all()
    daily_counts(NOW)
    DailyCount.objects.filter(requirement=requirement).update(required=9)
    StaleCount.objects.create(requirement=requirement, since=date.min)
    assert list(differences()) == []
    daily_counts(NOW)
    assert counted(requirement, cast.units.da_nang, YESTERDAY) == (2, 0)
    assert list(differences()) == []


def test_a_changed_map_is_counted_again_from_its_day(requirement, cast):
    rebuild_all()
    daily_counts(NOW)
    hamlet = make_unit("20457", "Xã Mới", parent=cast.units.tay_giang, start=date(2026, 3, 1))
    Unit.objects.filter(pk=cast.units.thanh_my.pk).update(parent=cast.units.avuong)
    rebuild_reach()
    assert StaleCount.objects.count() == 2
    daily_counts(NOW)
    assert counted(requirement, cast.units.avuong, YESTERDAY) == (1, 0)
    assert counted(requirement, hamlet, YESTERDAY) is None


def test_a_trend_is_one_query_oldest_day_first(requirement, cast):
    completes(cast.learner, date(2026, 3, 8))
    rebuild_all()
    daily_counts(NOW)
    with CaptureQueriesContext(connection) as queries:
        points = trend(requirement, cast.units.da_nang.pk, 3)
    assert len(queries) == 1
    assert [(p.day.day, p.completed, p.required, p.percent) for p in points] == [
        (7, 0, 2, 0.0),
        (8, 1, 2, 50.0),
        (9, 1, 2, 50.0),
    ]


def test_the_trend_of_a_unit_that_a_reform_made_goes_on_from_what_counts_there_since(requirement, cast):
    """Each day before is that day's figure on the map of the unit's first day."""
    units = cast.units
    make_posting(cast.stranger, units.lang, start=OLD_MAP)
    make_posting(cast.stranger, units.bha_le, start=OLD_MAP, end=date(2025, 6, 27))
    make_posting(cast.other_learner, units.bha_le, start=OLD_MAP)
    completes(cast.stranger, date(2025, 6, 25))
    rebuild_all()
    daily_counts(NOW)
    for unit in (units.tay_giang, units.avuong, units.da_nang):
        with CaptureQueriesContext(connection) as queries:
            points = trend(requirement, unit.pk, 12, date(2025, 7, 5))
        assert len(queries) == 3
        assert [point.day for point in points] == [date(2025, 6, 24) + timedelta(days=n) for n in range(12)]
        for point in points:
            told = coverage(COURSE, unit=unit.code, as_of=point.day, geography=max(point.day, REFORM)).total
            assert (point.required, point.completed) == (told.required, told.completed), (unit, point)


def test_counting_with_nobody_on_the_roster_is_no_error(requirement):
    daily_counts(NOW)
    assert not DailyCount.objects.exists()
    assert trend(requirement, Unit.objects.first().pk, 30) == []
