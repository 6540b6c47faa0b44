"""Whose rosters are confirmed, which changed since, and how many people stand on them.

Facts recorded after the day or moment `known_on` (an aware datetime) are left out; None means as believed now.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from people.postings.coverage import Places, under
from people.postings.posting import Posting, RosterConfirmation
from people.statements.kept import count_of, rows_of
from people.times import covering, known_until
from people.units.successions import Reach
from people.units.unit import Unit, UnitKind, UnitVersion

# units of these kinds need their own roster only if somebody is posted directly at them
CONTAINER_KINDS = {UnitKind.PROVINCE, UnitKind.CITY, UnitKind.DISTRICT}


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The last confirmation of a roster: its row, when it was recorded, of which day, and the name of who made it."""

    pk: int
    at: datetime
    on: date
    who: str


def confirmations(
    places: Places, as_of: date, known_on: date | None = None, below: Collection[int] | None = None
) -> dict[int, Confirmed | None]:
    """By existing unit at or below, of those that need a roster: its last confirmation up to `as_of`, None where nobody
    had confirmed it; one query, or three where it is recounted. `below`: only of what counts at or below these units.

    A confirmation of a predecessor does not carry over: nobody has answered for the new unit's list.
    """

    def found() -> QuerySet:
        given = RosterConfirmation.objects.known_on(known_on).filter(unit=OuterRef("pk"), on__lte=as_of)
        columns = ("pk", "recorded_at", "on", "confirmed_by__full_name")
        latest = {
            f"confirmed_{n}": Subquery(given.order_by("-on").values(column)[:1]) for n, column in enumerate(columns)
        }
        units = _needing_a_roster(places, as_of, known_on, Unit.every.annotate(**latest), below)
        return units.values_list("pk", *latest)

    above = [places.unit.pk] if below is None else below
    kept = places.in_table and known_on is None
    rows = rows_of(("confirmations", places.geography, as_of, *sorted(above)), found) if kept else found()
    return {unit: Confirmed(*one) if one[0] else None for unit, *one in rows}


def confirmation_of(places: Places, as_of: date) -> Confirmed | None:
    """The last confirmation of the unit's own roster, as believed now; one query."""

    def latest() -> QuerySet:
        given = RosterConfirmation.objects.current().filter(unit=places.unit.pk, on__lte=as_of)
        return given.order_by("-on").values_list("pk", "recorded_at", "on", "confirmed_by__full_name")[:1]

    rows = rows_of(("confirmation", places.unit.pk, as_of), latest)
    return Confirmed(*rows[0]) if rows else None


def unconfirmed_below(places: Places, as_of: date) -> Counter[int | None]:
    """By child of the unit, None for the unit itself: how many units there must have a roster that nobody had confirmed
    by `as_of`, as believed now; one query, whatever the number of units. Only for places that are `in_table`.
    """
    day, unit = places.geography, places.unit.pk
    rows = rows_of(("unconfirmed", unit, day, as_of), lambda: _unconfirmed(unit, day, as_of))
    return Counter({None if child == unit else child: units for child, units in rows})


def _unconfirmed(unit: int, day: date, as_of: date) -> QuerySet:
    """(child or the unit itself, units)."""
    confirmed = RosterConfirmation.objects.current().filter(unit=OuterRef("unit"), on__lte=as_of)
    level = "unit__reaches__depth"
    above = Reach.objects.filter(
        covering(day),
        covering(day, "unit__reaches__start", "unit__reaches__end"),
        # the child's row, or at the unit itself the unit's own
        Q(depth=F(level) - 1) | Q(depth=0, **{level: 0}),
        unit__reaches__ancestor=unit,
    )
    open_ones = above.filter(
        ~Exists(confirmed),
        covering(day, "unit__valid_from", "unit__valid_to"),
        ~Q(unit__kind__in=CONTAINER_KINDS) | Exists(_posted_at(OuterRef("unit"), day, as_of, None)),
        unit__believed=True,
    )
    return open_ones.order_by().values_list("ancestor").annotate(units=Count("unit"))


