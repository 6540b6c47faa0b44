"""Distinct people by state at a unit, in each unit one level down and directly at it, as known now.

Either from everybody's standings, or from the daily counts of the last day that is counted and from the standings that
began or ended since: an ordinary day changes few. What was counted on one map is used for no other.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, QuerySet, Value

from courses.requirements.requirement import Requirement
from courses.standing.standing import COUNTED, DailyCount, StaleCount, Standing, counted_as
from people.postings.coverage import Places, same_map, under
from people.statements.kept import rows_of
from people.statements.plain_rows import among
from people.times import covering
from people.units.successions import Reach

# a figure begins from a count of so many days before at most; before that, counting everybody is no dearer
FURTHEST = timedelta(days=31)

# by child's id, None for the unit itself, "total", "undivided": what is counted (COUNTED)
Tally = Mapping[object, Counter]
Alone = Iterable[tuple[int, str, bool, str, int]]
Several = Iterable[tuple[int, int, str, bool, str]]
TOLD = ("state", "unapproved", "knowledge")


def tally(where: Places, alone: Alone, several: Several) -> Tally:
    """Of (unit, state, unapproved, knowledge, people) of who counts in one unit, and (person, unit, state, unapproved,
    knowledge) of who counts in several.

    "undivided" are those of the people at the unit itself whose units were split without an heir. Beside the states
    each counts, once more, what a completion rests on and what is known of it.
    """
    split = {unit for unit in where.undivided if where.child_of[unit] is None}
    counts: dict[object, Counter] = defaultdict(Counter)
    for unit, state, unapproved, knowledge, people in alone:
        for place in (where.child_of[unit], "total", *(["undivided"] if unit in split else [])):
            for what in counted_as(state, unapproved, knowledge):
                counts[place][what] += people
    people_of: dict[object, dict[int, tuple[str, bool, str]]] = defaultdict(dict)
    for person, unit, state, unapproved, knowledge in several:
        for place in (where.child_of[unit], "total", *(["undivided"] if unit in split else [])):
            people_of[place][person] = (state, unapproved, knowledge)
    for each, standings in people_of.items():
        counts[each].update(what for told in standings.values() for what in counted_as(*told))
    return counts


def of_everybody(requirement: Requirement, where: Places, as_of: date) -> Tally:
    """One query of two halves: people in a single unit are counted by the database."""

    def here() -> QuerySet[Standing]:
        at = under(where.unit.pk, where.geography)
        return Standing.objects.filter(covering(as_of), at, requirement=requirement).order_by()

    return tally(where, *_split(("everybody", requirement.pk, where.unit.pk, where.geography, as_of), here, "unit_id"))


def from_daily_counts(requirement: Requirement, where: Places, as_of: date) -> Tally | None:
    """The same for a day up to today, by at most seven queries over what changed since the last count; None where
    nothing is counted that could serve, also because the facts before were changed and are not counted again yet.
    """
    base = _last_counted(requirement, where, as_of) if where.in_table else None
    # at a unit with none below it, everybody is few
    if base is None or not where.children:
        return None
    here = [where.unit.pk, *(child.pk for child in where.children)]
    if not same_map(here, base, where.geography):
        return None
    # first what changed, then the count and whether it still holds: a fact that comes between is in neither, or found
    changed = list(_changed(requirement, here, where.geography, base, as_of)) if base < as_of else []
    stored = rows_of(
        ("daily counts", requirement.pk, base, *here),
        lambda: (
            DailyCount.objects.filter(requirement=requirement, day=base, unit__in=among(here))
            .annotate(stale=Exists(_stale()))
            .values_list("unit", "stale", *COUNTED)
        ),
    )
    if not stored or any(stale for _unit, stale, *_numbers in stored):
        return None
    counts: dict[object, Counter] = defaultdict(Counter)
    for unit, _stale_now, *numbers in stored:
        counts[unit].update(dict(zip(COUNTED, numbers, strict=True)))
    for unit, told, people in changed:
        for what in counted_as(*told):
            counts[unit][what] += people
    counts["total"] = counts.pop(where.unit.pk, Counter())
    return counts | _directly(requirement, where, as_of)


def _stale() -> QuerySet[StaleCount]:
    return StaleCount.objects.filter(requirement=OuterRef("requirement"), since__lte=OuterRef("day"))


def _last_counted(requirement: Requirement, where: Places, as_of: date) -> date | None:
    """The last day up to `as_of` whose count holds; all units are counted together, and a unit without anybody has no
    row, so those above it are asked too.
    """

    def latest() -> QuerySet:
        path = Reach.objects.filter(covering(where.geography), unit=where.unit.pk).values("ancestor")
        days = DailyCount.objects.filter(day__lte=as_of, day__gt=as_of - FURTHEST)
        days = days.filter(~Exists(_stale()), requirement=requirement, unit__in=path)
        return days.order_by("-day").values_list("day")[:1]

    found = rows_of(("last counted", requirement.pk, where.unit.pk, where.geography, as_of), latest)
    return found[0][0] if found else None


def _directly(requirement: Requirement, where: Places, as_of: date) -> Tally:
    """Of those who count at the unit itself: few, and the daily counts do not tell them from those below."""

    def here() -> QuerySet[Standing]:
        then = covering(where.geography, "unit__reaches__start", "unit__reaches__end")
        at = {"unit__reaches__ancestor": where.unit.pk, "unit__reaches__depth": 0}
        return Standing.objects.filter(covering(as_of), then, requirement=requirement, **at).order_by()

    key = ("directly", requirement.pk, where.unit.pk, where.geography, as_of)
    counts: dict[object, Counter] = defaultdict(Counter)
    people_of: dict[object, dict[int, tuple]] = defaultdict(dict)
    alone, several = _split(key, here, "unit__reaches__undivided")
    for split, *told, people in alone:
        for place in (None, "undivided") if split else (None,):
            for what in counted_as(*told):
                counts[place][what] += people
    for person, split, *told in several:
        for place in (None, "undivided") if split else (None,):
            people_of[place][person] = tuple(told)
    for each, standings in people_of.items():
        counts[each].update(what for told in standings.values() for what in counted_as(*told))
    return counts


def _split(key: tuple, here: Callable[[], QuerySet[Standing]], place: str) -> tuple[list[tuple], list[tuple]]:
    """(place, state, unapproved, knowledge, people) of who counts in one unit, and (person, place, state, unapproved,
    knowledge) of who counts in several; one query. `key` says all on which `here()` depends.
    """

    def both() -> QuerySet:
        found = here().annotate(place=F(place))
        nobody = Value(None, BigIntegerField())
        grouped = found.filter(shared=False).values("place", *TOLD).annotate(who=nobody, people=Count("*"))
        named = found.filter(shared=True).annotate(who=F("person_id"), people=Value(1, BigIntegerField()))
        columns = ("place", *TOLD, "who", "people")
        return grouped.values_list(*columns).union(named.values_list(*columns), all=True)

    rows = rows_of(key, both)
    alone = [(*what, people) for *what, person, people in rows if person is None]
    return alone, [(person, *what) for *what, person, _people in rows if person is not None]


def _changed(
    requirement: Requirement, here: list[int], geography: date, base: date, as_of: date
) -> Iterator[tuple[int, tuple, int]]:
    """(one of the units `here`, (state, unapproved, knowledge), people more or less) from `base` to `as_of`; one query,
    and one more where something changed.

    Who counts in several units at once is told by person: all that holds for her on either day, since it is not
    known before whether another unit below the same one holds her still.
    """
    rows = rows_of(("changed", requirement.pk, base, as_of), lambda: _changes(requirement, base, as_of))
    if not rows:
        return
    # joined with what changed, a database may read all that was ever said of these units
    reached = Reach.objects.filter(covering(geography), unit__in=among({unit for unit, *_what in rows}))
    above: dict[int, list[int]] = defaultdict(list)
    for unit, at in reached.filter(ancestor__in=among(here)).values_list("unit", "ancestor"):
        above[unit].append(at)
    people_of: dict[tuple[int, int], dict[int, tuple]] = defaultdict(dict)
    for unit, *told, more, who, people in rows:
        for place in above[unit]:
            if who is None:
                yield place, tuple(told), more * people
            else:
                people_of[place, more][who] = tuple(told)
    for (place, more), standings in people_of.items():
        for what in standings.values():
            yield place, what, more


def _changes(requirement: Requirement, base: date, as_of: date) -> QuerySet:
    """(unit, state, unapproved, knowledge, 1 of what holds on `as_of` or -1 on `base`, person or None, people)."""
    rows = Standing.objects.filter(requirement=requirement).order_by()
    began = rows.filter(covering(as_of), start__gt=base)
    ended = rows.filter(end__gte=base, end__lt=as_of, start__lte=base)
    movers = began.filter(shared=True).values("person").union(ended.filter(shared=True).values("person"))
    several = rows.filter(shared=True, person__in=movers)
    nobody, columns = Value(None, BigIntegerField()), ("unit_id", *TOLD, "more", "who", "people")

    def counted(some: QuerySet[Standing], more: int) -> QuerySet:
        grouped = some.filter(shared=False).values("unit_id", *TOLD)
        return grouped.annotate(more=_sign(more), who=nobody, people=Count("*")).values_list(*columns)

    def named(some: QuerySet[Standing], more: int) -> QuerySet:
        return some.annotate(more=_sign(more), who=F("person_id"), people=_sign(1)).values_list(*columns)

    # PostgreSQL takes the type of `who` from the first two, where NULL says none
    after, before = several.filter(covering(as_of)), several.filter(covering(base))
    return named(after, 1).union(named(before, -1), counted(began, 1), counted(ended, -1), all=True)


def _sign(number: int) -> Value:
    return Value(number, BigIntegerField())
