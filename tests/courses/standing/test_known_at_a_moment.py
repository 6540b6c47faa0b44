"""Figures as known at a moment of the day: an hour's facts are told apart, and the contract for days stays."""

import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from factories import make_person, make_posting
from sharing import shared

from courses.completions.completion import Completion
from courses.standing.coverage import CoverageError, coverage, explain
from courses.standing.rules import seed_requirements
from people.times import known_until

COURSE = "nhan-dien-nan-nhan"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
NOW = timezone.make_aware(datetime(2026, 3, 10, 17))
NOON = timezone.make_aware(datetime(2026, 3, 10, 12))
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def requirement(units):
    return seed_requirements(LONG_AGO)[0]


def completes(person, at):
    on = date(2026, 3, 1)
    return Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import", recorded_at=at)


def counted(known_on):
    total = coverage(COURSE, known_on=known_on).total
    return total.completed, total.required


def test_a_fact_of_this_noon_is_known_at_noon_and_not_a_second_before(units, requirement):
    person = make_person()
    make_posting(person, units.tay_giang)
    completes(person, NOON)
    assert counted(NOON - SECOND) == (0, 1)
    assert counted(NOON) == (1, 1)
    assert counted(date(2026, 3, 9)) == (0, 1)


def test_what_was_superseded_at_noon_was_believed_up_to_it(units, requirement):
    person = make_person()
    posting = make_posting(person, units.tay_giang)
    posting.superseded_at = NOON
    posting.save()
    assert counted(NOON - SECOND) == (0, 1)
    assert counted(NOON) == (0, 0)
    before = explain(coverage(COURSE, known_on=NOON - SECOND))
    assert (before.roster, before.required) == (1, 1)


def test_a_day_is_known_to_its_end():
    assert known_until(date(2026, 3, 9)) == timezone.make_aware(datetime(2026, 3, 10))
    assert known_until(NOON) == NOON + timedelta(microseconds=1)


def test_a_moment_to_come_is_refused(units, requirement):
    with pytest.raises(CoverageError, match="tương lai"):
        coverage(COURSE, known_on=NOW + SECOND)


@pytest.mark.parametrize("written", ["2026-03-10T12:00:00", "2026-03-10 12:00", "2026-03-10T05:00:00+00:00"])
def test_the_command_reads_a_moment_by_the_clock_here(units, requirement, written):
    out = StringIO()
    call_command("coverage", COURSE, known_on=written, format="json", stdout=out)
    assert json.loads(out.getvalue())["known_on"] == "2026-03-10T12:00:00+07:00"


def test_the_command_says_how_to_write_a_moment(units, requirement):
    with pytest.raises(CommandError, match="2026-12-14T17:00"):
        call_command("coverage", COURSE, known_on="2026-03-10T25:00")