def _posted_at(unit: OuterRef, geography: date, as_of: date, known_on: date | None) -> QuerySet[Posting]:
    return Posting.objects.known_on(known_on).filter(
        covering(as_of),
        covering(geography, "unit__reaches__start", "unit__reaches__end"),
        unit__reaches__depth=0,
        unit__reaches__ancestor=unit,
    )


def _needing_a_roster(
    places: Places, as_of: date, known_on: date | None, units: QuerySet[Unit], below: Collection[int] | None
) -> QuerySet[Unit]:
    """The existing units at or below, but containers only where somebody is posted there or confirmed a roster."""
    confirmed = Q(confirmed_0__isnull=False)
    if places.in_table:
        above = [places.unit.pk] if below is None else below
        reached = Reach.objects.filter(covering(places.geography), ancestor__in=above)
        posted = _posted_at(OuterRef("pk"), places.geography, as_of, known_on)
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
    positions or duties on `as_of`. One query, and one more where something was recorded since.
    """
    if not confirmed:
        return set()
    until = known_until(known_on) - timedelta(microseconds=1) if known_on else timezone.now()
    first = min(confirmed.values())
    # a row for each duty
    postings = Posting.objects.filter(
        Q(recorded_at__gt=first) | Q(superseded_at__gt=first), covering(as_of), _counting_at(places, confirmed)
    ).annotate(duty=F("duties"))
    rows = list(postings.only("person_id", "unit_id", "position", "recorded_at", "superseded_at"))
    at = _where(places, {posting.unit_id for posting in rows})
    duties: dict[int, set] = defaultdict(set)
    for row in rows:
        duties[row.pk].add(row.duty)
    then: dict[int, set] = defaultdict(set)
    now: dict[int, set] = defaultdict(set)
    for posting in rows:
        unit = at[posting.unit_id]
        if not posting.touched_since(confirmed[unit]):
            continue
        says = posting.person_id, posting.position, frozenset(duties[posting.pk])
        if posting.was_believed(confirmed[unit]):
            then[unit].add(says)
        if posting.was_believed(until):
            now[unit].add(says)
    return {unit for unit in confirmed if then[unit] != now[unit]}


def _counting_at(places: Places, units: Iterable[int]) -> Q:
    """Rows with a `unit` that count directly at one of these; not those whose unit was split without an heir."""
    if places.in_table:
        at = Reach.objects.filter(covering(places.geography), depth=0, undivided=False, ancestor__in=list(units))
        return Q(unit__in=at.values("unit"))
    wanted = set(units)
    return Q(unit__in=[unit for unit, at in places.own.items() if at in wanted and unit not in places.undivided])


def _where(places: Places, units: Collection[int]) -> Mapping[int, int]:
    """By unit: where it counts directly."""
    if not units or not places.in_table:
        return places.own if units else {}
    at = Reach.objects.filter(covering(places.geography), depth=0, unit__in=units)
    return dict(at.values_list("unit", "ancestor"))


def roster_size(places: Places, as_of: date, known_on: date | None = None, *, many: bool = False) -> int:
    """The number of distinct people who hold a posting at or below on `as_of`. `many`: thousands are known to, so that
    SQLite reads all person by person instead of unit by unit, which would sort them.
    """
    many = many and connection.vendor == "sqlite"

    def people() -> QuerySet:
        postings = Posting.objects.known_on(known_on).filter(covering(as_of)).order_by()
        if not places.in_table:
            postings = postings.filter(unit__in=places.child_of)
        elif many:
            at = Reach.objects.filter(covering(places.geography), ancestor=places.unit.pk).values("unit")
            postings = postings.annotate(at=F("unit") + 0).filter(at__in=at)
        else:
            postings = postings.filter(under(places.unit.pk, places.geography))
        return postings.values("person_id").distinct()

    if known_on is not None or not places.in_table:
        return people().count()
    return count_of(("roster", places.unit.pk, places.geography, as_of, many), people)
