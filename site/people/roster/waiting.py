"""What waits for somebody on the staff, as her first page lists it. Each app registers what it knows of:

    @waits(30)
    def imports(desk: Desk) -> list[Waiting]: ...

so nothing here imports those that come later. A source asks the same number of queries however much waits. Most days
nothing waits for anybody in most rooms, which is asked of all rooms at once and for everybody alike, by a statement
that is written once: see `anywhere`.
"""

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people.rights.reader import Reader
from people.rights.roles import PEOPLE_KINDS
from people.rights.scope import at_the_top, reaches_everything, remembering
from people.roster.listing import Roster
from people.statements.kept import Written, counts_of, write, written

# rows of each that are named; the rest stands behind its address
NAMED = 5
# so many are counted; of more it is said that they are more
MOST = 10_000


@dataclass(frozen=True)
class Row:
    text: str
    address: str = ""


@dataclass(frozen=True)
class Kept:
    """A `tally` whose statement is kept; `key` and `build` as `people.statements.kept.written` has them."""

    key: tuple[Hashable, ...]
    build: Callable[[], QuerySet]


Count = int | QuerySet | Kept


@dataclass(frozen=True)
class Waiting:
    """`count` of what waits (none: it is not listed), where all of it stands, its first rows, and the act beside it. A
    number that nothing else needs is given as `tally(…)`, or kept: all such are counted by one statement, up to MOST.
    `uncounted`: something may wait, and no number is told.
    """

    title: str | Promise
    count: Count
    address: str
    rows: tuple[Row, ...] = ()
    act: str | Promise = ""
    act_address: str = ""
    uncounted: bool = False

    @property
    def number(self) -> str:
        """The count in words; "" where it is not told."""
        if self.uncounted:
            return ""
        return _("hơn %d") % MOST if isinstance(self.count, int) and self.count > MOST else str(self.count)


class Desk:
    """Whose queue it is, on which day; what several sources ask is read once."""

    def __init__(self, reader: Reader, day: date):
        self.reader, self.user, self.day = reader, reader.user, day

    @cached_property
    def roster(self) -> Roster:
        roster = Roster(self.user)
        if not reaches_everything(self.user):
            # the page asked already on what her roles rest
            roster.units = self.reader.knows_people_of
            if not at_the_top(roster.units, self.day):
                # the province itself is not in her reach
                roster.reaches_all = False
        return roster

    def kept(self, name: str, build: Callable[[], QuerySet]) -> Kept:
        """A `tally` of what depends on nothing but the day and the units that she answers for."""
        return Kept((name, self.day, None if self.roster.reaches_all else frozenset(self.roster.units)), build)

    @property
    def answers(self) -> bool:
        """Whether she answers for people at all."""
        return self.reader.holds(PEOPLE_KINDS)

    @cached_property
    def roots(self) -> set[int]:
        """The units on which her reach rests; of who reaches everything the province."""
        return self.roster.units or self.reader.knows_people_of


Source = Callable[[Desk], list[Waiting]]
Anywhere = Callable[[], QuerySet]


class _Registered(NamedTuple):
    order: int
    ask: Source
    # nothing waits for anybody while none of these has a row
    anywhere: tuple[Anywhere, ...]

    def looked_for(self) -> Iterator[tuple[tuple, Anywhere]]:
        """(what it is called, a statement of one row at most)."""
        for place, rows in enumerate(self.anywhere):
            yield (self.ask.__module__, self.ask.__name__, place), partial(_first, rows)


def _first(rows: Anywhere) -> QuerySet:
    return rows().values("pk")[:1]


_SOURCES: list[_Registered] = []


def waits(order: int, *anywhere: Anywhere) -> Callable[[Source], Source]:
    """Registers a source. `anywhere` give rows without which nobody has anything of it: the same for every reader and
    on every day, and few or found by an index, since they are looked for on each first page.
    """

    def register(source: Source) -> Source:
        _SOURCES.append(_Registered(order, source, anywhere))
        return source

    return register


def tally(rows: QuerySet, of: str = "pk", few: bool = False) -> QuerySet:
    """A count to be made with the others: of the distinct values of a column, of which MOST and one are looked for.
    `few`: these rows are few among all, so SQLite must not go through all of them in the order of the column.
    """
    if few:
        rows, of = rows.annotate(tallied=F(of) + 0), "tallied"
    return rows.order_by().values(of).distinct()[: MOST + 1]


def number_of(count: Count) -> int:
    return count if isinstance(count, int) else counts_of([_written(count)])[0]


def _written(count: "QuerySet | Kept") -> Written:
    return written(count.key, count.build) if isinstance(count, Kept) else write(count)


def waiting_for(desk: Desk) -> list[Waiting]:
    """What there is, in the order of the sources."""
    sources = sorted(_SOURCES, key=lambda one: one.order)
    idle = _idle([one for one in sources if one.anywhere])
    with remembering(desk.user, desk.reader.own_roles):
        found = [one for source in sources if source not in idle for one in source.ask(desk)]
    counts = iter(counts_of([_written(one.count) for one in found if not isinstance(one.count, int)]))
    resolved = [one if isinstance(one.count, int) else replace(one, count=next(counts)) for one in found]
    return [one for one in resolved if one.count]


def _idle(probed: Collection[_Registered]) -> set[_Registered]:
    """Those of which nothing waits for anybody; one statement, the same for everybody."""
    asked = [(one, written(("anywhere", *each), rows)) for one in probed for each, rows in one.looked_for()]
    found = counts_of([statement for _one, statement in asked])
    some = {one.ask for (one, _statement), number in zip(asked, found, strict=True) if number}
    return {one for one in probed if one.ask not in some}
