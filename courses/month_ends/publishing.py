"""Publishes the figures of each month's last day, once, with small cells suppressed.

A later correction shows in the next month end: figures that changed with what is learnt later would tell, by the
difference, of the people whom it is about. So does the suppression: it looks at this month and the earlier ones of the
year, never at later ones.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from math import inf
from time import process_time

from django.db import transaction
from django.db.models import Exists, Max, Min
from django.utils import timezone

from courses.month_ends.map_of_day import MapOfDay, map_of
from courses.month_ends.month_end import MonthEnd
from courses.month_ends.rows import family_rows
from courses.month_ends.suppression import Key
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.coverage import Coverage, Figure, coverage
from courses.standing.facts import rules_by_requirement
from courses.standing.rule_recount import recounts
from courses.standing.spans import rule_in_force
from courses.standing.standing import Standing
from outbox.clock import every
from pages.serving.version import raise_version
from people.postings.coverage import places_of
from people.times import add_months

DAY = timedelta(days=1)
# the first time, so many month ends back: as far as the daily counts
MONTHS = 13
# seconds of processor after which a turn begins no other month
TURN = 3


@every("courses.month_ends.publish", minutes=10)
def publish_next(now: datetime | None = None) -> int:
    """A turn of the clock, whose other work waits meanwhile: the first time there are thirteen months."""
    return publish(now, within=TURN)


def publish(now: datetime | None = None, within: float = inf) -> int:
    """Publishes what has ended and is not published, the earliest month first, and begins none after so many seconds of
    processor; returns how many month ends of requirements. Idempotent.

    While a changed rule is being recounted it waits: what is published stays.
    """
    today = timezone.localdate(now)
    ends = list(_month_ends(today))
    waiting = {requirement: first for requirement in Requirement.objects.all() if (first := _first(requirement, ends))}
    if not waiting or RequirementRule.objects.current().filter(Exists(recounts())).exists():
        return 0
    rules, published, begun = rules_by_requirement(), 0, process_time()
    for day in ends:
        if published and process_time() - begun > within:
            break
        places = map_of(day)
        for family in _families(rules, day):
            due = [requirement for requirement, first in waiting.items() if requirement.pk in family and first <= day]
            if due and places.units:
                _publish(due, family, places)
                published += len(due)
    return published


def _families(rules: Mapping[int, list], day: date) -> list[list[int]]:
    """The requirements by duty: they are about the same people, so what one of them hides, no other may tell."""
    by_duty: dict[int, list[int]] = {}
    for requirement, versions in rules.items():
        if rule := rule_in_force(versions, day):
            by_duty.setdefault(rule.duty, []).append(requirement)
    return list(by_duty.values())


def _month_ends(today: date) -> Iterator[date]:
    """The last days of the latest MONTHS months that have ended, the earliest first."""
    for back in range(MONTHS - 1, -1, -1):
        yield add_months(today.replace(day=1), -back) - DAY


def _first(requirement: Requirement, ends: list[date]) -> date | None:
    """The first of these month ends that is to be published; None if there is none."""
    last = requirement.month_ends.aggregate(last=Max("day"))["last"]
    begun = Standing.objects.filter(requirement=requirement).aggregate(first=Min("start"))["first"]
    since = last + DAY if last else begun
    return next((day for day in ends if since and since <= day), None)


def _publish(due: list[Requirement], family: list[int], places: MapOfDay) -> None:
    """Writes the month end of these requirements of one family."""
    day = places.day
    rows = MonthEnd.objects.filter(requirement__in=family)
    kept = rows.filter(kept=True, day__gte=day.replace(month=1, day=1), day__lte=day)
    hidden = {*kept.values_list("unit", "direct"), *rows.filter(small=True, day=day).values_list("unit", "direct")}
    this_year = rows.filter(public=False, day__gte=day.replace(month=1, day=1), day__lte=day)
    withheld = set(this_year.values_list("unit", "direct"))
    figures = {requirement.pk: counted(requirement, day, places) for requirement in due}
    with transaction.atomic():
        MonthEnd.objects.bulk_create(family_rows(places, figures, hidden, withheld=withheld), batch_size=1000)
        raise_version()


def counted(requirement: Requirement, day: date, places: MapOfDay) -> dict[Key, Figure]:
    """Each unit's figure on the day, by the only thing that counts; five queries for each unit with others below."""
    figures: dict[Key, Figure] = {}
    for unit in [*places.below, *(root for root in places.roots if root not in places.below)]:
        answer: Coverage = coverage(requirement, unit=places_of(places.units[unit], day), as_of=day)
        ids = {named.code: named.pk for named in answer.places.children}
        figures[unit, False] = answer.total
        if unit in places.below:
            for child in answer.children:
                figures.setdefault((ids[child.code], False) if child.code else (unit, True), child)
    return figures
