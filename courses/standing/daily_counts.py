"""Daily counts of people by state for every unit and the units below, so that a trend is one small query.

A sweep over the standings: where a span overlaps a row of `Reach`, the count rises on their first common day and falls
after the last. People are distinct: somebody in several units counts once at their common ancestor.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, DateField, F, IntegerField, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from courses.requirements.requirement import Requirement
from courses.standing.spans import State
from courses.standing.standing import COUNTED, DailyCount, StaleCount, Standing, counted_as, delete_rows
from outbox.clock import every
from people.postings.coverage import percent
from people.statements.plain_rows import insert_rows
from people.times import covering
from people.units.successions import Reach
from people.write_lock import make_way

DAY = timedelta(days=1)
# how far back the first count goes: a year of trend, and the same day a year before
HISTORY = timedelta(days=400)
# days written in one transaction: a tenth of a second of the lock for 10,000 people in 100 units
WINDOW = timedelta(days=10)
TOLD = ("state", "unapproved", "knowledge")


@dataclass(frozen=True)
class Point:
    """One day of a trend. `required` leaves out the excused."""

    day: date
    required: int
    completed: int

    @property
    def percent(self) -> float | None:
        return percent(self.completed, self.required)


def trend(requirement: Requirement, unit_id: int, days: int, until: date | None = None) -> list[Point]:
    """The counted days among the last `days` up to `until` (None: yesterday), oldest first; one query.

    Without today, which still changes; `coverage` computes it. Of a unit that a reform made within these days it goes
    on from what counts there since, as soon as one of its own days is counted: two queries more.
    """
    until = until or timezone.localdate() - DAY
    first = until - timedelta(days=days) + DAY
    counted = DailyCount.objects.filter(requirement=requirement, unit=unit_id, day__gte=first, day__lte=until)
    rows = list(counted.order_by("day").values_list("day", "required", "completed", "unit__valid_from"))
    points = [Point(day, required, completed) for day, required, completed, _began in rows]
    if not rows or (began := rows[0][-1]) <= first:
        return points
    return [*_before(requirement, unit_id, began, first, until), *points]


def _before(requirement: Requirement, unit: int, began: date, first: date, until: date) -> Iterator[Point]:
    """Days before the unit's first one, each on the map of that one."""
    last = min(began - DAY, until)
    for _unit, day, people in _sweep(_met_at(requirement, unit, began, first, last), first, last):
        required, *_counted = _numbers(people)
        yield Point(day, required, people[State.COMPLETED])


@every("courses.daily_counts.daily_counts", minutes=10)
def daily_counts(now: datetime | None = None) -> int:
    """Counts the past days that are missing or stale; returns how many. Safe to call at any time."""
    yesterday = timezone.localdate(now) - DAY
    return sum(_catch_up(requirement, yesterday) for requirement in Requirement.objects.all())


def _catch_up(requirement: Requirement, yesterday: date) -> int:
    """Deletes only the stale marks read before counting: a mark set meanwhile stays for the next run."""
    stale = dict(StaleCount.objects.filter(requirement=requirement).values_list("pk", "since"))
    earliest = _earliest(requirement, yesterday)
    last = DailyCount.objects.filter(requirement=requirement).aggregate(last=Max("day"))["last"]
    start = max(earliest, min([last + DAY if last else earliest, *stale.values()]))
    if start <= yesterday:
        count_days(start, yesterday, [requirement])
    delete_rows(StaleCount.objects.filter(pk__in=stale))
    return max(0, (yesterday - start).days + 1)


def recount_all(now: datetime | None = None, progress: Callable[[int, int], None] | None = None) -> int:
    """Counts all days again; returns how many. Calls `progress(done, of)` after each window."""
    yesterday = timezone.localdate(now) - DAY
    done, work = 0, [(r, _earliest(r, yesterday)) for r in Requirement.objects.all()]
    of = sum((yesterday - start).days + 1 for _requirement, start in work)
    for requirement, start in work:
        stale = list(requirement.stale_counts.values_list("pk", flat=True))
        for first, last in _windows(start, yesterday):
            _count_window(requirement, first, last)
            make_way()
            done += (last - first).days + 1
            if progress:
                progress(done, of)
        delete_rows(StaleCount.objects.filter(pk__in=stale))
    return done


def _earliest(requirement: Requirement, yesterday: date) -> date:
    """The first counted day; if none is counted, HISTORY ago or the start of the first standing, whichever is later."""
    counted = DailyCount.objects.filter(requirement=requirement).aggregate(first=Min("day"))["first"]
    begun = Standing.objects.filter(requirement=requirement).aggregate(first=Min("start"))["first"] or yesterday
    return counted or min(yesterday, max(yesterday - HISTORY, begun))


