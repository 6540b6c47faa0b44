"""The figures of a reform before and after, on its day, for the preview. Who counts registers how:

    counts_figures(lambda shift: [Counted("Hỗ trợ nạn nhân", before={unit: (required, completed, excused)}, after=…)])

so that nothing is imported upward. What the units make of it is worked out here, in memory.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from people.reforms.drafting import Drafted

Paths = Mapping[int, tuple[int, ...]]


class Figures(NamedTuple):
    """Distinct people."""

    required: int = 0
    completed: int = 0
    excused: int = 0


@dataclass(frozen=True)
class Shift:
    """Where each unit counts on the reform's `day` before and after; new units have negative numbers. `posted` are the
    people that the reform posts elsewhere: {(person, old unit): part}.
    """

    day: date
    before: Paths
    after: Paths
    posted: Mapping[tuple[int, int], int]

    @cached_property
    def touched(self) -> frozenset[int]:
        """Units at or below which others count than before, and the roots."""
        changed: set[int] = set()
        for unit in self.before.keys() | self.after.keys():
            old, new = set(self.before.get(unit, ())), set(self.after.get(unit, ()))
            changed |= old ^ new
        changed |= {unit for (_person, old), part in self.posted.items() for unit in (*self.after.get(old, ()), part)}
        roots = {path[-1] for path in (*self.before.values(), *self.after.values()) if path}
        return frozenset(changed | roots)

    def places_before(self, unit: int) -> list[int]:
        return [one for one in self.before.get(unit, ()) if one in self.touched]

    def places_after(self, person: int, unit: int) -> list[int]:
        unit = self.posted.get((person, unit), unit)
        return [one for one in self.after.get(unit, ()) if one in self.touched]


@dataclass(frozen=True)
class Counted:
    title: str
    before: Mapping[int, Figures]
    after: Mapping[int, Figures]


Source = Callable[[Shift], list[Counted]]
_SOURCES: list[Source] = []


def counts_figures(source: Source) -> Source:
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def count(rows: Sequence[tuple[int, int, str]], places: Callable[[int, int], list[int]]) -> dict[int, Figures]:
    """Of (person, unit, state), by place: each person once, as in `coverage`."""
    states: dict[int, dict[int, str]] = defaultdict(dict)
    for person, unit, state in rows:
        for place in places(person, unit):
            states[place][person] = state
    return {place: _counted(list(of_people.values())) for place, of_people in states.items()}


def _counted(states: list[str]) -> Figures:
    excused = states.count("excused")
    return Figures(len(states) - excused, states.count("completed"), excused)


def shift_of(drafted: Drafted, posted: Mapping[tuple[int, int], int]) -> Shift:
    return Shift(drafted.on, drafted.before, drafted.after, posted)


def told(drafted: Drafted, shift: Shift) -> list[dict]:
    """Plain values for the preview: for each requirement the total before and after, and a line for each unit whose
    people change: its figures where it exists, None where it does not.
    """
    stands_before = {unit for unit, path in shift.before.items() if path[0] == unit}
    stands_after = {unit for unit, path in shift.after.items() if path[0] == unit}
    tables = []
    for source in _SOURCES:
        for one in source(shift):
            lines = [
                {
                    "code": drafted.names[unit][0],
                    "name": drafted.names[unit][1],
                    "before": list(one.before.get(unit, Figures())) if unit in stands_before else None,
                    "after": list(one.after.get(unit, Figures())) if unit in stands_after else None,
                    "is_root": unit in stands_after and len(shift.after[unit]) == 1,
                }
                for unit in shift.touched & (stands_before | stands_after)
            ]
            lines.sort(key=lambda line: (not line["is_root"], line["after"] is None, line["code"]))
            tables.append({"title": one.title, "lines": lines})
    return tables
