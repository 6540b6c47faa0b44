"""Publishes the figures of each month's last day, once, with small cells suppressed.

A later correction shows in the next month end: figures that changed with what is learnt later would tell, by the
difference, of the people whom it is about. So does the suppression: it looks at this month and the earlier ones of the
year, never at later ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import inf
from time import process_time

from django.db import transaction
from django.db.models import Exists, Max, Min
from django.utils import timezone
from django.utils.crypto import salted_hmac

from courses.month_ends.month_end import MonthEnd
from courses.month_ends.suppression import Cell, Key, Node, Order, Suppressed, is_all, published_sum, suppressed
from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.coverage import Coverage, Figure, coverage
from courses.standing.facts import rules_by_requirement
from courses.standing.rule_recount import recounts
from courses.standing.spans import rule_in_force
from courses.standing.standing import Standing
from outbox.clock import every
from people.postings.coverage import Named, places_of
from people.times import add_months, covering
from people.units.successions import Reach
from people.units.unit import Unit

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


@dataclass(frozen=True)
class MapOfDay:
    """The existing units on the map of `day`: by id, the one above (absent at the top) and those below."""

    day: date
    units: Mapping[int, Named]
    above: Mapping[int, int]

    @cached_property
    def below(self) -> dict[int, list[int]]:
        below: dict[int, list[int]] = {}
        for unit, parent in sorted(self.above.items()):
            below.setdefault(parent, []).append(unit)
        return below

    @property
    def roots(self) -> list[int]:
        return sorted(self.units.keys() - self.above.keys())


def map_of(day: date) -> MapOfDay:
    """Two queries."""
    existing = Unit.objects.on(day)
    units = {pk: Named(pk, code, name) for pk, code, name in existing.values_list("pk", "code", "name")}
    rows = Reach.objects.filter(covering(day), depth=1, unit__in=existing.values("pk"))
    return MapOfDay(day, units, dict(rows.values_list("unit", "ancestor")))


def _publish(due: list[Requirement], family: list[int], places: MapOfDay) -> None:
    """Writes the month end of these requirements of one family."""
    day = places.day
    rows = MonthEnd.objects.filter(requirement__in=family)
    kept = rows.filter(kept=True, day__gte=day.replace(month=1, day=1), day__lte=day)
    hidden = {*kept.values_list("unit", "direct"), *rows.filter(small=True, day=day).values_list("unit", "direct")}
    figures = {requirement.pk: counted(requirement, day, places) for requirement in due}
    with transaction.atomic():
        MonthEnd.objects.bulk_create(family_rows(places, figures, hidden), batch_size=1000)


def family_rows(
    places: MapOfDay, figures: Mapping[int, Mapping[Key, Figure]], hidden: Iterable[Key], order: Order | None = None
) -> list[MonthEnd]:
    """What is published of requirements about the same people on a day, as rows that are not saved; pure.

    `figures` are by requirement and unit. `hidden` are left out in any case.
    """
    made: list[MonthEnd] = []
    hidden = {*hidden, *(key for by_unit in figures.values() for key, one in by_unit.items() if _cell(one).is_small)}
    for requirement, by_unit in figures.items():
        rows = told_rows(requirement, places, by_unit, hidden, order or secret_order)
        hidden |= {(row.unit_id, row.direct) for row in rows if row.kept}
        made += rows
    return made


def told_rows(
    requirement: int, places: MapOfDay, figures: Mapping[Key, Figure], hidden: Iterable[Key], order: Order
) -> list[MonthEnd]:
    nodes = {key: Node(_cell(figure), _children(key, places)) for key, figure in figures.items()}
    told = suppressed(nodes, [(root, False) for root in places.roots], hidden, order)
    return [_row(requirement, places, key, figures, nodes, told) for key in nodes]


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


def secret_order(key: Key) -> str:
    """The same on every day and for every requirement, and known to nobody who does not hold the secret key."""
    return salted_hmac("courses.month_ends", f"{key[0]}:{key[1]}", algorithm="sha256").hexdigest()


def _cell(figure: Figure) -> Cell:
    return Cell(figure.required, figure.completed, figure.excused)


def _children(key: Key, places: MapOfDay) -> tuple[Key, ...]:
    unit, direct = key
    if direct or unit not in places.below:
        return ()
    return (*((child, False) for child in places.below[unit]), (unit, True))


def _row(requirement: int, places: MapOfDay, key: Key, figures, nodes, told: Suppressed) -> MonthEnd:
    (unit, direct), closed = key, key in told.closed
    return MonthEnd(
        requirement_id=requirement,
        day=places.day,
        unit_id=unit,
        direct=direct,
        parent_id=unit if direct else places.above.get(unit),
        name=figures[key].name,
        closed=closed,
        small=nodes[key].cell.is_small,
        kept=key in told.kept,
        figures=None if closed else _told(figures[key], key in told.blurred, key in told.partial),
        line=None if closed or not told.lines[key] else _line(key, figures, nodes, told),
    )


def _told(figure: Figure, blurred: bool, partial: bool) -> dict:
    if not partial:
        return {**figure.counts(), "changed_units": figure.changed_units}
    completed = None if blurred else figure.completed
    return {
        "required": figure.required,
        "completed": completed,
        "unconfirmed_units": figure.unconfirmed_units,
    }


def _line(key: Key, figures: Mapping[Key, Figure], nodes: Mapping[Key, Node], told: Suppressed) -> dict:
    """Required is None where nobody is told beside the line: its people are the unit's total."""
    line = told.lines[key]
    cell = published_sum(nodes, key, line)
    unconfirmed = sum(figures[child].unconfirmed_units for child in line)
    is_total = is_all(nodes, key, line)
    return {
        "units": len(line),
        "required": None if is_total else cell.required,
        "completed": cell.completed if cell.is_mixed and not is_total else None,
        "unconfirmed_units": unconfirmed,
    }
