"""What the signed-in person may read here: figures and people of the units their roles reach on today's map."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from people.coverage import CoverageError, root_on
from people.records import covering, today
from people.roles import FIGURE_KINDS, PEOPLE_KINDS, RoleKind
from people.successions import Reach

CONFIRM_KINDS = PEOPLE_KINDS
UPLOAD_KINDS = {RoleKind.TRAINER, RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR}


@dataclass(frozen=True)
class Place:
    """A unit on a path; `undivided` where it only stands in until the parts of a split are told apart."""

    pk: int
    code: str
    name: str
    undivided: bool = False


@dataclass(frozen=True)
class Located:
    """One span of a unit, and from where it counts on a day's map up to the root."""

    pk: int
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    path: tuple[Place, ...]

    def exists_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def locate(wanted: Q, day: date) -> dict[int, Located]:
    """The units on the map of `day` by id; `wanted` is over rows of Reach. One query."""
    columns = ("unit", "unit__code", "unit__name", "unit__valid_from", "unit__valid_to")
    above = ("ancestor", "ancestor__code", "ancestor__name", "undivided")
    found: dict[tuple, list[Place]] = {}
    rows = Reach.objects.filter(wanted, covering(day)).order_by("unit", "depth")
    for row in rows.values_list(*columns, *above):
        found.setdefault(row[:5], []).append(Place(*row[5:]))
    return {unit[0]: Located(*unit, tuple(path)) for unit, path in found.items()}


class Reader:
    """Asked several times within one request; roles and paths are read once."""

    def __init__(self, user):
        self.user = user
        self._located: dict[int, Located] = {}
        self._roots_read = False

    @cached_property
    def roles(self) -> list[tuple[str, int]]:
        """(kind, unit id) of every role held; an account that may do everything reads like an administrator."""
        held = list(self.user.roles.held().values_list("kind", "unit"))
        if self.user.is_superuser and not held:
            try:
                held = [(RoleKind.ADMINISTRATOR, root_on(today()).pk)]
            except CoverageError:
                held = []
        return held

    def holds(self, kinds) -> bool:
        return any(kind in kinds for kind, _unit in self.roles)

    def bearing(self, code: str) -> list[Located]:
        """Every unit that ever bore the code, with where it counts today; the roles' units are read along."""
        self._read(Q(unit__code=code))
        return sorted((u for u in self._located.values() if u.code == code), key=lambda unit: unit.valid_from)

    def path(self, unit_id: int) -> tuple[Place, ...]:
        """From where the unit counts today up to the root; () where it counts nowhere."""
        if unit_id not in self._located:
            self._read(Q(unit=unit_id))
        located = self._located.get(unit_id)
        return located.path if located else ()

    def roots(self, kinds=FIGURE_KINDS) -> list[Place]:
        """Where such roles begin today, highest first.

        A unit split without an heir opens nothing: where it counts meanwhile is above its reach.
        """
        paths = {self.path(unit) for kind, unit in self.roles if kind in kinds}
        paths = {path[0].pk: path for path in paths if path and not path[0].undivided}
        return [path[0] for path in sorted(paths.values(), key=lambda path: (len(path), path[0].name))]

    def may_see(self, unit_id: int, kinds=FIGURE_KINDS) -> bool:
        above = {place.pk for place in self.path(unit_id)}
        return any(root.pk in above for root in self.roots(kinds))

    def may_see_people(self, unit_id: int) -> bool:
        return self.may_see(unit_id, PEOPLE_KINDS)

    def may_confirm(self, unit_id: int) -> bool:
        return self.may_see(unit_id, CONFIRM_KINDS)

    @property
    def may_upload(self) -> bool:
        """The roster is uploaded for the whole province, so only by who answers for all of it."""
        return any(len(self.path(root.pk)) == 1 for root in self.roots(UPLOAD_KINDS))

    def visible(self, unit_ids: Iterable[int], kinds) -> set[int]:
        """Those of the units that such roles reach."""
        unread = [pk for pk in unit_ids if pk not in self._located]
        if unread:
            self._read(Q(unit__in=unread))
        return {pk for pk in unit_ids if self.may_see(pk, kinds)}

    def _read(self, wanted: Q) -> None:
        if not self._roots_read:
            wanted |= Q(unit__in=[unit for _kind, unit in self.roles])
            self._roots_read = True
        self._located |= locate(wanted, today())
