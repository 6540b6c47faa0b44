"""What a reform would make of the units as they are believed now. Nothing is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from people.imports import Report
from people.reforms.acts import parts_of, succession_rows, unit_rows
from people.reforms.reform import Reform
from people.units.beliefs import Belief, Key
from people.units.changes import Draft
from people.units.files import compare
from people.units.reach import DAY, Stretch


@dataclass(frozen=True)
class Part:
    code: str
    name: str
    is_heir: bool


@dataclass(frozen=True)
class Split:
    """`unit` is the primary key of the old one."""

    unit: int
    code: str
    name: str
    parts: tuple[Part, ...]

    @property
    def heir(self) -> Part | None:
        return next((part for part in self.parts if part.is_heir), None)


@dataclass(frozen=True)
class Drafted:
    """`numbers` are the primary keys of the known units; a unit that the reform makes has a negative number here."""

    on: date
    draft: Draft
    numbers: Mapping[Key, int]
    report: Report
    split_codes: Mapping[str, list[str]]
    posted: Mapping[str, str]

    @property
    def is_good(self) -> bool:
        return not self.report.rejected

    @property
    def changes_something(self) -> bool:
        return bool(self.report.created or self.report.changed)

    @cached_property
    def ids(self) -> dict[Key, int]:
        new = [key for key in self.draft.belief.units if key not in self.numbers]
        return {**self.numbers, **{key: -place for place, key in enumerate(new, start=1)}}

    @cached_property
    def names(self) -> dict[int, tuple[str, str]]:
        """{unit: (code, name)}, as the draft believes."""
        return {self.ids[key]: (key.code, facts.name) for key, facts in self.draft.belief.units.items()}

    @cached_property
    def before(self) -> dict[int, tuple[int, ...]]:
        return self._paths(self.draft.known)

    @cached_property
    def after(self) -> dict[int, tuple[int, ...]]:
        return self._paths(self.draft.belief)

    def _paths(self, belief: Belief) -> dict[int, tuple[int, ...]]:
        """{unit: where it counts on the day, and what is above}; units that count nowhere are missing."""
        ids = [self.ids[key] for key in belief.units]
        on_the_day: dict[int, Stretch] = belief.map().paths_on(self.on)
        return {ids[place]: tuple(ids[one] for one in found.path) for place, found in on_the_day.items()}

    @cached_property
    def ended(self) -> dict[int, int]:
        """{unit that ends with the day before: where it counts from the day on}."""
        belief, known = self.draft.belief.units, self.draft.known.units
        over = (key for key in known if belief[key].end == self.on - DAY)
        return {self.ids[key]: self.after[self.ids[key]][0] for key in over if self.ids[key] in self.after}

    @cached_property
    def made(self) -> list[int]:
        return [number for number in self.ids.values() if number < 0]

    @cached_property
    def splits(self) -> list[Split]:
        found = []
        for old, news in self.split_codes.items():
            key = self.draft.bearing(old, self.on - DAY) or self._known(old)
            if key is None or key not in self.numbers:
                continue
            found.append(Split(self.numbers[key], old, self.draft.belief.units[key].name, self._parts(key, news)))
        return found

    def _known(self, code: str) -> Key | None:
        keys = [key for key in self.draft.known.units if key.code == code and key.start < self.on]
        return max(keys, default=None)

    def _parts(self, old: Key, news: list[str]) -> tuple[Part, ...]:
        heirs = {
            p.new for p, terms in self.draft.belief.passings.items() if (p.old, p.on) == (old, self.on) and terms.heir
        }
        keys = [(code, self.draft.bearing(code, self.on)) for code in news]
        goes_on = any(key == old for _code, key in keys)
        return tuple(
            Part(code, self.draft.belief.units[key].name, key in heirs or (goes_on and key == old))
            for code, key in keys
            if key
        )

    @cached_property
    def mark(self) -> str:
        """Of the known units and what is to become of them: a preview is of nothing else."""
        said = f"{sorted(self.draft.known.units.items())}{sorted(self.draft.known.passings.items())}"
        said += f"{sorted(self.draft.belief.units.items())}{sorted(self.draft.belief.passings.items())}"
        said += f"{sorted(self.posted.items())}"
        return hashlib.sha256(said.encode()).hexdigest()


def drafted(reform: Reform) -> Drafted:
    """Raises TableError where the known units form a ring."""
    report = Report()
    draft, numbers = compare(unit_rows(reform.acts), succession_rows(reform.acts, reform.decree, reform.heirs), report)
    return Drafted(reform.on, draft, numbers, report, parts_of(reform.acts), reform.posted)
