"""Writes a draft of units and successions in batches; each holds the write lock well under a second.

An interrupted import leaves whole units, and importing the same file again adds the rest.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, islice

from django.db import transaction

from people.changes.change import ChangedRow, Deed, Journal
from people.imports import Progress
from people.units.beliefs import Facts, Key, Passing, Terms
from people.units.changes import Draft
from people.units.successions import Succession
from people.units.unit import Unit, UnitVersion, record_versions
from tabular.cells import Line

BATCH = 500
COLUMNS = ["name", "kind", "sector", "parent", "valid_to"]
# the kind of change that an import of units is, and what its rows call a unit and a succession
UNITS = "units"
UNIT, SUCCESSION = "unit", "succession"


def record(drafted: Draft, numbers: dict[Key, int], now: datetime, progress: Progress, journal: Journal) -> None:
    """Records the draft as what is believed from `now` on. `numbers` are the primary keys of the known units."""
    known, belief = drafted.known, drafted.belief
    numbers, done = dict(numbers), 0
    lines = {passing: row.line for row, passing in drafted.passing_rows.items()}
    into = _Writing(drafted, lines, now, journal)
    new = {key: facts for key, facts in belief.units.items() if key not in known.units}
    for batch in _parents_first(new):
        _create_units(batch, new, numbers, into)
        progress(done := done + len(batch))
    changed = [key for key, facts in belief.units.items() if known.units.get(key, facts) != facts]
    for batch in _batches(changed):
        _change_units(batch, belief.units, numbers, into)
        progress(done := done + len(batch))
    passed = [(passing, terms) for passing, terms in belief.passings.items() if known.passings.get(passing) != terms]
    # the former heir before the new one, since there is never more than one
    for pairs in _batches(sorted(passed, key=lambda pair: pair[1].heir)):
        _pass_on(pairs, known.passings, numbers, into)
        progress(done := done + len(pairs))


def _batches(items: Iterable) -> Iterator[list]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _parents_first(new: dict[Key, Facts]) -> Iterator[list[Key]]:
    def generation(key: Key) -> int:
        above, parent = 0, new[key].parent
        while parent in new:
            above, parent = above + 1, new[parent].parent
        return above

    for _generation, keys in groupby(sorted(new, key=generation), key=generation):
        yield from _batches(keys)


@dataclass
class _Writing:
    """What each batch needs to keep what it wrote."""

    drafted: Draft
    lines: dict[Passing, Line]
    now: datetime
    journal: Journal

    def keep_units(self, batch: list[Key], units: list[Unit], what: Callable[[Key], Deed]) -> None:
        """Records the units as believed, and keeps which record took the place of which."""
        ids = [unit.pk for unit in units]
        old = dict(UnitVersion.objects.current().filter(unit__in=ids).values_list("unit", "pk"))
        rows = []
        for key, version in zip(batch, record_versions(units, self.now), strict=True):
            row = self.drafted.rows.get(key)
            rows.append(
                ChangedRow(
                    kind=UNIT,
                    what=what(key),
                    unit_id=version.unit_id,
                    line=row.line.key if row else "",
                    new=version.pk,
                    old=old.get(version.unit_id),
                )
            )
        self.journal.keep(rows, self.now)

    def how(self, key: Key) -> Deed:
        before, after = self.drafted.known.units[key], self.drafted.belief.units[key]
        return Deed.ENDED if after.end and replace(before, end=after.end) == after else Deed.CHANGED


@transaction.atomic
def _create_units(batch: list[Key], facts: dict[Key, Facts], numbers: dict[Key, int], into: _Writing) -> None:
    withdrawn = Unit.every.filter(believed=False, code__in={key.code for key in batch})
    for pk, code, start in withdrawn.values_list("pk", "code", "valid_from"):
        if (key := Key(code, start)) in facts:
            numbers[key] = pk
    units = [_unit(key, facts[key], numbers) for key in batch]
    Unit.every.bulk_update([unit for unit in units if unit.pk], [*COLUMNS, "believed"])
    Unit.objects.bulk_create(unit for unit in units if not unit.pk)
    numbers.update(zip(batch, (unit.pk for unit in units), strict=True))
    into.keep_units(batch, units, lambda key: Deed.CREATED)


@transaction.atomic
def _change_units(batch: list[Key], facts: dict[Key, Facts], numbers: dict[Key, int], into: _Writing) -> None:
    units = [_unit(key, facts[key], numbers) for key in batch]
    Unit.objects.bulk_update(units, COLUMNS)
    into.keep_units(batch, units, into.how)


@transaction.atomic
def _pass_on(batch: list[tuple[Passing, Terms]], known: dict, numbers: dict[Key, int], into: _Writing) -> None:
    old: dict[Passing, int | None] = {}
    for passing, _terms in batch:
        if passing in known:
            same = {"old": numbers[passing.old], "new": numbers[passing.new], "on": passing.on}
            believed = Succession.objects.current().filter(**same)
            old[passing] = believed.values_list("pk", flat=True).first()
            believed.supersede(into.now)
    new = Succession.objects.bulk_create(
        Succession(
            old_id=numbers[passing.old],
            new_id=numbers[passing.new],
            on=passing.on,
            heir=terms.heir,
            decree=terms.decree,
            recorded_at=into.now,
        )
        for passing, terms in batch
    )
    into.journal.keep(
        (
            ChangedRow(
                kind=SUCCESSION,
                what=Deed.CHANGED if old.get(passing) else Deed.CREATED,
                unit_id=succession.old_id,
                line=into.lines[passing].key if passing in into.lines else "",
                new=succession.pk,
                old=old.get(passing),
            )
            for succession, (passing, _terms) in zip(new, batch, strict=True)
        ),
        into.now,
    )


def _unit(key: Key, facts: Facts, numbers: dict[Key, int]) -> Unit:
    return Unit(
        pk=numbers.get(key),
        code=key.code,
        name=facts.name,
        kind=facts.kind,
        sector=facts.sector,
        parent_id=numbers[facts.parent] if facts.parent else None,
        valid_from=key.start,
        valid_to=facts.end,
    )
