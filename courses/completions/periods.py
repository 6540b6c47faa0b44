"""The period in which attempts count against a quiz's limit.

Whoever holds a valid completion practises: nothing that she tries uses up what a renewal needs. The count begins anew
on the day on which the completion counts no more, lapsed or void.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from courses.completions.completion import Completion, Void
from courses.requirements.requirement import RequirementRule
from people.postings.posting import Posting
from people.times import add_months, covering, end_of_day


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
    rows = Completion.objects.current().filter(person=person, course_key=course_key, completed_on__lte=today)
    days = list(rows.annotate(void_on=Subquery(void_on)).values_list("completed_on", "void_on"))
    months = months_valid(person, course_key, today) if days else None
    return period(days, months, today)


def period(days: list[tuple[date, date | None]], months: int | None, today: date) -> Period:
    """Pure. `days` are (completed on, void from or None); `months` of validity, None where it never lapses."""
    over = []
    for completed_on, void_on in days:
        ends = [end for end in (void_on, add_months(completed_on, months) if months else None) if end]
        if not ends or today < min(ends):
            return Period(practising=True)
        over.append(min(ends))
    return Period(since=end_of_day(max(over) - timedelta(days=1))) if over else Period()


def months_valid(person, course_key: str, today: date) -> int | None:
    """By the rules in force today that concern the person, the shortest of several; None where none lets it lapse."""
    begun = RequirementRule.objects.current().filter(Q(effective_from=None) | Q(effective_from__lte=today))
    in_force: dict[int, RequirementRule] = {}
    for rule in sorted(begun, key=lambda rule: rule.effective_from or date.min):
        in_force[rule.requirement_id] = rule
    held = Posting.objects.current().filter(covering(today), person=person, duties__isnull=False)
    duties = set(held.values_list("duties", flat=True))
    asking = [rule for rule in in_force.values() if rule.course_key == course_key and rule.duty_id in duties]
    return min((rule.validity_months for rule in asking if rule.validity_months), default=None)
