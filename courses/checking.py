"""Proof that the derived tables are right: everything told a second time, from the facts, and compared.

On each day on which anything begins or ends, by a fact or by a standing, the people of `courses.recount` are held
against the standings; between two such days nothing can change in either. The daily counts are held against the same
people, placed by the units' own paths instead of the table `Reach`.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Max, Min
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.completion import Completion, Void
from courses.progress import LessonSeen
from courses.recount import lapsed_up_to, standing_on
from courses.standing import DailyCount, Standing, State
from courses.targets import Excuse, Requirement, RequirementRule
from people.coverage import written
from people.postings import Posting
from people.records import covering
from people.successions import Reach, Succession, current_map
from people.units import Unit

DAY = timedelta(days=1)
People = set[tuple[int, int, str]]


def differences(progress: Callable[[int, int], None] | None = None) -> Iterator[str]:
    """One sentence for each thing that differs, in order of requirement and day. Calls `progress(done, of)` a day."""
    work = [(requirement, turning_days(requirement)) for requirement in Requirement.objects.all()]
    of, done = sum(len(days) for _requirement, days in work), 0
    yield from _compare_map()
    for requirement, days in work:
        counted = _DailyCounts(requirement, days)
        for day in days:
            told = set(standing_on(requirement, day))
            yield from _compare_people(requirement, day, told)
            yield from counted.compare(day, told)
            done += 1
            if progress:
                progress(done, of)


def _compare_map() -> Iterator[str]:
    columns = ("unit_id", "ancestor_id", "depth", "start", "end", "undivided")
    different = set(Reach.objects.values_list(*columns)) ^ {tuple(row) for row in current_map().rows()}
    codes = Unit.objects.filter(pk__in={row[0] for row in different}).order_by("code", "valid_from")
    for code, start in codes.values_list("code", "valid_from"):
        told = {"code": code, "day": written(start)}
        yield _("Đơn vị %(code)s (từ %(day)s): bảng vị trí trên bản đồ khác với danh mục đơn vị.") % told


def turning_days(requirement: Requirement) -> list[date]:
    """Every day on which a fact, a standing or the map turns, in order."""
    days: set[date] = set()
    rules = RequirementRule.objects.current().filter(requirement=requirement)
    for rule in rules:
        days |= {rule.effective_from or rule.deadline, rule.deadline + DAY}
    _add_spans(days, Posting.objects.current().filter(duties__in=rules.values("duty")))
    _add_spans(days, Excuse.objects.current().filter(requirement=requirement))
    _add_spans(days, Standing.objects.filter(requirement=requirement))
    courses = rules.values("course_key")
    made = Completion.objects.current().filter(course_key__in=courses)
    days |= _column(made, "completed_on")
    for rule in rules:
        done = Completion.objects.current().filter(course_key=rule.course_key)
        if rule.validity_months:
            days |= {_first_lapsed(day, rule.validity_months) for day in _column(done, "completed_on")}
        if rule.grace_days:
            held = Posting.objects.current().filter(duties=rule.duty)
            days |= {start + (rule.grace_days + 1) * DAY for start in _column(held, "start")}
    days |= _column(Void.objects.current().filter(completion__in=made), "on")
    seen = LessonSeen.objects.filter(course_key__in=courses)
    days |= _column(seen.annotate(day=TruncDate("seen_at", tzinfo=timezone.get_default_timezone())), "day")
    _add_spans(days, Unit.objects.all(), "valid_from", "valid_to")
    days |= _column(Succession.objects.current(), "on")
    if first := DailyCount.objects.filter(requirement=requirement).aggregate(first=Min("day"))["first"]:
        days.add(first)
    return sorted(days)


def _column(rows, name: str) -> set[date]:
    return set(rows.order_by().values_list(name, flat=True).distinct())


def _add_spans(days: set[date], rows, start: str = "start", end: str = "end") -> None:
    days |= _column(rows, start)
    days |= {day + DAY for day in _column(rows, end) if day and day < date.max}


def _first_lapsed(made: date, months: int) -> date:
    day = made + timedelta(days=28 * months)
    while lapsed_up_to(day, months) < made:
        day += DAY
    return day


def _compare_people(requirement: Requirement, day: date, told: People) -> Iterator[str]:
    standing = Standing.objects.filter(covering(day), requirement=requirement)
    kept = set(standing.values_list("person_id", "unit_id", "state"))
    if kept == told:
        return
    ids = {person for person, _unit, _state in kept ^ told}
    names = dict(get_user_model().objects.filter(pk__in=ids).values_list("pk", "staff_code"))
    units = dict(Unit.objects.filter(pk__in={unit for _person, unit, _state in kept ^ told}).values_list("pk", "code"))
    kept_states, told_states = ({(p, u): s for p, u, s in rows} for rows in (kept - told, told - kept))
    for person, unit in sorted(kept_states.keys() | told_states.keys()):
        yield _("%(key)s, %(day)s: %(person)s ở đơn vị %(unit)s đang ghi %(kept)s, tính lại là %(told)s.") % {
            "key": requirement.key,
            "day": written(day),
            "person": names.get(person, person),
            "unit": units.get(unit, unit),
            "kept": kept_states.get((person, unit), "–"),
            "told": told_states.get((person, unit), "–"),
        }


class _DailyCounts:
    """The counted days of one requirement, held against the people of the turning day before each."""

    def __init__(self, requirement: Requirement, turning: list[date]):
        self.requirement, self.turning = requirement, turning
        self.map = current_map()
        stored = DailyCount.objects.filter(requirement=requirement).aggregate(first=Min("day"), last=Max("day"))
        self.first, self.last = stored["first"], stored["last"]
        # days after a change that has not been counted again yet prove nothing
        stale = requirement.stale_counts.aggregate(since=Min("since"))["since"]
        if stale and self.last:
            self.last = min(self.last, stale - DAY)

    def compare(self, day: date, people: People) -> Iterator[str]:
        """Compares every counted day from `day` to the day before the next turning day."""
        if self.first is None:
            return
        place = bisect_right(self.turning, day)
        until = self.turning[place] - DAY if place < len(self.turning) else self.last
        first, last = max(day, self.first), min(until, self.last)
        if first > last:
            return
        told = self._count(people, first)
        kept: dict[date, dict[int, dict[str, int]]] = defaultdict(dict)
        columns = ("required", *(s.value for s in State))
        rows = DailyCount.objects.filter(requirement=self.requirement, day__gte=first, day__lte=last)
        for on, unit, *numbers in rows.values_list("day", "unit_id", *columns):
            kept[on][unit] = dict(zip(columns, numbers, strict=True))
        while first <= last:
            yield from self._compare_day(first, kept[first], told)
            first += DAY

    def _count(self, people: Iterable[tuple[int, int, str]], day: date) -> dict[int, dict[str, int]]:
        """{unit: states} in distinct people at the unit and below; units with nobody are left out."""
        paths = self.map.paths_on(day)
        below: dict[int, dict[int, str]] = defaultdict(dict)
        for person, unit, state in people:
            if unit in paths:
                for ancestor in paths[unit].path:
                    below[ancestor][person] = state
        counts = {}
        for unit, states in below.items():
            numbers = Counter(states.values())
            required = len(states) - numbers["excused"]
            counts[unit] = {"required": required, **{s.value: numbers[s.value] for s in State}}
        return counts

    def _compare_day(self, day: date, kept: dict, told: dict) -> Iterator[str]:
        different = [unit for unit in kept.keys() | told.keys() if kept.get(unit) != told.get(unit)]
        codes = dict(Unit.objects.filter(pk__in=different).values_list("pk", "code")) if different else {}
        for unit in sorted(different):
            yield _("%(key)s, %(day)s: số liệu của đơn vị %(unit)s đang ghi %(kept)s, tính lại là %(told)s.") % {
                "key": self.requirement.key,
                "day": written(day),
                "unit": codes[unit],
                "kept": _numbers(kept.get(unit)),
                "told": _numbers(told.get(unit)),
            }


def _numbers(counts: dict[str, int] | None) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items() if number) if counts else "–"
