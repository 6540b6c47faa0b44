"""Who was reached: communes on the map of a day, from a constant number of queries.

*Reached*: a verified activity in the window. *None*: the commune said that its log is complete to the window's end, and
there is none. Else *unknown*, never 0. Each activity counts where its commune counts on the map.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from campaigns.activities.made import focus
from campaigns.activities.made.activity import Activity
from campaigns.activities.made.complete import LogComplete, SpokenThere
from campaigns.activities.made.kind import ActivityKind, Measure
from people.postings.coverage import Named
from people.times import covering, known_on
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit

REACHED, NONE, UNKNOWN = "da_den", "khong_co", "chua_ro"
Month = tuple[int, int]


@dataclass(frozen=True)
class Window:
    """From `first` to `last`, of which the figures speak, on the map of `geography`, as known at `at` (None: now)."""

    first: date
    last: date
    geography: date
    at: datetime | None = None


@dataclass(frozen=True)
class Row:
    """One commune. `latest` is its last verified activity of any year up to the window's end; `spoken` None: nobody
    said which languages are spoken there.
    """

    commune: Named
    focus: bool
    assessed: bool
    state: str
    activities: int
    latest: date | None
    plays: Mapping[Month, int]
    used: frozenset[str]
    spoken: frozenset[str] | None

    @property
    def all_plays(self) -> int:
        return sum(self.plays.values())

    @property
    def missing(self) -> frozenset[str]:
        """Spoken there, and no activity of the window was held in it."""
        return (self.spoken or frozenset()) - self.used


@dataclass(frozen=True)
class Coverage:
    window: Window
    rows: tuple[Row, ...]

    @property
    def focus(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.focus)

    def count(self, state: str) -> int:
        """Of the communes on the list."""
        return sum(row.state == state for row in self.focus)

    @property
    def not_assessed(self) -> int:
        return sum(not row.assessed for row in self.rows)

    @property
    def never(self) -> tuple[Row, ...]:
        """On the list, and no verified activity of any year."""
        return tuple(row for row in self.focus if row.latest is None)

    @property
    def by_language(self) -> list[tuple[str, int, int]]:
        """(language, communes where it was used, communes where it is spoken), of languages used or spoken."""
        used, spoken = defaultdict(int), defaultdict(int)  # type: ignore[var-annotated]
        for row in self.rows:
            for one in row.used:
                used[one] += 1
            for one in row.spoken or ():
                spoken[one] += 1
        return [(one, used[one], spoken[one]) for one in sorted(used.keys() | spoken.keys())]

    @property
    def months(self) -> list[Month]:
        return sorted({month for row in self.rows for month in row.plays})


def coverage(window: Window, within: Iterable[int] | None = None) -> Coverage:
    """`within` are units that the reader may see (None: all). Ten queries."""
    communes = _communes(window.geography, within)
    at = _places(window.geography)
    counted = Activity.objects.counted_at(window.at).order_by()
    inside = counted.filter(on__gte=window.first, on__lte=window.last)
    activities = _summed(at, inside.values_list("commune").annotate(Count("pk")))
    latest = _latest(at, counted.filter(on__lte=window.last).values_list("commune").annotate(Max("on")))
    plays = _plays(at, inside)
    used, spoken = _used(at, inside), _spoken(at, window)
    complete, assessed = _complete(at, window), _assessed(at, window)
    flags = {at[unit] for unit in focus.flagged(window.last, window.at) if unit in at}
    rows = [
        Row(
            commune=commune,
            focus=commune.pk in flags,
            assessed=commune.pk in assessed or commune.pk in flags,
            state=REACHED if activities.get(commune.pk) else NONE if commune.pk in complete else UNKNOWN,
            activities=activities.get(commune.pk, 0),
            latest=latest.get(commune.pk),
            plays=plays.get(commune.pk, {}),
            used=frozenset(used.get(commune.pk, ())),
            spoken=frozenset(spoken[commune.pk]) if commune.pk in spoken else None,
        )
        for commune in communes
    ]
    return Coverage(window, tuple(rows))


def _communes(day: date, within: Iterable[int] | None) -> list[Named]:
    units = Unit.objects.on(day).filter(kind__in=COMMUNE_KINDS).by_name().values_list("pk", "code", "name")
    seen = None if within is None else set(within)
    return [Named(*row) for row in units if seen is None or row[0] in seen]


def _places(day: date) -> dict[int, int]:
    """{unit: the commune at which it counts directly}; what ended counts at its successor."""
    rows = Reach.objects.filter(covering(day), depth=0, ancestor__kind__in=COMMUNE_KINDS)
    return dict(rows.values_list("unit", "ancestor"))


def _summed(at: Mapping[int, int], rows: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for unit, number in rows:
        if unit in at:
            found[at[unit]] += number
    return found


def _latest(at: Mapping[int, int], rows: Iterable[tuple[int, date]]) -> dict[int, date]:
    found: dict[int, date] = {}
    for unit, on in rows:
        if unit in at:
            found[at[unit]] = max(found.get(at[unit], on), on)
    return found


def _plays(at: Mapping[int, int], inside) -> dict[int, dict[Month, int]]:
    kinds = ActivityKind.objects.filter(measure=Measure.PLAYS).order_by().values("pk")
    rows = inside.filter(kind__in=kinds).annotate(year=ExtractYear("on"), month=ExtractMonth("on"))
    found: dict[int, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    for unit, year, month, number in rows.values_list("commune", "year", "month").annotate(Sum("quantity")):
        if unit in at:
            found[at[unit]][year, month] += number
    return found


def _sets(at: Mapping[int, int], rows: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for unit, value in rows:
        if unit in at:
            found[at[unit]].add(value)
    return found


def _used(at: Mapping[int, int], inside) -> dict[int, set[str]]:
    rows = inside.values_list("commune", "held_in").distinct()
    return _sets(at, ((unit, one) for unit, held_in in rows for one in held_in.split()))


def _spoken(at: Mapping[int, int], window: Window) -> dict[int, set[str]]:
    return _sets(at, SpokenThere.objects.filter(known_on(window.at)).values_list("commune", "language"))


def _complete(at: Mapping[int, int], window: Window) -> set[int]:
    rows = LogComplete.objects.filter(known_on(window.at), until__gte=window.last)
    return {at[unit] for unit in rows.values_list("commune", flat=True) if unit in at}


def _assessed(at: Mapping[int, int], window: Window) -> set[int]:
    rows = focus.Assessed.objects.filter(known_on(window.at), on__lte=window.last)
    return {at[unit] for unit in rows.values_list("commune", flat=True) if unit in at}