def count_days(start: date, end: date, requirements: Iterable[Requirement] | None = None) -> None:
    """Counts every day from `start` to `end` again; three reading queries per window, for any number of people."""
    for requirement in Requirement.objects.all() if requirements is None else requirements:
        for first, last in _windows(start, end):
            _count_window(requirement, first, last)
            make_way()


def _windows(first: date, end: date) -> Iterator[tuple[date, date]]:
    while first <= end:
        last = min(first + WINDOW, end)
        yield first, last
        first = last + DAY


def _count_window(requirement: Requirement, first: date, last: date) -> None:
    """Reads and writes under one lock, so that the later of two simultaneous calls writes the newer counts."""
    with transaction.atomic():
        Requirement.objects.select_for_update(no_key=True).get(pk=requirement.pk)
        counts = swept(requirement, first, last)
        delete_rows(DailyCount.objects.filter(requirement=requirement, day__gte=first, day__lte=last))
        columns = ("requirement_id", "unit_id", "day", "required", *COUNTED)
        insert_rows(
            DailyCount, columns, ((requirement.pk, unit, day, *_numbers(people)) for unit, day, people in counts)
        )


def _numbers(people: Counter) -> tuple[int, ...]:
    """Required, and each of COUNTED in its order."""
    required = sum(people.get(state, 0) for state in State if state != State.EXCUSED)
    return required, *(people.get(what, 0) for what in COUNTED)


def swept(requirement: Requirement, first: date, last: date) -> Iterator[tuple[int, date, Counter]]:
    """(unit, day, distinct people by what they are counted as) for each unit and day with anybody."""
    return _sweep(_met(requirement, first, last), first, last)


def _sweep(met: QuerySet, first: date, last: date) -> Iterator[tuple[int, date, Counter]]:
    steps: dict[int, dict[date, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for unit, *told, since, until, people in (*_alone(met), *_several(met, first)):
        for what in counted_as(*told):
            steps[unit][since][what] += people
            if until < last:
                steps[unit][until + DAY][what] -= people
    for unit, by_day in steps.items():
        counts: Counter = Counter()
        day = first
        while day <= last:
            if day in by_day:
                counts.update(by_day[day])
            if any(counts.values()):
                yield unit, day, counts
            day += DAY


def _met(requirement: Requirement, first: date, last: date) -> QuerySet:
    """Standings joined with their ancestors; they count there from `since` to `until` within the window."""
    begin, finish = Value(first, DateField()), Value(last, DateField())
    reach = "unit__reaches"
    return (
        Standing.objects.filter(Q(end=None) | Q(end__gte=first), requirement=requirement, start__lte=last)
        .annotate(
            since=Greatest(F("start"), F(f"{reach}__start"), begin),
            until=Least(Coalesce(F("end"), finish), Coalesce(F(f"{reach}__end"), finish), finish),
            ancestor=F(f"{reach}__ancestor"),
        )
        .filter(since__lte=F("until"))
        .order_by()
    )


def _met_at(requirement: Requirement, unit: int, on: date, first: date, last: date) -> QuerySet:
    """Standings of whom counts at the unit on the map of `on`, whatever counted there on each day itself."""
    begin, finish = Value(first, DateField()), Value(last, DateField())
    there = Reach.objects.filter(covering(on), ancestor=unit).values("unit")
    return (
        Standing.objects.filter(Q(end=None) | Q(end__gte=first), requirement=requirement, start__lte=last)
        .filter(unit__in=there)
        .annotate(
            since=Greatest(F("start"), begin),
            until=Least(Coalesce(F("end"), finish), finish),
            ancestor=Value(unit, IntegerField()),
        )
        .order_by()
    )


def _alone(met: QuerySet) -> QuerySet:
    rows = met.filter(shared=False)
    return rows.values_list("ancestor", *TOLD, "since", "until").annotate(people=Count("*"))


def _several(met: QuerySet, first: date) -> Iterator[tuple]:
    """People in several units at once; their spans under one ancestor are merged, so that each day counts them once."""
    rows = met.filter(shared=True)
    who = ("ancestor", *TOLD, "person_id")
    running, reached = None, first - DAY
    for *now, since, until in rows.order_by(*who, "since").values_list(*who, "since", "until"):
        if now != running:
            running, reached = now, first - DAY
        since = max(since, reached + DAY)
        if since <= until:
            reached = until
            yield *now[:-1], since, until, 1
