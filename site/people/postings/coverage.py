"""Counts people under a unit on the map of any day, for any purpose.

The geography date chooses the map on which postings are placed: today's, or that of the time. Facts recorded after the
day or moment `known_on` (an aware datetime) are left out; `known_on` None means as believed now.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from people.postings.posting import Posting, RosterConfirmation
from people.times import covering, known_until
from people.units.successions import Reach, map_changed_since, reach_known_on
from people.units.unit import PROVINCIAL_KINDS, Unit, UnitKind, UnitVersion

# units of these kinds need their own roster only if somebody is posted directly at them
CONTAINER_KINDS = {UnitKind.PROVINCE, UnitKind.CITY, UnitKind.DISTRICT}


class CoverageError(Exception):
    """The question has no answer; str() is one clear Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with its code and name, as in a figure."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True)
class Places:
    """The places of all units under `unit` on the map of the day `geography`.

    `child_of` maps the id of each such unit (abolished ones too) to the id of the child of `unit` it counts in, or None
    where it counts at `unit` itself. `alive` are those that exist on that day; `own` the id each counts in directly.
    `undivided` are those split without an heir, which count where the parts meet until somebody decides.
    `in_table` says whether the rows of `Reach` give the same.
    """

    unit: Named
    geography: date
    children: tuple[Named, ...]
    child_of: Mapping[int, int | None]
    own: Mapping[int, int]
    alive: frozenset[int]
    undivided: frozenset[int] = frozenset()
    in_table: bool = True


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

    Two queries, whatever the number of units; worked out in memory where another map was believed on `known_on`.
    """
    if known_on is not None and map_changed_since(known_on):
        return _places_known_on(code, day, known_on)
    unit = unit_on(code, day) if code else root_on(day)
    return places_of(unit, day)


def places_of(unit: Unit | Named, day: date) -> Places:
    """`places` of a given unit on the map as believed now; one query."""
    above = Reach.objects.filter(
        covering(day),
        covering(day, "unit__reaches__start", "unit__reaches__end"),
        Q(depth=0) | Q(depth__gte=F("unit__reaches__depth") - 1, depth__lte=F("unit__reaches__depth")),
        unit__reaches__ancestor=unit.pk,
    )
    named = ("ancestor_id", "ancestor__code", "ancestor__name")
    columns = ("unit_id", "depth", "undivided", *named, "unit__reaches__depth")
    undivided: set[int] = set()
    child_of: dict[int, int | None] = {}
    own: dict[int, int] = {}
    children: dict[int, Named] = {}
    for place, depth, is_undivided, ancestor, ancestor_code, name, level in above.values_list(*columns):
        if depth == 0:
            own[place] = ancestor
        if is_undivided:
            undivided.add(place)
        if depth == level:
            child_of.setdefault(place, None)
        elif depth == level - 1:
            child_of[place] = ancestor
            children[ancestor] = Named(ancestor, ancestor_code, name)
    return Places(
        unit=Named(unit.pk, unit.code, unit.name),
        geography=day,
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
    known = {pk: (Named(pk, *params), kind) for pk, *params, kind in rows}
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
    alive_below = frozenset(alive & own.keys())
    return Places(chosen, day, tuple(children), child_of, own, alive_below, undivided, in_table=False)


def _root_of(paths: Mapping[int, tuple[int, ...]], known: Mapping[int, tuple[Named, str]]) -> Named | None:
    roots = [pk for pk in known if len(paths[pk]) == 1]
    roots = [pk for pk in roots if known[pk][1] in PROVINCIAL_KINDS] or roots
    sizes = Counter(path[-1] for path in paths.values())
    return known[max(roots, key=lambda pk: (sizes[pk], -pk))][0] if roots else None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The last confirmation of a roster: its row, when it was recorded, of which day, and the name of who made it."""

    pk: int
    at: datetime
    on: date
    who: str


