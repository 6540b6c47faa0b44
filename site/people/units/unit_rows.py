"""Writes a draft of units and successions in batches; each holds the write lock well under a second.

An interrupted import leaves whole units, and importing the same file again adds the rest.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice

from django.db import transaction

from people.imports import Progress
from people.units.beliefs import Facts, Key, Passing, Terms
from people.units.changes import Draft
from people.units.successions import Succession
from people.units.unit import Unit, record_versions

BATCH = 500


def record(drafted: Draft, numbers: dict[Key, int], now: datetime, progress: Progress) -> None:
    """Records the draft as what is believed from `now` on. `numbers` are the primary keys of the known units."""
    known, belief = drafted.known, drafted.belief
    numbers, done = dict(numbers), 0
    new = {key: facts for key, facts in belief.units.items() if key not in known.units}
    for batch in _parents_first(new):
        _create_units(batch, new, numbers, now)
        progress(done := done + len(batch))
    changed = [key for key, facts in belief.units.items() if known.units.get(key, facts) != facts]
    for batch in _batches(changed):
        _change_units(batch, belief.units, numbers, now)
        progress(done := done + len(batch))
    passed = [(passing, terms) for passing, terms in belief.passings.items() if known.passings.get(passing) != terms]
    # the former heir before the new one, since there is never more than one
    for pairs in _batches(sorted(passed, key=lambda pair: pair[1].heir)):
        _pass_on(pairs, known.passings, numbers, now)
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


@transaction.atomic
def _create_units(batch: list[Key], facts: dict[Key, Facts], numbers: dict[Key, int], now: datetime) -> None:
    units = Unit.objects.bulk_create(_unit(key, facts[key], numbers) for key in batch)
    numbers.update(zip(batch, (unit.pk for unit in units), strict=True))
    record_versions(units, now)


@transaction.atomic
def _change_units(batch: list[Key], facts: dict[Key, Facts], numbers: dict[Key, int], now: datetime) -> None:
    units = [_unit(key, facts[key], numbers) for key in batch]
    Unit.objects.bulk_update(units, ["name", "kind", "sector", "parent", "valid_to"])
    record_versions(units, now)


@transaction.atomic
def _pass_on(batch: list[tuple[Passing, Terms]], known: dict, numbers: dict[Key, int], now: datetime) -> None:
    for passing, _terms in batch:
        if passing in known:
            believed = Succession.objects.filter(old=numbers[passing.old], new=numbers[passing.new], on=passing.on)
            believed.supersede(now)
    Succession.objects.bulk_create(
        Succession(
            old_id=numbers[passing.old],
            new_id=numbers[passing.new],
            on=passing.on,
            heir=terms.heir,
            decree=terms.decree,
            recorded_at=now,
        )
        for passing, terms in batch
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
