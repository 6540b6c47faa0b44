"""What waits for somebody on the staff, as her first page lists it. Each app registers what it knows of:

    @waits(30)
    def imports(desk: Desk) -> list[Waiting]: ...

so nothing here imports those that come later. A source asks the same number of queries however much waits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import ExpressionWrapper, F, Func, IntegerField, QuerySet, Subquery
from django.utils.functional import Promise

from people.persons.user import User
from people.rights.reader import Reader
from people.rights.roles import PEOPLE_KINDS
from people.rights.scope import at_the_top, reaches_everything, remembering
from people.roster.listing import Roster

# rows of each that are named; the rest stands behind its address
NAMED = 5


@dataclass(frozen=True)
class Row:
    text: str
    address: str = ""


@dataclass(frozen=True)
class Waiting:
    """`count` of what waits (none: it is not listed), where all of it stands, its first rows, and the act beside it. A
    number that nothing else needs is given as `tally(…)`: all such are counted by one statement.
    """

    title: str | Promise
    count: int | QuerySet
    address: str
    rows: tuple[Row, ...] = ()
    act: str | Promise = ""
    act_address: str = ""


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

    @property
    def answers(self) -> bool:
        """Whether she answers for people at all."""
        return self.reader.holds(PEOPLE_KINDS)

    @cached_property
    def roots(self) -> set[int]:
        """The units on which her reach rests; of who reaches everything the province."""
        return self.roster.units or self.reader.knows_people_of


Source = Callable[[Desk], list[Waiting]]
_SOURCES: list[tuple[int, Source]] = []


def waits(order: int) -> Callable[[Source], Source]:
    def register(source: Source) -> Source:
        _SOURCES.append((order, source))
        return source

    return register


def tally(rows: QuerySet, of: str = "pk") -> QuerySet:
    """A count to be made with the others: of the distinct values of a column."""
    counted = Func(F(of), function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    return rows.order_by().annotate(tallied=ExpressionWrapper(counted, IntegerField())).values("tallied")


def waiting_for(desk: Desk) -> list[Waiting]:
    """What there is, in the order of the sources."""
    with remembering(desk.user, desk.reader.own_roles):
        sources = [source for _order, source in sorted(_SOURCES, key=lambda one: one[0])]
        found = [one for source in sources for one in source(desk)]
        counts = _counted(desk, [one.count for one in found if isinstance(one.count, QuerySet)])
    resolved = [replace(one, count=next(counts)) if isinstance(one.count, QuerySet) else one for one in found]
    return [one for one in resolved if one.count]


def _counted(desk: Desk, tallies: list[QuerySet]) -> Iterator[int]:
    """One statement, none where nothing is to be counted."""
    if not tallies:
        return iter(())
    numbers = [Subquery(one) for one in tallies]
    return iter(User.objects.filter(pk=desk.user.pk).values_list(*numbers)[0])
