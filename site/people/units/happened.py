"""What a unit did, as the platform knows it: the apps register sources, a yearly plan asks them for its tasks.

@happens(Source("lop", _("Lớp tập huấn đã mở"), _("lớp"), "tap_huan"))
def classes(units, first, last): ...
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True)
class Happened:
    """`number` in the measure of its source; `cost` in đồng, None: not known; `address` is a path, "" for none."""

    on: date
    title: str
    number: int = 1
    cost: int | None = None
    address: str = ""


@dataclass(frozen=True)
class Source:
    """`kind` is the group of tasks of the province's plan that it belongs to (`TaskKind` of the plans). `costs`:
    whether it knows of money at all.
    """

    key: str
    label: str | Promise
    measure: str | Promise
    kind: str
    costs: bool = False


# of units by id, on the days first to last (inclusive); a fixed number of queries, and nobody is named
Find = Callable[[Collection[int], date, date], Iterable[Happened]]
_SOURCES: dict[str, tuple[Source, Find]] = {}


def happens(source: Source) -> Callable[[Find], Find]:
    def register(find: Find) -> Find:
        _SOURCES[source.key] = source, find
        return find

    return register


def sources() -> list[Source]:
    return [source for source, _find in _SOURCES.values()]


def happened(
    units: Collection[int], first: date, last: date, kinds: Collection[str]
) -> list[tuple[Source, list[Happened]]]:
    """Of each source of these groups of tasks in which something happened on these days, by day."""
    asked = [(source, find) for source, find in _SOURCES.values() if source.kind in kinds]
    found = [(source, sorted(find(units, first, last), key=lambda one: one.on)) for source, find in asked]
    return [(source, rows) for source, rows in found if rows]
