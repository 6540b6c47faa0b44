"""The two days of a movement: on which map the unit stands, what the rule asks, who counts there in which state."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing import recount
from courses.standing.coverage import Figure, coverage
from courses.standing.standing import Standing
from people.postings.coverage import CoverageError, Named, Places, places, places_of, same_map, under
from people.statements.plain_rows import among
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit

NOBODY = Figure(None, "")


@dataclass(frozen=True)
class Asked:
    """`geography` None is each day's own map, else that day's map for both. `known_on` None is as known now; a past day
    or moment is told by the second formulation.
    """

    requirement: Requirement
    unit: Named
    first: date
    last: date
    geography: date | None = None
    known_on: date | None = None


@dataclass(frozen=True)
class End:
    """One of the days. `places` is None where the unit is not on the day's map: then nobody counts there."""

    asked: Asked
    day: date
    places: Places | None
    figure: Figure
    rule: RequirementRule | None

    @property
    def geography(self) -> date:
        return self.asked.geography or self.day

    @property
    def within(self) -> Q:
        """Rows with a `unit` that counts here."""
        if self.places is None:
            return Q(pk__in=[])
        if self.places.in_table:
            return under(self.places.unit.pk, self.geography)
        return Q(unit__in=among(self.places.child_of))

    def here(self, units: Iterable[int]) -> frozenset[int]:
        """Those of the units that count here; one query at most."""
        if self.places is None:
            return frozenset()
        if not self.places.in_table:
            return frozenset(units) & self.places.child_of.keys()
        rows = Reach.objects.filter(covering(self.geography), ancestor=self.places.unit.pk, unit__in=among(units))
        return frozenset(rows.values_list("unit", flat=True))

    def recounted(self) -> dict[int, str]:
        """{person: state} as known on the past day, by the second formulation."""
        rows = recount.standing_on(self.asked.requirement, self.day, self.asked.known_on).filter(self.within)
        with recount.room():
            return {person: state for person, _unit, state in rows}


def end(asked: Asked, day: date) -> End:
    """Raises CoverageError for a day of knowledge to come."""
    found = end_without_figure(asked, day)
    if found.places is None:
        return found
    unit: Places | str = found.places.unit.code if asked.known_on else found.places
    days = {"as_of": day, "geography": found.places.geography, "known_on": asked.known_on}
    return replace(found, figure=coverage(asked.requirement, unit=unit, **days).total)


def end_without_figure(asked: Asked, day: date) -> End:
    """The same with nobody counted."""
    where = _places(asked, day)
    return End(asked, day, where, NOBODY, recount.rule_on(asked.requirement, day, asked.known_on))


def _places(asked: Asked, day: date) -> Places | None:
    """None where another unit bears the code on that map, or none does."""
    geography = asked.geography or day
    if asked.known_on is None:
        there = Unit.objects.on(geography).filter(pk=asked.unit.pk).exists()
        return places_of(asked.unit, geography) if there else None
    try:
        known = places(asked.unit.code, geography, asked.known_on)
    except CoverageError:
        return None
    return known if known.unit.pk == asked.unit.pk else None


def turned_now(first: End, last: End) -> dict[int, tuple[str | None, str | None]]:
    """{person: states on both days} of whoever may count otherwise on the second; two queries.

    Who is in one unit that counts here on both days, in a state that lasts from one to the other, is left out.
    """
    on_first, on_last = covering(first.day), covering(last.day)
    one_day = (on_first & ~on_last) | (on_last & ~on_first)
    if _one_map(first, last):
        within, turns = last.within, one_day
    else:
        within = first.within | last.within
        turns = one_day | ((first.within & ~last.within) | (last.within & ~first.within))
    rows = Standing.objects.filter(on_first | on_last, within, requirement=first.asked.requirement)
    columns = ("person_id", "unit_id", "state", "start", "end")
    told = list(rows.filter(person__in=rows.filter(turns).order_by().values("person")).values_list(*columns))
    units = {unit for _person, unit, *_rest in told}
    here = (first.here(units), last.here(units))
    sides: dict[int, list[str | None]] = {}
    for person, unit, state, start, stop in told:
        side = sides.setdefault(person, [None, None])
        for which, one in enumerate((first, last)):
            if start <= one.day and (stop is None or one.day <= stop) and unit in here[which]:
                side[which] = state
    return {person: (before, after) for person, (before, after) in sides.items() if before != after}


def _one_map(first: End, last: End) -> bool:
    """Whether the same counts here on both days; one query at most."""
    if first.places is None or last.places is None:
        return False
    days = first.geography, last.geography
    return same_map([last.places.unit.pk], min(days), max(days))


def turned_as_known(first: End, last: End) -> dict[int, tuple[str | None, str | None]]:
    """The same by the second formulation, for any day of knowledge."""
    before, after = first.recounted(), last.recounted()
    both = before.keys() | after.keys()
    sides = {person: (before.get(person), after.get(person)) for person in both}
    return {person: side for person, side in sides.items() if side[0] != side[1]}
