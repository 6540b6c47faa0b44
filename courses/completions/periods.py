"""The period in which attempts count against a quiz's limit.

Whoever holds a valid completion practises: nothing that she tries uses up what a renewal needs. The count begins anew
on the day on which the completion counts no more, lapsed or void.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from courses.completions.completion import Completion, Void
from courses.requirements.requirement import RequirementRule
from courses.requirements.validity import Validity
from people.persons.merges import one_person
from people.postings.posting import Posting
from people.times import covering, end_of_day


@dataclass(frozen=True)
class Period:
    """`since` None: since ever."""

    practising: bool = False
    since: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since is None or at >= self.since


def period_of(person, course_key: str, now: datetime) -> Period:
    """Three queries, one where nothing was completed."""
    today = timezone.localdate(now)
    void_on = Void.objects.current().filter(completion=OuterRef("pk")).values("on")[:1]
    rows = Completion.objects.current().filter(person__in=one_person(person), course_key=course_key)
    rows = rows.filter(completed_on__lte=today)
    days = list(rows.annotate(void_on=Subquery(void_on)).values_list("completed_on", "void_on"))
    return period(days, validities(person, course_key, today) if days else [], today)


def period(days: list[tuple[date, date | None]], validities: Collection[Validity], today: date) -> Period:
    """Pure. `days` are (completed on, void from or None); of several validities the one that lapses first counts."""
    over = []
    for completed_on, void_on in days:
        ends = [end for end in (void_on, *(one.lapses_on(completed_on) for one in validities)) if end]
        if not ends or today < min(ends):
            return Period(practising=True)
        over.append(min(ends))
    return Period(since=end_of_day(max(over) - timedelta(days=1))) if over else Period()


def validities(person, course_key: str, today: date) -> list[Validity]:
    """Of the rules in force today that concern the person and ask for the course."""
    begun = RequirementRule.objects.current().filter(Q(effective_from=None) | Q(effective_from__lte=today))
    in_force: dict[int, RequirementRule] = {}
    for rule in sorted(begun, key=lambda rule: rule.effective_from or date.min):
        in_force[rule.requirement_id] = rule
    held = Posting.objects.current().filter(covering(today), person=person, duties__isnull=False)
    duties = set(held.values_list("duties", flat=True))
    asking = [rule for rule in in_force.values() if course_key in rule.course_keys and rule.duty_id in duties]
    refreshers = {rule.refresher_key for rule in asking} - {""}
    made = _made(person, refreshers, today) if refreshers else set()
    return [replace(rule.validity, law=None) if rule.refresher_key in made else rule.validity for rule in asking]


def _made(person, courses: Collection[str], today: date) -> set[str]:
    """Those of these courses of which the person has a completion that counts today."""
    void = Void.objects.current().filter(on__lte=today).values("completion")
    rows = Completion.objects.current().filter(
        person__in=one_person(person), course_key__in=courses, completed_on__lte=today
    )
    return set(rows.exclude(pk__in=void).values_list("course_key", flat=True))
