"""Works out where every unit counts on every day, from spans and handovers alone, without database and clock.

Path rule for unit u on day g:
- u exists: u, then the path of its parent;
- u has ended: the path of its heir, or of its only successor; with several successors and no heir, the path of their
  nearest common ancestor (`undivided`); without a successor, the path of its parent, so of the parent's own successor;
- u does not exist yet: no path.
Two adjacent spans of one code and name without a handover are one continuing unit whose parent changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from letters.folding import spelled

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A unit: both days inclusive, `end` None while it exists, `parent` None for a root."""

    id: int
    code: str
    name: str
    parent: int | None
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Handover:
    """From day `on` the content of `old` belongs to `new`; among several, to the heir."""

    old: int
    new: int
    on: date
    heir: bool = False


class Stretch(NamedTuple):
    """From `start` to `end` (inclusive, None is open) a unit counts at path[0] and under the rest, up to the root."""

    start: date
    end: date | None
    path: tuple[int, ...]
    undivided: bool


class ReachRow(NamedTuple):
    unit: int
    ancestor: int
    depth: int
    start: date
    end: date | None
    undivided: bool


class ReachCycle(ValueError):
    """On `day` parents or successions of these units form a ring, so they would count nowhere."""

    def __init__(self, units: list[Span], day: date):
        self.units, self.day = units, day
        super().__init__(f"{' → '.join(span.code for span in [*units, units[0]])} form a ring on {day}")


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two ends, None being never."""
    if one is None or other is None:
        return one or other
    return min(one, other)


def common_end(paths: list[tuple[int, ...]]) -> tuple[int, ...]:
    """The common end of all paths at the root: the path of their nearest common ancestor; () if none."""
    shared = 0
    for level in zip(*(reversed(path) for path in paths), strict=False):
        if len(set(level)) > 1:
            break
        shared += 1
    return paths[0][len(paths[0]) - shared :] if shared else ()


class Map:
    """All paths of all units. Raises ReachCycle on the first query that leads into a ring.

    >>> Map([Span(1, "49", "Quảng Nam", None, date(2020, 1, 1))], []).path(1, date(2024, 1, 1)).path
    (1,)
    """

    def __init__(self, spans: Iterable[Span], handovers: Iterable[Handover]):
        self.spans = {span.id: span for span in spans}
        self.handovers: dict[int, list[Handover]] = defaultdict(list)
        for handover in sorted(handovers, key=lambda h: h.on):
            self.handovers[handover.old].append(handover)
        self._known: dict[int, list[Stretch]] = defaultdict(list)
        self._asking: list[int] = []

    @cached_property
    def _going_on(self) -> dict[int, Handover]:
        """{ended unit: the handover implied by an adjacent span of the same code and name}."""
        begins = {(span.code, span.start): span for span in self.spans.values()}
        implied = {}
        for span in self.spans.values():
            if span.end is None or any(h.on > span.end for h in self.handovers.get(span.id, ())):
                continue
            later = begins.get((span.code, span.end + DAY))
            if later and spelled(later.name) == spelled(span.name):
                implied[span.id] = Handover(span.id, later.id, later.start)
        return implied

    def goes_on(self, unit: int) -> int | None:
        """The unit that continues an ended one without a handover; None if there is none."""
        return self._going_on[unit].new if unit in self._going_on else None

    def path(self, unit: int, day: date) -> Stretch:
        """The stretch that contains `day`; its `start` is `day` or the first day known to be the same."""
        for stretch in self._known[unit]:
            if stretch.start <= day and (stretch.end is None or day <= stretch.end):
                return stretch
        if unit in self._asking:
            ring = self._asking[self._asking.index(unit) :]
            raise ReachCycle([self.spans[one] for one in ring], day)
        self._asking.append(unit)
        try:
            stretch = self._work_out(self.spans[unit], day)
        finally:
            self._asking.pop()
        self._known[unit].append(stretch)
        return stretch

    def _work_out(self, span: Span, day: date) -> Stretch:
        if day < span.start:
            return Stretch(day, span.start - DAY, (), False)
        if span.end is None or day <= span.end:
            above = self._above(span, day)
            return Stretch(day, earlier(span.end, above.end), (span.id, *above.path), False)
        taken, until = self._handed_over(span, day)
        # a part without a path, which does not exist yet, takes nothing over
        parts = [self.path(handover.new, day) for handover in taken]
        for part in parts:
            until = earlier(until, part.end)
        if parts := [part for part in parts if part.path]:
            path, undivided = self._divided(parts)
            if path:
                return Stretch(day, until, path, undivided)
        above = self._above(span, day)
        return Stretch(day, earlier(until, above.end), above.path, above.undivided or len(parts) > 1)

    def _above(self, span: Span, day: date) -> Stretch:
        return self.path(span.parent, day) if span.parent is not None else Stretch(day, None, (), False)

    def _handed_over(self, span: Span, day: date) -> tuple[list[Handover], date | None]:
        """The handovers in force on `day`, an heir's alone if there is one; and the last day before the next."""
        # a handover dated within the unit's life gave away a piece and does not end the unit
        ours = [h for h in self.handovers.get(span.id, ()) if h.on > span.end]
        if not ours and span.id in self._going_on:
            ours = [self._going_on[span.id]]
        taken = [h for h in ours if h.on <= day]
        until = min((h.on - DAY for h in ours if h.on > day), default=None)
        heirs = [h for h in taken if h.heir]
        return heirs[-1:] or taken, until

    @staticmethod
    def _divided(parts: list[Stretch]) -> tuple[tuple[int, ...], bool]:
        """Where several parts count together. Parts that have become one unit since are not divided."""
        paths = [part.path for part in parts]
        return common_end(paths), len(set(paths)) > 1 or any(part.undivided for part in parts)

    def stretches(self, unit: int) -> list[Stretch]:
        """The unit's stretches from its first day, without gaps; a stretch with path () counts nowhere."""
        merged: list[Stretch] = []
        day: date | None = self.spans[unit].start
        while day is not None:
            at = self.path(unit, day)
            if merged and (merged[-1].path, merged[-1].undivided) == (at.path, at.undivided):
                merged[-1] = merged[-1]._replace(end=at.end)
            else:
                merged.append(at._replace(start=day))
            day = at.end + DAY if at.end else None
        return merged

    def rows(self) -> Iterator[ReachRow]:
        """The closure, one row for each unit, ancestor and stretch."""
        for unit in self.spans:
            for stretch in self.stretches(unit):
                for depth, ancestor in enumerate(stretch.path):
                    yield ReachRow(unit, ancestor, depth, stretch.start, stretch.end, stretch.undivided)

    def paths_on(self, day: date) -> dict[int, Stretch]:
        """{unit id: its stretch on `day`}, only for units that count somewhere."""
        pairs = ((unit, self.path(unit, day)) for unit, span in self.spans.items() if span.start <= day)
        return {unit: stretch for unit, stretch in pairs if stretch.path}
