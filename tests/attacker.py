"""Somebody who reads all that is published, on every day and map, and works out what is not.

She writes each published number as an equation over the counts of the units (`required` and `completed` of each unit on
each day), assumes what helps her (nobody is posted twice, whoever is not told of is small, requirements of one duty
are about the same people), solves by elimination in exact fractions and narrows each count by its bounds. Nothing here
is taken from the rule that she attacks.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

UNBOUNDED = math.inf


class NothingFits(Exception):
    """No counts fit what is published and what was assumed."""


@dataclass
class Attacker:
    """Counts are known by any hashable name; what was found to have one value only is in `found`."""

    equations: list[tuple[dict, int]] = field(default_factory=list)
    # counts of which the first is at most the second
    within: list[tuple] = field(default_factory=list)
    low: dict = field(default_factory=lambda: defaultdict(int))
    high: dict = field(default_factory=lambda: defaultdict(lambda: UNBOUNDED))

    def learns(self, parts, value: int, minus=()) -> None:
        """The sum of `parts` less that of `minus` is `value`."""
        row: dict = defaultdict(int)
        for part in parts:
            row[part] += 1
        for part in minus:
            row[part] -= 1
        self.equations.append(({name: Fraction(factor) for name, factor in row.items() if factor}, value))

    def found(self) -> dict:
        """The counts that have one value only; raises NothingFits where what she assumed cannot be."""
        rows = self._eliminated()
        changed = True
        while changed:
            changed = False
            for row, value in rows:
                changed |= self._narrow(row, value)
            for smaller, larger in self.within:
                changed |= self._set(smaller, self.low[smaller], self.high[larger])
                changed |= self._set(larger, self.low[smaller], self.high[larger])
        names = {name for row, _value in self.equations for name in row}
        return {name: self.low[name] for name in names if self.low[name] == self.high[name]}

    def _eliminated(self) -> list[tuple[dict, Fraction]]:
        """The equations as they stand, and their reduced echelon form."""
        pivots: dict = {}
        for row, value in self.equations:
            row, value = dict(row), Fraction(value)
            for name in [name for name in row if name in pivots]:
                if name in row:
                    row, value = _less(row, value, *pivots[name], row[name])
            if not row:
                if value:
                    raise NothingFits
                continue
            pivot = next(iter(row))
            row, value = {name: factor / row[pivot] for name, factor in row.items()}, value / row[pivot]
            for other, (known, sum_of) in pivots.items():
                if pivot in known:
                    pivots[other] = _less(known, sum_of, row, value, known[pivot])
            pivots[pivot] = row, value
        return [(_plain(row), int(value) if value == int(value) else value) for row, value in pivots.values()] + [
            (_plain(row), value) for row, value in self.equations
        ]

    def _narrow(self, row: dict, value) -> bool:
        """What the others leave to each count of the equation."""
        ends = {name: self._ends(name, factor) for name, factor in row.items()}
        least, most = ([end[side] for end in ends.values()] for side in (0, 1))
        open_below, open_above = sum(end == -UNBOUNDED for end in least), sum(end == UNBOUNDED for end in most)
        least_of_all = sum(end for end in least if end != -UNBOUNDED)
        most_of_all = sum(end for end in most if end != UNBOUNDED)
        changed = False
        for name, factor in row.items():
            low, high = ends[name]
            if open_above == (high == UNBOUNDED):
                rest = value - (most_of_all - (0 if high == UNBOUNDED else high))
                changed |= self._bound(name, rest, factor, from_below=factor > 0)
            if open_below == (low == -UNBOUNDED):
                rest = value - (least_of_all - (0 if low == -UNBOUNDED else low))
                changed |= self._bound(name, rest, factor, from_below=factor < 0)
        return changed

    def _ends(self, name, factor) -> tuple:
        low, high = _times(factor, self.low[name]), _times(factor, self.high[name])
        return (low, high) if factor > 0 else (high, low)

    def _bound(self, name, rest, factor, from_below: bool) -> bool:
        end = rest if factor == 1 else Fraction(rest) / factor
        return self._set(name, end, UNBOUNDED) if from_below else self._set(name, -UNBOUNDED, end)

    def _set(self, name, low, high) -> bool:
        low = low if low in (UNBOUNDED, -UNBOUNDED) else math.ceil(low)
        high = high if high in (UNBOUNDED, -UNBOUNDED) else math.floor(high)
        before = self.low[name], self.high[name]
        self.low[name], self.high[name] = max(before[0], low), min(before[1], high)
        if self.low[name] > self.high[name]:
            raise NothingFits
        return (self.low[name], self.high[name]) != before


def _times(factor, value):
    if value in (UNBOUNDED, -UNBOUNDED):
        return value if factor > 0 else -value
    return factor * value


def _plain(row: dict) -> dict:
    """Whole numbers, which are faster than fractions."""
    return {name: int(factor) if factor == int(factor) else factor for name, factor in row.items()}


def _less(row: dict, value, other: dict, other_value, times) -> tuple[dict, Fraction]:
    result = defaultdict(Fraction, row)
    for name, factor in other.items():
        result[name] -= times * factor
    return {name: factor for name, factor in result.items() if factor}, value - times * other_value


def reads(rows, *, all_are_small: bool = False, duty_of=lambda requirement: requirement) -> Attacker:
    """What she knows from published rows: dictionaries with requirement, day, unit, direct, parent, figures, line.

    `all_are_small`: she takes every unit that is not told for one of one to four people. `duty_of` a requirement names
    those who must meet it: their number she takes for the same in all requirements of a duty.
    """
    attacker = Attacker()
    below: dict = defaultdict(list)
    for row in rows:
        if row["parent"] is not None:
            below[row["requirement"], row["day"], row["parent"]].append(row)

    def names(row) -> tuple:
        place = row["day"], row["unit"], row["direct"]
        return ("required", duty_of(row["requirement"]), *place), ("completed", row["requirement"], *place)

    for row in rows:
        required, completed = names(row)
        attacker.within.append((completed, required))
        figures = row["figures"]
        children = [] if row["direct"] else below[row["requirement"], row["day"], row["unit"]]
        if figures is None:
            if all_are_small and not children:
                attacker.low[required], attacker.high[required] = 1, 4
        else:
            attacker.learns([required], figures["required"])
            if figures["completed"] is not None:
                attacker.learns([completed], figures["completed"])
        for which, name in enumerate(("required", "completed")):
            if children:
                attacker.learns([names(row)[which]], 0, minus=[names(child)[which] for child in children])
            hidden = [names(child)[which] for child in children if child["figures"] is None]
            if figures is not None and row["line"] and row["line"][name] is not None:
                attacker.learns(hidden, row["line"][name])
    return attacker