def confirmations(places: Places, as_of: date, known_on: date | None = None) -> dict[int, Confirmed | None]:
    """By existing unit at or below, of those that need a roster: its last confirmation up to `as_of`, None where nobody
    had confirmed it; one query, or three where it is recounted.

    A confirmation of a predecessor does not carry over: nobody has answered for the new unit's list.
    """
    given = RosterConfirmation.objects.known_on(known_on).filter(unit=OuterRef("pk"), on__lte=as_of).order_by("-on")
    columns = ("pk", "recorded_at", "on", "confirmed_by__full_name")
    latest = {f"confirmed_{n}": Subquery(given.values(column)[:1]) for n, column in enumerate(columns)}
    units = _needing_a_roster(places, as_of, known_on, Unit.every.annotate(**latest))
    rows = units.values_list("pk", *latest)
    return {unit: Confirmed(*one) if one[0] else None for unit, *one in rows}


def _needing_a_roster(places: Places, as_of: date, known_on: date | None, units: QuerySet[Unit]) -> QuerySet[Unit]:
    """The existing units at or below, but containers only where somebody is posted there or confirmed a roster."""
    confirmed = Q(confirmed_0__isnull=False)
    if places.in_table:
        reached = Reach.objects.filter(covering(places.geography), ancestor=places.unit.pk)
        posted = Posting.objects.known_on(known_on).filter(
            covering(as_of),
            covering(places.geography, "unit__reaches__start", "unit__reaches__end"),
            unit__reaches__depth=0,
            unit__reaches__ancestor=OuterRef("pk"),
        )
        here = Q(pk__in=Unit.objects.on(places.geography).values("pk")) & Q(pk__in=reached.values("unit"))
        return units.filter(here).filter(confirmed | ~Q(kind__in=CONTAINER_KINDS) | Exists(posted))
    postings = Posting.objects.known_on(known_on).filter(covering(as_of)).values_list("unit", flat=True).distinct()
    taken = {places.own[unit] for unit in postings if unit in places.own}
    versions = UnitVersion.objects.known_on(known_on).filter(unit__in=places.alive)
    containers = set(versions.filter(kind__in=CONTAINER_KINDS).values_list("unit", flat=True))
    return units.filter(confirmed | ~Q(pk__in=containers - taken), pk__in=places.alive)


def roster_changed(
    places: Places, as_of: date, confirmed: Mapping[int, datetime], known_on: date | None = None
) -> set[int]:
    """Of the units whose roster was `confirmed` at these moments, those of which it is another one now: other people,
    positions or duties on `as_of`. One query at most.
    """
    if not confirmed:
        return set()
    until = known_until(known_on) - timedelta(microseconds=1) if known_on else timezone.now()
    first = min(confirmed.values())
    # a row for each duty
    postings = Posting.objects.filter(
        Q(recorded_at__gt=first) | Q(superseded_at__gt=first),
        covering(as_of),
        unit__in=[unit for unit, at in places.own.items() if at in confirmed and unit not in places.undivided],
    ).annotate(duty=F("duties"))
    rows = list(postings.only("person_id", "unit_id", "position", "recorded_at", "superseded_at"))
    duties: dict[int, set] = defaultdict(set)
    for row in rows:
        duties[row.pk].add(row.duty)
    then: dict[int, set] = defaultdict(set)
    now: dict[int, set] = defaultdict(set)
    for posting in rows:
        unit = places.own[posting.unit_id]
        if not posting.touched_since(confirmed[unit]):
            continue
        says = posting.person_id, posting.position, frozenset(duties[posting.pk])
        if posting.was_believed(confirmed[unit]):
            then[unit].add(says)
        if posting.was_believed(until):
            now[unit].add(says)
    return {unit for unit in confirmed if then[unit] != now[unit]}


def roster_size(places: Places, as_of: date, known_on: date | None = None) -> int:
    """The number of distinct people who hold a posting at or below on `as_of`."""
    postings = Posting.objects.known_on(known_on).filter(covering(as_of))
    postings = postings.filter(
        under(places.unit.pk, places.geography) if places.in_table else Q(unit__in=places.child_of)
    )
    return postings.order_by().values("person_id").distinct().count()
