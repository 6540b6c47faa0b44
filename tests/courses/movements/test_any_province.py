"""Any two days of any small province close: reform, transfers, excuses, voids, new rules, merges, corrections."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import LAST_OLD_DAY, LONG_AGO, REFORM, make_person, make_posting, make_relief
from hypothesis import event, example, given, settings
from hypothesis import strategies as some

from courses.completions.completion import Completion, Void
from courses.movements.causes import Cause
from courses.movements.ends import Asked
from courses.movements.reading import movement
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse
from courses.standing.rules import change_rule, seed_requirements
from courses.standing.standing import rebuild_all, refresh
from courses.together.reading import rows_as_known, rows_now
from people.merging.merging import CannotMerge, merge
from people.postings.coverage import Named
from people.postings.posting import Posting

COURSE, REFRESHER = "nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"
NOW = timezone.make_aware(datetime(2026, 3, 10, 9))
DAY = timedelta(days=1)
numbers = count(1)

DAYS = some.integers(0, 60).map(lambda n: date(2025, 6, 1) + timedelta(days=n))
LENGTHS = some.none() | some.integers(0, 40)
OLD_PLACES, NEW_PLACES = ["lang", "bha_le", "quang_nam"], ["tay_giang", "school", "da_nang", "avuong"]
DUTIES = some.sampled_from([("ho_tro_nan_nhan",), ("xac_minh",), (), ("ho_tro_nan_nhan", "xac_minh")])
WHO = some.integers(0, 3)
FACTS = some.one_of(
    some.tuples(some.just("posting"), WHO, some.tuples(some.sampled_from(OLD_PLACES), DUTIES), DAYS, LENGTHS),
    some.tuples(
        some.just("posting"), WHO, some.tuples(some.sampled_from(NEW_PLACES), DUTIES), some.just(REFORM), LENGTHS
    ),
    some.tuples(some.just("excuse"), WHO, some.none(), DAYS, LENGTHS),
    some.tuples(some.just("relief"), WHO, some.sampled_from(["exclusion", "extension"]), DAYS, some.integers(0, 40)),
    some.tuples(some.just("completion"), WHO, some.sampled_from([COURSE, REFRESHER]), DAYS, some.none() | DAYS),
    some.tuples(some.just("lesson"), WHO, some.none(), DAYS, some.none()),
    some.tuples(some.just("rule"), WHO, some.sampled_from(["law", "months", "duty", "programme"]), DAYS, some.none()),
    some.tuples(some.just("correction"), WHO, some.none(), DAYS, some.none()),
    some.tuples(some.just("merge"), WHO, WHO, some.just(REFORM), some.none()),
)


class Story:
    """Writes facts; what is impossible is refused and left out."""

    def __init__(self, requirement, cast):
        self.requirement, self.cast = requirement, cast
        self.people = [make_person() for _ in range(4)]
        for number, person in enumerate(self.people):
            place = cast.units.lang if number % 2 else cast.units.tay_giang
            make_posting(person, place, start=date(2025, 5, 1) if number % 2 else REFORM)

    def write(self, kind, who, what, day, length):
        with suppress(IntegrityError, CannotMerge), transaction.atomic():
            getattr(self, kind)(self.people[who], what, day, length)
        refresh([person.pk for person in self.people], NOW)

    def posting(self, person, what, day, length):
        unit, duties = getattr(self.cast.units, what[0]), what[1]
        end = None if length is None else day + length * DAY
        make_posting(person, unit, duties, start=day, end=end, position=f"Vị trí {next(numbers)}")

    def excuse(self, person, what, day, length):
        end = None if length is None else day + length * DAY
        Excuse.objects.create(
            person=person, requirement=self.requirement, reason="Ốm", start=day, end=end, recorded_at=LONG_AGO
        )

    def relief(self, person, kind, day, length):
        make_relief(self.cast, person, self.requirement, kind, day, day + length * DAY)

    def completion(self, person, course, day, void):
        done = Completion.objects.create(
            person=person, course_key=course, completed_on=day, source="import", recorded_at=LONG_AGO
        )
        if void and void >= day:
            Void.objects.create(completion=done, on=void, reason="Làm hộ", recorded_at=LONG_AGO)

    def lesson(self, person, what, day, length):
        at = timezone.make_aware(datetime.combine(day, datetime.min.time()))
        LessonSeen.objects.create(
            person=person, lesson_key="7a0d7f0e-0000-4000-8000-000000000001", course_key=COURSE, seen_at=at
        )

    def rule(self, person, what, day, length):
        since_ever = self.requirement.rules.current().get(effective_from=None)
        terms = {"duty": since_ever.duty, "course_key": COURSE, "deadline": day, "grace_days": 10}
        terms |= {
            "law": {"law": "Luật 53", "law_begins": day, "refresher_key": REFRESHER},
            "months": {"validity_months": 1},
            "duty": {"duty": make_posting(person, self.cast.units.school, ("xac_minh",), end=REFORM).duties.get()},
            "programme": {"more_course_keys": [REFRESHER]},
        }[what]
        change_rule(self.requirement, LONG_AGO, effective_from=day, **terms)

    def correction(self, person, what, day, length):
        """What was believed of where she works is another since yesterday."""
        wrong = Posting.objects.current().filter(person=person, start__lte=day, end=None).first()
        if wrong:
            Posting.objects.filter(pk=wrong.pk).supersede(NOW - DAY)
            make_posting(person, wrong.unit, start=wrong.start, end=day, position=wrong.position, at=NOW - DAY)

    def merge(self, person, other, day, length):
        """Whatever is written later of who went is of who stays: nothing writes to a record that is gone."""
        stays = self.people[other]
        if person != stays:
            merge(person, stays, None, "Cùng một người.", NOW - DAY)
            self.people = [stays if one == person else one for one in self.people]


@pytest.fixture
def requirement(cast):
    with time_machine.travel(NOW, tick=False):
        made = seed_requirements(LONG_AGO)[0]
        rebuild_all(now=NOW)
        yield made


STORIES = {
    "facts": some.lists(FACTS, min_size=3, max_size=10),
    "days": some.lists(DAYS, min_size=2, max_size=2, unique=True),
    "above": some.booleans(),
    "one_map": some.booleans(),
}


# completed after the first day, and by the second day lapsed by its months, or by a new law
SINCE_THE_FIRST_DAY = ("rule", 1, "months", date(2025, 6, 5), None)
BETWEEN = [("completion", 1, COURSE, date(2025, 6, 10), None)]
LAPSED = [SINCE_THE_FIRST_DAY, *BETWEEN]
BY_LAW = [*BETWEEN, ("rule", 1, "law", date(2025, 7, 10), None)]
DAYS_APART = {"days": [date(2025, 6, 6), date(2025, 7, 20)], "above": False, "one_map": True}


@pytest.mark.parametrize("examples", [6, pytest.param(100, marks=pytest.mark.soak)])
def test_any_two_days_are_joined_and_both_formulations_tell_the_same(requirement, cast, examples):
    @settings(max_examples=examples, deadline=None)
    @given(**STORIES)
    @example(facts=LAPSED, **DAYS_APART)
    @example(facts=BY_LAW, **DAYS_APART)
    def of(facts, days, above, one_map):
        with time_machine.travel(NOW, tick=False), transaction.atomic():
            story = Story(requirement, cast)
            for fact in facts:
                story.write(*fact)
            first, last = sorted(days)
            joined(requirement, unit_on(cast.units, last, above), first, last, last if one_map else None)
            transaction.set_rollback(True)

    of()


def unit_on(units, day, above):
    """The province of the day, or what is one level below."""
    if day <= LAST_OLD_DAY:
        return units.quang_nam if above else units.old_tay_giang
    return units.da_nang if above else units.tay_giang


def joined(requirement, unit, first, last, geography):
    named = Named(unit.pk, unit.code, unit.name)
    now = movement(Asked(requirement, named, first, last, geography))
    again = movement(Asked(requirement, named, first, last, geography, known_on=NOW))
    before = movement(Asked(requirement, named, first, last, geography, known_on=(NOW - 3 * DAY).date()))
    assert now.bridge.closes()
    assert before.bridge.closes()
    assert again.turned == now.turned
    # and so are the rows from which several requirements are counted
    if where := now.last.places:
        assert {*rows_now([requirement], where, last)} == {*rows_as_known([requirement], where, last, None)}
    causes = {one.cause for one in (*now.turned, *before.turned)}
    assert Cause.OTHER not in causes
    for cause in causes:
        event(cause.name)
