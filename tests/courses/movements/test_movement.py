"""Two days of a requirement joined by what happened to whom, in the small province of all tests."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import LAST_OLD_DAY, LONG_AGO, REFORM, make_person, make_posting, make_relief
from sharing import shared

from courses.completions.completion import Completion, Void
from courses.movements.causes import Cause
from courses.movements.ends import Asked
from courses.movements.reading import movement
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse
from courses.standing.coverage import coverage
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.standing import rebuild_all
from people.merging.merging import merge
from people.postings.coverage import Named, places_of
from people.postings.posting import Posting

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 3, 10, 9))
FIRST, LAST, BETWEEN = date(2026, 2, 1), date(2026, 3, 1), date(2026, 2, 15)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def requirement(units):
    return seed_requirements(LONG_AGO)[0]


def completes(person, on, **fields):
    fields = {"source": "import", "recorded_at": LONG_AGO, **fields}
    return Completion.objects.create(person=person, course_key=COURSE, completed_on=on, **fields)


def told(requirement, unit, first=FIRST, last=LAST, **days):
    """{cause: turns}; the sums close."""
    rebuild_all(now=NOW)
    named = Named(unit.pk, unit.code, unit.name)
    now = movement(Asked(requirement, named, first, last, **days))
    assert now.bridge.closes()
    if "known_on" not in days:
        known = movement(Asked(requirement, named, first, last, **days, known_on=NOW))
        assert known.turned == now.turned
        assert (known.first.figure, known.last.figure) == (now.first.figure, now.last.figure)
    return {line.cause: dict(line.turns) for line in now.bridge.lines}


def test_where_nothing_happened_both_days_are_the_same(requirement, cast):
    assert told(requirement, cast.units.da_nang) == {}


def test_who_came_and_who_left(requirement, cast):
    units = cast.units
    new, going = make_person(), make_person()
    make_posting(new, units.tay_giang, start=BETWEEN)
    make_posting(going, units.tay_giang, end=BETWEEN)
    completes(going, date(2026, 1, 5))
    turns = {Cause.CAME: {(None, "not_started"): 1}, Cause.LEFT: {("completed", None): 1}}
    assert told(requirement, units.tay_giang) == turns
    assert told(requirement, units.avuong) == {}


def test_a_transfer_leaves_one_commune_and_comes_to_the_other_and_is_nothing_above_both(requirement, cast):
    units, person = cast.units, make_person()
    make_posting(person, units.tay_giang, end=BETWEEN)
    make_posting(person, units.avuong, start=BETWEEN + DAY)
    assert told(requirement, units.tay_giang) == {Cause.LEFT: {("not_started", None): 1}}
    assert told(requirement, units.avuong) == {Cause.CAME: {(None, "not_started"): 1}}
    assert told(requirement, units.da_nang) == {}


def test_a_duty_given_and_one_taken(requirement, cast):
    units = cast.units
    for first, second in [((), ("ho_tro_nan_nhan",)), (("ho_tro_nan_nhan",), ("xac_minh",))]:
        person = make_person()
        make_posting(person, units.tay_giang, first, end=BETWEEN)
        make_posting(person, units.tay_giang, second, start=BETWEEN + DAY)
    turns = {Cause.GIVEN: {(None, "not_started"): 1}, Cause.TAKEN: {("not_started", None): 1}}
    assert told(requirement, units.tay_giang) == turns


def test_an_excuse_that_began_and_one_that_ended(requirement, cast):
    leaving, back = make_person(), make_person()
    for person in (leaving, back):
        make_posting(person, cast.units.tay_giang)
    make_relief(cast, leaving, requirement, "excuse", BETWEEN, date(2026, 6, 1))
    Excuse.objects.create(person=back, requirement=requirement, reason="Ốm", start=REFORM, end=BETWEEN)
    completes(back, date(2026, 1, 5))
    turns = {Cause.EXCUSED: {("not_started", "excused"): 1}, Cause.BACK: {("excused", "completed"): 1}}
    assert told(requirement, cast.units.tay_giang) == turns


def test_completed_lapsed_and_voided(requirement, cast):
    people = [make_person() for _ in range(3)]
    for person in people:
        make_posting(person, cast.units.tay_giang)
    completes(people[0], BETWEEN)
    completes(people[1], date(2024, 2, 10))
    Void.objects.create(completion=completes(people[2], date(2026, 1, 5)), on=BETWEEN, reason="Làm hộ")
    assert told(requirement, cast.units.tay_giang) == {
        Cause.COMPLETED: {("not_started", "completed"): 1},
        Cause.LAPSED: {("completed", "expired"): 1},
        Cause.VOIDED: {("completed", "not_started"): 1},
    }


def test_a_lesson_begun_and_a_due_day_that_passed_but_for_who_was_given_more_time(requirement, cast):
    change_rule(requirement, NOW, deadline=BETWEEN)
    begun, given = make_person(), make_person()
    for person in (begun, given):
        make_posting(person, cast.units.tay_giang)
    seen_at = timezone.make_aware(datetime(2026, 2, 20, 9))
    for person in (begun, cast.learner):
        LessonSeen.objects.create(person=person, lesson_key=COURSE_LESSON, course_key=COURSE, seen_at=seen_at)
    for person in (begun, given):
        make_relief(cast, person, requirement, "extension", FIRST, LAST)
    assert told(requirement, cast.units.tay_giang) == {
        Cause.LATE: {("not_started", "overdue"): 1},
        Cause.STARTED: {("not_started", "in_progress"): 1},
    }


COURSE_LESSON = "7a0d7f0e-0000-4000-8000-000000000001"


def test_a_law_that_ends_what_was_learnt_before_is_a_change_of_the_rule_and_not_a_lapse(requirement, cast):
    completes(cast.learner, date(2026, 1, 5))
    change_rule(requirement, NOW, effective_from=BETWEEN, **terms(requirement), law="Luật 53", law_begins=BETWEEN)
    assert told(requirement, cast.units.tay_giang) == {Cause.RULE: {("completed", "expired"): 1}}


def test_a_rule_that_asks_another_duty_asks_other_people(requirement, cast):
    verifies = make_person()
    posting = make_posting(verifies, cast.units.tay_giang, ("xac_minh",))
    duty = posting.duties.get()
    change_rule(requirement, NOW, effective_from=BETWEEN, **terms(requirement) | {"duty": duty})
    turns = {Cause.RULE: {(None, "not_started"): 1, ("not_started", None): 1}}
    assert told(requirement, cast.units.tay_giang) == turns


def test_before_the_first_rule_nobody_is_asked(cast):
    later = seed_requirements(LONG_AGO)[1]
    later.rules.update(effective_from=BETWEEN)
    assert told(later, cast.units.da_nang) == {Cause.RULE: {(None, "not_started"): 2}}


def terms(requirement):
    rule = requirement.rules.current().get(effective_from=None)
    return {"duty": rule.duty, "course_key": rule.course_key, "deadline": rule.deadline, "validity_months": 24}


def test_a_reform_brings_whom_it_moves_and_on_one_map_it_moves_nobody(requirement, cast):
    units, person = cast.units, make_person()
    make_posting(person, units.lang, start=date(2025, 1, 1))
    days = {"first": LAST_OLD_DAY, "last": REFORM}
    assert told(requirement, units.tay_giang, **days) == {
        Cause.CAME: {(None, "not_started"): 1},  # the learner, posted on the day of the reform
        Cause.REFORMED: {(None, "not_started"): 1},
    }
    one_map = told(requirement, units.tay_giang, **days, geography=date(2026, 1, 1))
    assert one_map == {Cause.CAME: {(None, "not_started"): 1}}


def test_two_records_that_are_one_person_are_one_on_both_days_and_two_as_known_before(requirement, cast):
    gone, stays = make_person("Alăng Thị Hà", "TG-1b"), cast.learner
    make_posting(gone, cast.units.tay_giang, start=BETWEEN)
    with time_machine.travel(NOW - DAY, tick=False):
        merge(gone, stays, None, "Cùng một người.", NOW - DAY)
    assert told(requirement, cast.units.tay_giang) == {}
    earlier = told(requirement, cast.units.tay_giang, known_on=(NOW - 2 * DAY).date())
    assert earlier == {Cause.CAME: {(None, "not_started"): 1}}


def test_a_correction_changes_what_is_known_now_and_nothing_as_known_before(requirement, cast):
    Posting.objects.filter(person=cast.learner).supersede(NOW - DAY)
    make_posting(cast.learner, cast.units.tay_giang, end=BETWEEN, at=NOW - DAY)
    assert told(requirement, cast.units.tay_giang) == {Cause.LEFT: {("not_started", None): 1}}
    assert told(requirement, cast.units.tay_giang, known_on=(NOW - 2 * DAY).date()) == {}


def test_whoever_counts_in_two_communes_counts_once_above(requirement, cast):
    units, person = cast.units, make_person()
    make_posting(person, units.tay_giang, start=BETWEEN, position="Một")
    make_posting(person, units.avuong, start=BETWEEN, position="Hai")
    completes(person, date(2026, 1, 5))
    assert told(requirement, units.da_nang) == {Cause.CAME: {(None, "completed"): 1}}
    assert told(requirement, units.avuong) == {Cause.CAME: {(None, "completed"): 1}}


def test_both_ends_are_the_figures_of_coverage(requirement, cast):
    make_posting(make_person(), cast.units.avuong, start=BETWEEN)
    rebuild_all(now=NOW)
    unit = cast.units.da_nang
    both = movement(Asked(requirement, Named(unit.pk, unit.code, unit.name), FIRST, LAST))
    for one in (both.first, both.last):
        where = places_of(unit, one.day)
        assert one.figure == coverage(requirement, unit=where, as_of=one.day).total


@pytest.mark.parametrize("many", [2, 40])
def test_any_number_of_people_asks_the_same_queries(requirement, cast, many):
    for number in range(many):
        person = make_person()
        make_posting(person, cast.units.tay_giang, start=BETWEEN)
        if number % 2:
            Void.objects.create(completion=completes(person, FIRST - DAY), on=BETWEEN, reason="Làm hộ")
    rebuild_all(now=NOW)
    unit = cast.units.da_nang
    with CaptureQueriesContext(connection) as queries:
        turned = movement(Asked(requirement, Named(unit.pk, unit.code, unit.name), FIRST, LAST)).turned
    assert Counter(one.cause for one in turned) == {Cause.CAME: many}
    # of each day: whether the unit is there, its figure (5: no day is counted), the rule (2: one of that day, else the
    # one since ever), its units on that map twice; whether it is one map, who turned, their postings, merges, voids
    assert len(queries) == 25
