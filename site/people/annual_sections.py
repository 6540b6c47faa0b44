"""Sections of the annual report, which the apps register: what is counted of a unit in a year, with the rows behind it.

    @section("tap-huan", order=10)
    def training(asked: Asked) -> Section: ...

Each figure is a number of different values in one column of an annex, among the rows that bear the given values in
other columns, or the sum of such a column. Nothing else is a figure but shares of two of them, so whoever has the
annexes can count again, and a report ships what does.
Annexes hold texts only, and people by a number of their own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from people.postings.coverage import Places, percent


@dataclass(frozen=True)
class Asked:
    """The unit with everything below on the map of `as_of`, activities from `first` to `as_of`, as known at `at`.

    `number` gives the number by which a person, by primary key, stands in the annexes.
    """

    places: Places
    first: date
    as_of: date
    at: datetime
    number: Callable[[int], str]


@dataclass(frozen=True)
class Annex:
    """A table of texts. `name` is its file's, without ending: ASCII, without the topic of the training."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Counted:
    """How many different values `of` has in the rows of the annex that bear the values of `where`, {column: value}."""

    key: str
    label: str
    annex: str
    of: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Summed(Counted):
    """The sum of the whole numbers in `of` instead; an empty cell is not known, and a sum of none is None, never 0."""


@dataclass(frozen=True)
class Share:
    """In percent, rounded down to one decimal, so that 100 means all; `part` and `whole` are keys of figures."""

    key: str
    label: str
    part: str
    whole: str


@dataclass(frozen=True)
class Line:
    """A row of a table: its words, then the keys of its figures."""

    words: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class FigureTable:
    title: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True)
class Group:
    """One of several things of which a section tells the same, by the names of its placeholders: texts, and keys of
    figures. `notes` are sentences that no wording leaves out.
    """

    texts: Mapping[str, str]
    figures: Mapping[str, str]
    notes: tuple[str, ...] = ()
    tables: tuple[FigureTable, ...] = ()


@dataclass(frozen=True)
class Section:
    """What an app tells of the unit and the year; the wording is said of each group in turn."""

    key: str
    title: str
    annexes: tuple[Annex, ...]
    figures: tuple[Counted | Share, ...]
    groups: tuple[Group, ...]
    # keys of shares that do not stand bare: everybody has completed, but not every roster is confirmed
    starred: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Offered:
    """What an app offers: `placeholders` by name with what they stand for, and the lines of the starter wording."""

    key: str
    title: str | Promise
    order: int
    placeholders: Mapping[str, str | Promise]
    wording: tuple[str, ...]
    make: Callable[[Asked], Section]


_OFFERED: dict[str, Offered] = {}


def section(offered: Offered) -> Offered:
    _OFFERED[offered.key] = offered
    return offered


def sections() -> list[Offered]:
    return sorted(_OFFERED.values(), key=lambda one: (one.order, one.key))


def values_of(figures: Iterable[Counted | Share], annexes: Iterable[Annex]) -> dict[str, int | float | None]:
    """The value of each figure by key; one pass over the rows for each choice of columns. A share of nobody is None."""
    tables = {annex.name: annex for annex in annexes}
    passes: dict[tuple, dict[tuple, list[str]]] = {}
    values: dict[str, int | float | None] = {}
    for figure in sorted(figures, key=lambda one: isinstance(one, Share)):
        if isinstance(figure, Share):
            values[figure.key] = percent(int(values[figure.part] or 0), int(values[figure.whole] or 0))
            continue
        columns = tuple(sorted(figure.where))
        kept = figure.annex, columns, figure.of
        if kept not in passes:
            passes[kept] = _by_values(tables[figure.annex], columns, figure.of)
        cells = passes[kept].get(tuple(figure.where[name] for name in columns), [])
        values[figure.key] = _sum(cells) if isinstance(figure, Summed) else len(set(cells))
    return values


def _sum(cells: Iterable[str]) -> int | None:
    known = [int(cell) for cell in cells if cell]
    return sum(known) if known else None


def _by_values(annex: Annex, columns: tuple[str, ...], of: str) -> dict[tuple, list[str]]:
    places, place = [annex.columns.index(name) for name in columns], annex.columns.index(of)
    found: dict[tuple, list[str]] = {}
    for row in annex.rows:
        found.setdefault(tuple(row[one] for one in places), []).append(row[place])
    return found


def children(places: Places) -> Iterator[tuple[str, str, int | None]]:
    """(code, name, id) of each unit one level down, then ("", …, None) of those at the unit itself."""
    for child in places.children:
        yield child.code, child.name, child.pk
    yield "", places.unit.name, None
