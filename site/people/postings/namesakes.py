"""Somebody of the same name who is posted in the same unit: perhaps one person under two codes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from letters.folding import spelled
from people.postings.posting import Posting
from people.times import covering, today
from people.units.successions import Reach

# a name by its spelling, and the unit where it counts today
Known = tuple[str, int]


class Brought(Protocol):
    """A row of a file that brings a posting; `person` is None for who is new, `person_key` the same for all of hers."""

    @property
    def person(self) -> int | None: ...
    @property
    def person_key(self) -> str: ...
    @property
    def full_name(self) -> str: ...
    @property
    def staff_code(self) -> str: ...
    @property
    def unit(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def end(self) -> date | None: ...


Row = TypeVar("Row", bound=Brought)


def doubles(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    """(row, sentence) of each new person whose name somebody bears in her unit today or later: one of ours, or of the
    file, where of two new ones the later is told. All rows of a person stand together. Three queries.
    """
    rows = [row for row in rows if row.end is None or row.end >= today()]
    new = [row for row in rows if row.person is None]
    if not new:
        return
    places = places_of({row.unit for row in rows})
    ours = namesakes(((row.full_name, row.unit) for row in new), places)
    bearers: dict[Known, Row] = {}
    told: set[str] = set()
    # who is ours stands before who is new
    for row in sorted(rows, key=lambda row: row.person is None):
        key = spelled(row.full_name), places[row.unit]
        other = bearers.setdefault(key, row)
        if row.person is None and row.person_key not in told:
            for sentence in _told(other if other.person_key != row.person_key else None, ours.get(key)):
                told.add(row.person_key)
                yield row, sentence


def _told(beside: Brought | None, ours: tuple[str, str] | None) -> Iterator[str]:
    if beside:
        who = {"line": beside.line, "name": beside.full_name, "code": beside.staff_code}
        words = _(
            "Cùng tên, cùng đơn vị với dòng %(line)s: %(name)s (%(code)s); nếu là một người, hãy ghi cùng một mã."
        )
        yield words % who
    if ours and not (beside and beside.staff_code == ours[1]):
        name, code = ours
        words = _("Cùng tên, cùng đơn vị với %(who)s; nếu là một người, hãy ghi mã ấy, hoặc gộp hồ sơ sau khi nhập.")
        yield words % {"who": f"{name} ({code})"}


def places_of(units: Collection[int]) -> dict[int, int]:
    """By unit id the unit where its people count today; one query. A unit of another day counts at itself."""
    counts_at = dict(_today().filter(unit__in=units).values_list("unit", "ancestor")) if units else {}
    return {unit: counts_at.get(unit, unit) for unit in units}


def namesakes(wanted: Iterable[tuple[str, int]], places: Mapping[int, int]) -> dict[Known, tuple[str, str]]:
    """By (name as spelled, place) the name and code of one who is posted there today or later; two queries at most.

    `wanted` has the name and the unit of somebody who is new, `places` the place of each unit.
    """
    sought = {(spelled(name), places[unit]) for name, unit in wanted}
    if not sought:
        return {}
    at = dict(_today().filter(ancestor__in={place for _name, place in sought}).values_list("unit", "ancestor"))
    at |= {place: place for _name, place in sought if place not in at}
    open_ones = Posting.objects.current().filter(Q(end=None) | Q(end__gte=today()), unit__in=at)
    held: dict[Known, tuple[str, str]] = {}
    for unit, name, code in open_ones.values_list("unit", "person__full_name", "person__staff_code").order_by("pk"):
        held.setdefault((spelled(name), at[unit]), (name, code))
    return {key: held[key] for key in sought & held.keys()}


def _today():
    return Reach.objects.filter(covering(today()), depth=0)
