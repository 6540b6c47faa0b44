"""The days on which a fact or a standing begins or ends, and for whom; between them nothing changes.

Used by the check only; `courses.standing.spans` computes its own days.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.db.models import Min
from django.db.models.functions import TruncDate
from django.utils import timezone

from courses.completions.completion import Completion, Void
from courses.completions.unapproved import Recognition
from courses.practice.observed.session import Performance
from courses.progress.attended import CourseAttended
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from courses.requirements.relief import Relief
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
from courses.retests.retest import RetestResult
from courses.standing.recount import lapsed_up_to
from courses.standing.standing import DailyCount, Standing
from people.persons.merges import merged_as_known
from people.postings.posting import Posting
from people.units.successions import Succession
from people.units.unit import Unit

DAY = timedelta(days=1)


class TurningDays:
    """`people` are ids by day; on the days of `everybody` anyone may change; on those of `map` units move."""

    def __init__(self, requirement: Requirement):
        self.requirement = requirement
        self.rules = list(RequirementRule.objects.current().filter(requirement=requirement))
        self.people: dict[date, set[int]] = defaultdict(set)
        into = merged_as_known(None)
        for person, day in self._people():
            self.people[day] |= {person, into.get(person, person)}
        self.everybody = {rule.effective_from for rule in self.rules if rule.effective_from}
        self.everybody |= {rule.deadline + DAY for rule in self.rules}
        self.everybody |= {rule.old_until + DAY for rule in self.rules if rule.old_until}
        self.map = set(_days_of(Unit.objects.all(), "valid_from", "valid_to"))
        self.map |= set(Succession.objects.current().values_list("on", flat=True))
        counted = DailyCount.objects.filter(requirement=requirement).aggregate(first=Min("day"))["first"]
        self.all = sorted({*self.people, *self.everybody, *self.map, *([counted] if counted else [])})

    def _people(self) -> Iterator[tuple[int, date]]:
        duties = {rule.duty_id for rule in self.rules}
        postings = Posting.objects.current().filter(duties__in=duties).distinct()
        yield from _turns(postings)
        yield from _turns(Excuse.objects.current().filter(requirement=self.requirement))
        # an extension turns on the day after its last, as excuses and exclusions do
        yield from _turns(Relief.objects.current().filter(requirement=self.requirement))
        yield from _turns(Standing.objects.filter(requirement=self.requirement))
        for rule in self.rules:
            yield from self._turns_by(rule)

    def _turns_by(self, rule: RequirementRule) -> Iterator[tuple[int, date]]:
        counted = [*rule.course_keys, *filter(None, [rule.refresher_key])]
        completions = Completion.objects.current().filter(course_key__in=counted)
        for person, day in completions.values_list("person_id", "completed_on"):
            yield person, day
            if rule.validity_months:
                yield person, _first_lapsed(day, rule.validity_months)
            if rule.each_january:
                yield person, date(day.year + 1, 2, 1)
        voids = Void.objects.current().filter(completion__in=completions)
        yield from voids.values_list("completion__person_id", "on")
        recognised = Recognition.objects.current().filter(completion__in=completions)
        yield from recognised.values_list("completion__person_id", "on")
        answered = RetestResult.objects.current().filter(retest__completion__in=completions)
        yield from answered.values_list("retest__completion__person_id", "on")
        seen = LessonSeen.objects.filter(course_key__in=rule.course_keys, seen_by_class=False)
        by_course = seen.values("person_id", "course_key").order_by()
        first = TruncDate(Min("seen_at"), tzinfo=timezone.get_default_timezone())
        yield from by_course.annotate(first=first).values_list("person_id", "first")
        moved = CourseBegun.objects.filter(course_key__in=rule.course_keys).order_by()
        begun = TruncDate("at", tzinfo=timezone.get_default_timezone())
        yield from moved.annotate(first=begun).values_list("person_id", "first")
        attended = CourseAttended.objects.current().filter(course_key__in=rule.course_keys)
        yield from attended.values_list("person_id", "on")
        passed = Performance.objects.passed().filter(session__rubric__key__in=rule.rubric_keys)
        yield from passed.values_list("person_id", "session__on")
        if rule.grace_days:
            postings = Posting.objects.current().filter(duties=rule.duty_id)
            for person, start in postings.values_list("person_id", "start"):
                yield person, start + (rule.grace_days + 1) * DAY


def _turns(rows) -> Iterator[tuple[int, date]]:
    for person, start, end in rows.order_by().values_list("person_id", "start", "end").iterator():
        yield person, start
        if end and end < date.max:
            yield person, end + DAY


def _days_of(rows, start: str, end: str) -> Iterator[date]:
    for first, last in rows.order_by().values_list(start, end):
        yield first
        if last and last < date.max:
            yield last + DAY


@cache
def _first_lapsed(completed_on: date, months: int) -> date:
    day = completed_on + timedelta(days=28 * months)
    while lapsed_up_to(day, months) < completed_on:
        day += DAY
    return day
