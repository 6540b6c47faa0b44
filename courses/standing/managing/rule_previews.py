"""Whom a rule would touch if it held today, beside whom the requirement touches now: before it is saved."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing import recount
from courses.standing.spans import State
from people.postings.coverage import Places, places, under


@dataclass(frozen=True)
class Row:
    """Distinct people of one unit and below, by state, now and if the rule held. Code None is “Trực thuộc”."""

    code: str | None
    name: str
    now: Counter
    then: Counter

    @property
    def required(self) -> tuple[int, int]:
        return _required(self.now), _required(self.then)

    @property
    def completed(self) -> tuple[int, int]:
        return self.now[State.COMPLETED], self.then[State.COMPLETED]

    @property
    def late(self) -> tuple[int, int]:
        """Overdue and expired: on whom reminders act."""
        return tuple(one[State.OVERDUE] + one[State.EXPIRED] for one in (self.now, self.then))  # type: ignore[return-value]

    @property
    def excused(self) -> tuple[int, int]:
        return self.now[State.EXCUSED], self.then[State.EXCUSED]

    @property
    def is_touched(self) -> bool:
        return self.now != self.then


@dataclass(frozen=True)
class Preview:
    """The whole map, and each unit one level down that somebody is counted in, now or then."""

    total: Row
    units: tuple[Row, ...]


def preview_of(requirement: Requirement, rule: RequirementRule, today: date) -> Preview:
    """By the second formulation, on today's map: the rule as it is typed against the one in force. Neither need be
    saved. A constant number of queries. Raises CoverageError where there is no map.
    """
    where = places(None, today)
    now = _counts(where, requirement, today, None) if requirement.pk else defaultdict(Counter)
    then = _counts(where, requirement, today, rule)
    named = [*((one.pk, one.code, one.name) for one in where.children), (None, None, _("Trực thuộc"))]
    rows = [Row(code, name, now[place], then[place]) for place, code, name in named]
    total = Row(where.unit.code, where.unit.name, now["total"], then["total"])
    return Preview(total, tuple(row for row in rows if row.now or row.then))


def _counts(
    where: Places, requirement: Requirement, today: date, rule: RequirementRule | None
) -> Mapping[object, Counter]:
    """By id of the child, None for the unit itself, "total" for all: distinct people by state."""
    alone, several = recount.counted_on(requirement, today, None, under(where.unit.pk, today), rule)
    counts: dict[object, Counter] = defaultdict(Counter)
    for unit, state, *_told, people in alone:
        counts[where.child_of[unit]][state] += people
        counts["total"][state] += people
    for place, people in _people(where, several).items():
        counts[place].update(people.values())
    return counts


def _people(where: Places, several: Iterable[tuple]) -> Mapping[object, dict[int, str]]:
    people: dict[object, dict[int, str]] = defaultdict(dict)
    for person, unit, state, *_told in several:
        for place in (where.child_of[unit], "total"):
            people[place][person] = state
    return people


def _required(states: Counter) -> int:
    return states.total() - states[State.EXCUSED]
