"""What the signed-in person may read: the rules of `people.rights.scope`, cached for one request with the paths of
units.

`people.rights.scope` says which kinds of roles open what, and on which units a role rests. Roles and paths are read
once, so a page that asks about its unit, the units above and the possible actions needs two queries. A test asks
`scope.reach_of` the same about every unit.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from people.postings.coverage import CoverageError, root_on
from people.rights import scope
from people.rights.roles import FIGURE_KINDS, PEOPLE_KINDS, RoleKind
from people.times import covering, today
from people.units.successions import Reach


@dataclass(frozen=True)
class Place:
    """A unit on a path."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True)
class Located:
    """One span of a unit, with its path on a day's map: from the unit where it counts up to the root."""

    pk: int
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    path: tuple[Place, ...]

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def locate(wanted: Q, *days: date) -> list[dict[int, Located]]:
    """For each day the units on its map by id; `wanted` is over rows of Reach. One query."""
    columns = ("unit", "unit__code", "unit__name", "unit__valid_from", "unit__valid_to")
    on_any = covering(days[0])
    for day in days[1:]:
        on_any |= covering(day)
    rows = list(
        Reach.objects.filter(wanted, on_any)
        .order_by("unit", "depth")
        .values_list("start", "end", *columns, "ancestor", "ancestor__code", "ancestor__name")
    )
    return [_on(rows, day) for day in days]


def _on(rows: list[tuple], day: date) -> dict[int, Located]:
    paths: dict[tuple, list[Place]] = {}
    for start, end, *row in rows:
        if start <= day and (end is None or day <= end):
            paths.setdefault(tuple(row[:5]), []).append(Place(*row[5:]))
    return {
        pk: Located(pk, code, name, start, end, tuple(path)) for (pk, code, name, start, end), path in paths.items()
    }


class Reader:
    """Answers questions about one user's reach within one request."""

    def __init__(self, user):
        self.user = user
        self._now: dict[int, Located] = {}
        self._then: dict[int, Located] = {}
        self._resting: dict[frozenset, set[int]] = {}

    @cached_property
    def own_roles(self) -> list[tuple[str, int, date | None]]:
        """(kind, unit id, last day of the unit) of every current role; one query."""
        roles = list(self.user.roles.current().values_list("kind", "unit", "unit__valid_to"))
        # the menu needs the same kinds: one query for both
        self.user._role_kinds = {kind for kind, *_unit in roles}
        return roles

    @cached_property
    def roles(self) -> list[tuple[str, int, date | None]]:
        """As `own_roles`. A superuser reads like an administrator; somebody whose account was closed meanwhile reads
        nothing.
        """
        if not self.user.is_active:
            return []
        roles = list(self.own_roles)
        if scope.reaches_everything(self.user):
            with suppress(CoverageError):
                roles.append((RoleKind.ADMINISTRATOR, root_on(today()).pk, None))
        return roles

    def holds(self, kinds) -> bool:
        return any(kind in kinds for kind, *_unit in self.roles)

    def read(self, code: str | None, geography: date) -> None:
        """Reads in one query, on both maps, the unit of the page, the units above it, and those of the roles."""
        wanted = Q(unit__in=[unit for _kind, unit, _end in self.roles])
        if code:
            above = Reach.objects.filter(unit__code=code).values("ancestor")
            wanted |= Q(unit__code=code) | Q(unit__in=above)
        self._now, self._then = locate(wanted, today(), geography)

    def bearing(self, code: str) -> list[Located]:
        """The units read that ever had this code and count somewhere today, the earliest first."""
        return sorted((u for u in self._now.values() if u.code == code), key=lambda unit: unit.valid_from)

    def located(self, unit_id: int) -> Located | None:
        """Where the unit counts today; None if nowhere."""
        if unit_id not in self._now:
            self._now |= locate(Q(unit=unit_id), today())[0]
        return self._now.get(unit_id)

    def above(self, unit_id: int) -> list[Place]:
        """The units above it on the displayed map that the reader may open, nearest first."""
        located = self._then.get(unit_id)
        return [place for place in located.path[1:] if self.may_see(place.pk)] if located else []

    def roots(self, kinds=FIGURE_KINDS) -> list[Located]:
        """The units on which roles of these kinds rest today, highest first."""
        located = [self.located(unit) for unit in self._rests(kinds)]
        return sorted(filter(None, located), key=lambda unit: (len(unit.path), unit.name))

    def may_see(self, unit_id: int, kinds=FIGURE_KINDS) -> bool:
        if scope.reaches_everything(self.user):
            return True
        located, resting = self.located(unit_id), self._rests(kinds)
        return bool(located) and any(place.pk in resting for place in located.path)

    def may_see_people(self, unit_id: int) -> bool:
        return self.may_see(unit_id, PEOPLE_KINDS)

    @property
    def knows_people_of(self) -> set[int]:
        """The units on which roles rest today that see the people of them and of all below."""
        return self._rests(PEOPLE_KINDS)

    def rests_of(self, kinds) -> set[int]:
        """The units on which roles of these kinds rest today."""
        return self._rests(kinds)

    def may_confirm(self, unit_id: int) -> bool:
        return self.may_see(unit_id, scope.ROSTER_KINDS)

    @property
    def may_upload(self) -> bool:
        """Only roles for the whole province may upload a roster, since the file covers all of it."""
        return any(len(unit.path) == 1 for unit in self.roots(scope.TRAINING_KINDS))

    def _rests(self, kinds) -> set[int]:
        """The units on which roles of these kinds rest today; only a role on an ended unit asks the database."""
        kinds = frozenset(kinds)
        if kinds not in self._resting:
            ends = {unit: end for kind, unit, end in self.roles if kind in kinds}
            self._resting[kinds] = scope.resting(ends, today())
        return self._resting[kinds]
