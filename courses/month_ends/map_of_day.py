"""The units of a day on its own map, each with those one level below."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from people.postings.coverage import Named
from people.times import covering
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit


@dataclass(frozen=True)
class MapOfDay:
    """The existing units on the map of `day`: by id, the one above (absent at the top) and those below."""

    day: date
    units: Mapping[int, Named]
    above: Mapping[int, int]
    # those of the kinds of communes
    communes: frozenset[int] = frozenset()

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
    found = list(existing.values_list("pk", "code", "name", "kind"))
    units = {pk: Named(pk, code, name, kind) for pk, code, name, kind in found}
    communes = frozenset(pk for pk, *_named, kind in found if kind in COMMUNE_KINDS)
    rows = Reach.objects.filter(covering(day), depth=1, unit__in=existing.values("pk"))
    return MapOfDay(day, units, dict(rows.values_list("unit", "ancestor")), communes)
