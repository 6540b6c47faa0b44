"""Units and successions as plain values: the known ones, the rows of a table, and a draft."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from people.units.reach import Handover, Map, Span
from tabular.cells import Line


class Key(NamedTuple):
    """The key of a unit: its code and first day, since several units have the same code in turn."""

    code: str
    start: date


@dataclass(frozen=True)
class Facts:
    name: str
    kind: str
    sector: str
    parent: Key | None
    # None: the unit still exists
    end: date | None


class Passing(NamedTuple):
    """One part of what was `old` goes to `new` on day `on`."""

    old: Key
    new: Key
    on: date


@dataclass(frozen=True)
class Terms:
    heir: bool
    decree: str


@dataclass(frozen=True)
class Belief:
    """All units and successions, as known or as drafted."""

    units: dict[Key, Facts]
    passings: dict[Passing, Terms]

    def map(self) -> Map:
        """The map of these units, numbered in their order."""
        number: dict[Key | None, int] = {key: place for place, key in enumerate(self.units)}
        spans = (
            Span(number[key], key.code, facts.name, number.get(facts.parent), key.start, facts.end)
            for key, facts in self.units.items()
        )
        handovers = (Handover(number[p.old], number[p.new], p.on, terms.heir) for p, terms in self.passings.items())
        return Map(spans, handovers)


@dataclass(frozen=True)
class UnitRow:
    line: Line
    key: Key
    facts: Facts
    # the code on the unit's first day; "" for a root. `facts.parent` is not yet known
    parent_code: str
    # of a school, as `people.units.levels` stores them; None: the row does not say
    levels: str | None = None

    @property
    def item(self) -> str:
        return self.key.code


@dataclass(frozen=True)
class SuccessionRow:
    line: Line
    old_code: str
    new_code: str
    on: date
    terms: Terms

    @property
    def item(self) -> str:
        return f"{self.old_code} → {self.new_code}"


FileRow = UnitRow | SuccessionRow
