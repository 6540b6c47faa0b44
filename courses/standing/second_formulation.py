"""Checks the derived tables: recomputes everything from the facts and compares.

On each day on which a fact or a standing of somebody begins or ends, the standings of these people are compared with
`courses.standing.recount`; between two such days nothing can change in either. The daily counts are compared with the
recomputed people, placed by the units' paths instead of the table `Reach`, which is compared with the paths too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from courses.requirements.requirement import Requirement
from courses.standing.checking.day_by_day import DayByDay
from courses.standing.checking.turning_days import TurningDays
from courses.standing.standing import DailyCount, Standing, State
from people.postings.coverage import written
from people.times import covering
from people.units.successions import Reach, current_map
from people.units.unit import Unit

DAY = timedelta(days=1)
# above this number it is quicker to read all people than to filter by id
MANY = 10_000
# (unit id, state, unapproved, knowledge) of one person on one day
Places = frozenset[tuple[int, str, bool, str]]

NUMBERS = (*(state.value for state in State), "unapproved", "still_knows", "to_review")


def differences(progress: Callable[[int, int], None] | None = None) -> Iterator[str]:
    """One sentence for each difference, by requirement and day. Calls `progress(done, of)` after each day."""
    yield from _compare_map()
    work = [(requirement, TurningDays(requirement)) for requirement in Requirement.objects.all()]
    of, done = sum(len(turning.all) for _requirement, turning in work), 0
    for requirement, turning in work:
        counts, recount = _Counts(requirement), DayByDay(requirement)
        for day, following in zip(turning.all, [*turning.all[1:], None], strict=True):
            people = None if day in turning.everybody else turning.people.get(day, set())
            yield from _compare_people(recount, day, people, counts)
            if day in turning.map or day == turning.all[0]:
                counts.turn_map(day)
            yield from counts.compare(day, following)
            done += 1
            if progress:
                progress(done, of)


def _compare_map() -> Iterator[str]:
    columns = ("unit_id", "ancestor_id", "depth", "start", "end", "undivided")
    different = set(Reach.objects.values_list(*columns)) ^ {tuple(row) for row in current_map().rows()}
    codes = Unit.every.filter(pk__in={row[0] for row in different}).order_by("code", "valid_from")
    for code, start in codes.values_list("code", "valid_from"):
        params = {"code": code, "day": written(start)}
        yield _("Đơn vị %(code)s (từ %(day)s): bảng vị trí trên bản đồ khác với danh mục đơn vị.") % params


def _compare_people(recount: DayByDay, day: date, people: set[int] | None, counts: "_Counts") -> Iterator[str]:
    """Compares these people (None: everybody) on the day, and updates their recomputed places in `counts`."""
    if people is not None and not people:
        return
    requirement = recount.requirement
    everybody = people is None or len(people) > MANY
    only = Q() if everybody else Q(person__in=people)
    recomputed = _by_person(recount.on(day, None if everybody else people))
    standings = Standing.objects.filter(covering(day), only, requirement=requirement)
    stored = _by_person(standings.values_list("person_id", "unit_id", "state", "unapproved", "knowledge"))
    counts.move(recomputed, None if everybody else people)
    different = sorted(p for p in stored.keys() | recomputed.keys() if stored.get(p) != recomputed.get(p))
    if different:
        yield from _sentences(
            requirement, day, {p: (stored.get(p, frozenset()), recomputed.get(p, frozenset())) for p in different}
        )


def _by_person(rows: Iterable[tuple[int, int, str, bool, str]]) -> dict[int, Places]:
    places: dict[int, set[tuple[int, str, bool, str]]] = defaultdict(set)
    for person, unit, state, unapproved, knowledge in rows:
        places[person].add((unit, state, bool(unapproved), knowledge))
    return {person: frozenset(unit_states) for person, unit_states in places.items()}


def _sentences(requirement: Requirement, day: date, different: dict[int, tuple[Places, Places]]) -> Iterator[str]:
    names = dict(get_user_model().objects.filter(pk__in=different).values_list("pk", "staff_code"))
    units = {unit for both in different.values() for places in both for unit, *_state in places}
    codes = dict(Unit.every.filter(pk__in=units).values_list("pk", "code"))
    for person, (stored, recomputed) in different.items():
        stored_states, recomputed_states = _states(stored - recomputed), _states(recomputed - stored)
        for unit in sorted(stored_states.keys() | recomputed_states.keys()):
            yield _("%(key)s, %(day)s: %(person)s ở đơn vị %(unit)s đang ghi %(kept)s, tính lại là %(told)s.") % {
                "key": requirement.key,
                "day": written(day),
                "person": names[person],
                "unit": codes[unit],
                "kept": stored_states.get(unit, "–"),
                "told": recomputed_states.get(unit, "–"),
            }


def _states(places: Places) -> dict[int, str]:
    """By unit: the state as the sentence names it."""
    return {
        unit: " ".join([state, *(["(unapproved)"] if unapproved else []), *([f"({knowledge})"] if knowledge else [])])
        for unit, state, unapproved, knowledge in places
    }


class _Counts:
    """Recomputed distinct people by unit and state, updated from day to day and compared with the daily counts."""

    def __init__(self, requirement: Requirement):
        self.requirement = requirement
        self.places: dict[int, Places] = {}
        self.paths: dict[int, tuple[int, ...]] = {}
        self.map = current_map()
        self.counts: dict[int, Counter] = defaultdict(Counter)
        stored = DailyCount.objects.filter(requirement=requirement).aggregate(first=Min("day"), last=Max("day"))
        self.first, self.last = stored["first"], stored["last"]
        # stale days, which the clock will count again, are not compared
        stale = requirement.stale_counts.aggregate(since=Min("since"))["since"]
        if stale and self.last:
            # since ever: after an upgrade that counts all of them again
            self.last = min(self.last, max(stale, date.min + DAY) - DAY)

    def move(self, recomputed: dict[int, Places], people: set[int] | None) -> None:
        """Sets the places of `people` (None: everybody); those missing in `recomputed` have none."""
        for person in {*self.places, *recomputed} if people is None else people:
            before, after = self.places.pop(person, frozenset()), recomputed.get(person, frozenset())
            if after:
                self.places[person] = after
            if before != after:
                self._add(before, -1)
                self._add(after, 1)

    def turn_map(self, day: date) -> None:
        self.paths = {unit: stretch.path for unit, stretch in self.map.paths_on(day).items()}
        self.counts.clear()
        for places in self.places.values():
            self._add(places, 1)

    def _add(self, places: Places, people: int) -> None:
        placed = {
            (above, state, unapproved, knowledge)
            for unit, state, unapproved, knowledge in places
            for above in self.paths.get(unit, ())
        }
        for ancestor, state, unapproved, knowledge in placed:
            for what in _told_of(state, unapproved, knowledge):
                self.counts[ancestor][what] += people

    def compare(self, day: date, following: date | None) -> Iterator[str]:
        """Compares every counted day from `day` to the day before `following`."""
        if self.first is None:
            return
        first, last = max(day, self.first), min(following - DAY if following else self.last, self.last)
        if first > last:
            return
        recomputed = {unit: self._numbers(states) for unit, states in self.counts.items() if any(states.values())}
        stored: dict[date, dict[int, dict[str, int]]] = defaultdict(dict)
        columns = ("required", *NUMBERS)
        rows = DailyCount.objects.filter(requirement=self.requirement, day__gte=first, day__lte=last)
        for on, unit, *numbers in rows.values_list("day", "unit_id", *columns):
            stored[on][unit] = dict(zip(columns, numbers, strict=True))
        while first <= last:
            yield from self._compare_day(first, stored[first], recomputed)
            first += DAY

    def _numbers(self, states: Counter) -> dict[str, int]:
        required = sum(states[state.value] for state in State if state.value != "excused")
        return {"required": required, **{what: states[what] for what in NUMBERS}}

    def _compare_day(self, day: date, stored: dict, recomputed: dict) -> Iterator[str]:
        different = [unit for unit in stored.keys() | recomputed.keys() if stored.get(unit) != recomputed.get(unit)]
        codes = dict(Unit.every.filter(pk__in=different).values_list("pk", "code")) if different else {}
        for unit in sorted(different):
            yield _("%(key)s, %(day)s: số liệu của đơn vị %(unit)s đang ghi %(kept)s, tính lại là %(told)s.") % {
                "key": self.requirement.key,
                "day": written(day),
                "unit": codes[unit],
                "kept": _in_words(stored.get(unit)),
                "told": _in_words(recomputed.get(unit)),
            }


def _told_of(state: str, unapproved: bool, knowledge: str) -> Iterator[str]:
    yield state
    if unapproved:
        yield "unapproved"
    if knowledge:
        yield knowledge


def _in_words(counts: dict[str, int] | None) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items() if number) if counts else "–"
