"""Where units count on the map of any day, for any purpose.

The geography date chooses the map on which postings are placed: today's, or that of the time. Facts recorded after the
day or moment `known_on` (an aware datetime) are left out; `known_on` None means as believed now.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.statements.kept import rows_of
from people.statements.plain_rows import among
from people.times import covering
from people.units.successions import Reach, map_changed_since, reach_known_on
from people.units.unit import PROVINCIAL_KINDS, Unit, UnitVersion


class CoverageError(Exception):
    """The question has no answer; str() is one clear Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with its code and name, as in a figure; `kind` is "" where it was not asked for."""

    pk: int
    code: str
    name: str
    kind: str = field(default="", compare=False)


@dataclass(frozen=True)
class Placed:
    """Where every unit at or below another one counts; the words are those of `Places`."""

    children: tuple[Named, ...]
    child_of: Mapping[int, int | None]
    own: Mapping[int, int]
    alive: frozenset[int]
    undivided: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Places:
    """The places of all units under `unit` on the map of the day `geography`; read when asked for, since a province
    has ten thousand of them and a figure from daily counts needs only the children.

    `child_of` maps the id of each such unit (abolished ones too) to the id of the child of `unit` it counts in, or None
    where it counts at `unit` itself. `alive` are those that exist on that day; `own` the id each counts in directly.
    `undivided` are those split without an heir, which count where the parts meet until somebody decides.
    `in_table` says whether the rows of `Reach` give the same.
    """

    unit: Named
    geography: date
    read: Callable[[], Placed] = field(repr=False, compare=False)
    in_table: bool = True

    @cached_property
    def placed(self) -> Placed:
        return self.read()

    @cached_property
    def children(self) -> tuple[Named, ...]:
        """One query, unless everything is read already."""
        if not self.in_table or "placed" in self.__dict__:
            return self.placed.children
        return _children_of(self.unit.pk, self.geography)

    @property
    def child_of(self) -> Mapping[int, int | None]:
        return self.placed.child_of

    @property
    def own(self) -> Mapping[int, int]:
        return self.placed.own

    @property
    def alive(self) -> frozenset[int]:
        return self.placed.alive

    @property
    def undivided(self) -> frozenset[int]:
        return self.placed.undivided


def percent(part: int, whole: int) -> float | None:
    """The share rounded down to one decimal, so that 100 means all; None where nobody is counted."""
    return part * 1000 // whole / 10 if whole else None


def written(day: date | None) -> str:
    """A moment, with its hour in Asia/Ho_Chi_Minh, where it is an aware datetime."""
    if isinstance(day, datetime):
        return f"{timezone.localtime(day):%H:%M:%S %d/%m/%Y}"
    return f"{day:%d/%m/%Y}"


def under(unit_id: int, day: date, depth: int | None = None) -> Q:
    """A condition on rows with a `unit`: they count at or below it on the map of `day`; with depth 0, at it only."""
    reached = Reach.objects.filter(covering(day), ancestor=unit_id)
    if depth is not None:
        reached = reached.filter(depth=depth)
    return Q(unit__in=reached.values("unit"))


def root_on(day: date) -> Unit:
    """The unit at the top of the map of `day`: among several the provincial one, then the one with most units."""
    above = Reach.objects.filter(covering(day), unit=OuterRef("pk"), depth=1)
    roots = list(Unit.objects.on(day).filter(~Exists(above)))
    roots = [u for u in roots if u.kind in PROVINCIAL_KINDS] or roots
    if not roots:
        raise CoverageError(_("Chưa có đơn vị nào vào ngày %(day)s; hãy nhập danh mục đơn vị trước.") % _on(day))
    if len(roots) == 1:
        return roots[0]
    reached = Reach.objects.filter(covering(day), ancestor__in=roots)
    sizes = Counter(reached.values_list("ancestor", flat=True))
    return max(roots, key=lambda u: (sizes[u.pk], -u.pk))


def unit_on(code: str, day: date) -> Unit:
    """The unit with this code on `day`. Raises CoverageError."""
    unit = Unit.objects.on(day).filter(code=code).first()
    if unit is None:
        raise CoverageError(_("Không có đơn vị mã %(code)s vào ngày %(day)s.") % {"code": code, **_on(day)})
    return unit


def _on(day: date) -> dict[str, str]:
    return {"day": written(day)}


def places(code: str | None, day: date, known_on: date | None = None) -> Places:
    """The unit with the code on the map of `day` (None: its root) and where everything under it counts.

    One query, and one when its places are asked for; worked out in memory where another map was believed on `known_on`.
    """
    if known_on is not None and map_changed_since(known_on):
        return _places_known_on(code, day, known_on)
    unit = unit_on(code, day) if code else root_on(day)
    return places_of(unit, day)


def places_of(unit: Unit | Named, day: date) -> Places:
    """`places` of a given unit on the map as believed now; one query when they are asked for."""
    named = Named(unit.pk, unit.code, unit.name, unit.kind)
    return Places(named, day, lambda: _placed(named.pk, day))


def _children_of(unit_id: int, day: date) -> tuple[Named, ...]:
    """The units one level below: where those one level below count directly."""

    def children() -> QuerySet:
        below = Reach.objects.filter(covering(day), ancestor=unit_id, depth=1).values("unit")
        at = Reach.objects.filter(covering(day), unit__in=below, depth=0).order_by()
        return at.values_list("ancestor", "ancestor__code", "ancestor__name", "ancestor__kind").distinct()

    rows = rows_of(("children", unit_id, day), children)
    return tuple(sorted((Named(*row) for row in rows), key=lambda child: child.code))


def same_map(unit_ids: Collection[int], first: date, last: date) -> bool:
    """Whether what counts under each of these units is the same on both days and on all between; one query."""
    if first == last:
        return True

    def turned() -> QuerySet:
        within = Q(start__gt=first, start__lte=last) | Q(end__gte=first, end__lt=last)
        return Reach.objects.filter(within, ancestor__in=among(unit_ids)).values_list("pk")[:1]

    return not rows_of(("same map", first, last, *unit_ids), turned)


def _placed(unit_id: int, day: date) -> Placed:
    above = Reach.objects.filter(
        covering(day),
        covering(day, "unit__reaches__start", "unit__reaches__end"),
        Q(depth=0) | Q(depth__gte=F("unit__reaches__depth") - 1, depth__lte=F("unit__reaches__depth")),
        unit__reaches__ancestor=unit_id,
    )
    named = ("ancestor_id", "ancestor__code", "ancestor__name", "ancestor__kind")
    columns = ("unit_id", "depth", "undivided", *named, "unit__reaches__depth")
    undivided: set[int] = set()
    child_of: dict[int, int | None] = {}
    own: dict[int, int] = {}
    children: dict[int, Named] = {}
    for place, depth, is_undivided, ancestor, ancestor_code, name, kind, level in above.values_list(*columns):
        if depth == 0:
            own[place] = ancestor
        if is_undivided:
            undivided.add(place)
        if depth == level:
            child_of.setdefault(place, None)
        elif depth == level - 1:
            child_of[place] = ancestor
            children[ancestor] = Named(ancestor, ancestor_code, name, kind)
    return Placed(
        children=tuple(sorted(children.values(), key=lambda c: c.code)),
        child_of=child_of,
        own=own,
        alive=frozenset(place for place, at in own.items() if place == at),
        undivided=frozenset(undivided),
    )


def _places_known_on(code: str | None, day: date, known_on: date) -> Places:
    """The same from the facts recorded by `known_on`: the map is worked out again, with the names of that day."""
    stretches = reach_known_on(known_on).paths_on(day)
    paths = {unit: stretch.path for unit, stretch in stretches.items() if stretch.path}
    alive = {unit for unit, path in paths.items() if path[0] == unit}
    versions = UnitVersion.objects.known_on(known_on).filter(unit__in=alive)
    rows = versions.values_list("unit", "unit__code", "name", "kind")
    known = {pk: (Named(pk, code, name, kind), kind) for pk, code, name, kind in rows}
    if code:
        chosen = next((named for named, _kind in known.values() if named.code == code), None)
        if chosen is None:
            params = {"code": code, "day": written(day), "known": written(known_on)}
            raise CoverageError(_("Theo dữ liệu đến %(known)s, không có đơn vị mã %(code)s vào ngày %(day)s.") % params)
    else:
        chosen = _root_of(paths, known)
        if chosen is None:
            params = {"day": written(day), "known": written(known_on)}
            raise CoverageError(_("Theo dữ liệu đến %(known)s, chưa có đơn vị nào vào ngày %(day)s.") % params)
    child_of, own = {}, {}
    for unit, path in paths.items():
        if chosen.pk in path:
            level = path.index(chosen.pk)
            child_of[unit] = path[level - 1] if level else None
            own[unit] = path[0]
    children = sorted((known[pk][0] for pk in set(child_of.values()) - {None}), key=lambda c: c.code)
    undivided = frozenset(unit for unit in own if stretches[unit].undivided)
    placed = Placed(tuple(children), child_of, own, frozenset(alive & own.keys()), undivided)
    return Places(chosen, day, lambda: placed, in_table=False)


def _root_of(paths: Mapping[int, tuple[int, ...]], known: Mapping[int, tuple[Named, str]]) -> Named | None:
    roots = [pk for pk in known if len(paths[pk]) == 1]
    roots = [pk for pk in roots if known[pk][1] in PROVINCIAL_KINDS] or roots
    sizes = Counter(path[-1] for path in paths.values())
    return known[max(roots, key=lambda pk: (sizes[pk], -pk))][0] if roots else None
