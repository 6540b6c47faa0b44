"""The figure behind every percentage: required and completed people on any day, on any map, as known on any day."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import BigIntegerField, Count, F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.requirements.requirement import Requirement
from courses.standing import recount
from courses.standing.standing import Standing, State
from people.postings.coverage import (
    Confirmed,
    CoverageError,
    Places,
    confirmations,
    percent,
    places,
    roster_changed,
    roster_size,
    under,
    written,
)
from people.times import covering

__all__ = ["Coverage", "CoverageError", "Explanation", "Figure", "coverage", "explain"]


# parts of those completed
OF_COMPLETED = ("unapproved", "still_knows", "to_review", "not_known")


@dataclass(frozen=True)
class Figure:
    """Distinct people at one unit and below, by state; code None is "Trực thuộc", those at the unit itself."""

    code: str | None
    name: str
    completed: int = 0
    expired: int = 0
    in_progress: int = 0
    overdue: int = 0
    not_started: int = 0
    excused: int = 0
    unconfirmed_units: int = 0
    # confirmed, but the roster changed since; looked up only where everybody completed and every unit confirmed
    changed_units: int = 0
    # of the completed: those who rest on content that was not approved on the day of their completion
    unapproved: int = 0
    # of the completed, by the latest answered re-test of their completion
    still_knows: int = 0
    to_review: int = 0

    @property
    def not_known(self) -> int:
        """Of the completed: not due, not asked or not answered."""
        return self.completed - self.still_knows - self.to_review

    @property
    def required(self) -> int:
        return self.completed + self.expired + self.in_progress + self.overdue + self.not_started

    @property
    def percent(self) -> float | None:
        return percent(self.completed, self.required)

    @property
    def is_whole(self) -> bool:
        """All completed and every unit confirmed its roster as it is; only then is a bare "100 %" shown."""
        is_confirmed = not self.unconfirmed_units and not self.changed_units
        return self.required > 0 and self.completed == self.required and is_confirmed

    def counts(self) -> dict:
        keys = ("required", "completed", "expired", "in_progress", "overdue", "not_started", "excused")
        return {key: getattr(self, key) for key in (*keys, "unconfirmed_units", "percent", *OF_COMPLETED)}


@dataclass(frozen=True)
class Coverage:
    requirement: Requirement
    as_of: date
    geography: date
    known_on: date
    places: Places
    total: Figure
    children: tuple[Figure, ...]
    # the required people who count at the unit only because theirs was split without an heir ("chưa phân")
    undivided: int
    # whether it was recounted as known on a past day
    is_recount: bool = False
    # of the unit's own roster, without those below; None where nobody confirmed it
    confirmation: Confirmed | None = None
    own_roster_changed: bool = False

    @property
    def changed_units(self) -> dict[str | None, int]:
        """By code of the child that has some, for the pages; the contract does not tell it."""
        return {child.code: child.changed_units for child in self.children if child.changed_units}

    def as_dict(self) -> dict:
        """The contract of `coverage --format json`; each child has the same keys except `children`."""
        days = {
            "requirement": self.requirement.key,
            "as_of": self.as_of.isoformat(),
            "geography": self.geography.isoformat(),
            "known_on": _iso(self.known_on),
        }

        def figure(one: Figure) -> dict:
            return {**days, "unit": {"code": one.code, "name": one.name}, **one.counts()}

        return {**figure(self.total), "children": [figure(child) for child in self.children]}


def _iso(known_on: date) -> str:
    """A moment is told by the clock of Asia/Ho_Chi_Minh."""
    return (timezone.localtime(known_on) if isinstance(known_on, datetime) else known_on).isoformat()


def coverage(
    requirement: str | Requirement,
    *,
    unit: str | Places | None = None,
    as_of: date | None = None,
    geography: date | None = None,
    known_on: date | None = None,
) -> Coverage:
    """The figure of a unit and of each unit one level down; a constant number of queries. Raises CoverageError.

    `unit` is a code on the geography date (None: the root) or the unit's `places` on that day's map, as known now.
    `as_of` None is today, `geography` None is `as_of`, `known_on` None is now; an aware datetime is a moment.
    """
    today = timezone.localdate()
    as_of = as_of or today
    geography = geography or as_of
    if geography < as_of:
        params = {"geography": written(geography), "as_of": written(as_of)}
        reason = _("Bản đồ ngày %(geography)s không được trước ngày số liệu %(as_of)s; hãy chọn từ ngày đó trở đi.")
        raise CoverageError(reason % params)
    past = _past(known_on, today)
    requirement = _requirement(requirement)
    if isinstance(unit, Places) and past:
        unit = unit.unit.code  # the map as known then may differ
    where = unit if isinstance(unit, Places) else places(unit, geography, past)
    rows = _known_rows(requirement, where, as_of, past) if past else _live_rows(requirement, where, as_of)
    return _assembled(requirement, where, as_of, known_on or today, past, _tally(where, *rows))


def _past(known_on: date | None, today: date) -> date | None:
    """The day or the moment to recount by; None where it is now. Raises CoverageError for one to come."""
    is_moment = isinstance(known_on, datetime)
    if known_on and known_on > (timezone.now() if is_moment else today):
        params = {"day": written(known_on)}
        reason = _("Không thể biết dữ liệu của thời điểm %(day)s trong tương lai; hãy chọn đến bây giờ.")
        if not is_moment:
            reason = _("Không thể biết dữ liệu của ngày %(day)s trong tương lai; hãy chọn đến hôm nay.")
        raise CoverageError(reason % params)
    return known_on if is_moment or (known_on and known_on < today) else None


def _requirement(key: str | Requirement) -> Requirement:
    if isinstance(key, Requirement):
        return key
    requirement = Requirement.objects.filter(key=key).first()
    if requirement is None:
        known = ", ".join(Requirement.objects.values_list("key", flat=True)) or "–"
        params = {"key": key, "known": known}
        raise CoverageError(_("Không có yêu cầu tập huấn “%(key)s”; hiện có: %(known)s.") % params)
    return requirement


Alone = Iterable[tuple[int, str, bool, str, int]]
Several = Iterable[tuple[int, int, str, bool, str]]
UNAPPROVED = "unapproved"


def _live_rows(requirement: Requirement, where: Places, as_of: date) -> tuple[Alone, Several]:
    """From the standings: (unit, state, unapproved, knowledge, people) of those in one unit, and of those in several
    (person, unit, state, unapproved, knowledge).

    One query of two halves: people in a single unit are counted by the database.
    """
    here = Standing.objects.filter(
        covering(as_of), under(where.unit.pk, where.geography), requirement=requirement
    ).order_by()
    nobody = Value(None, BigIntegerField())
    told = ("unit_id", "state", "unapproved", "knowledge")
    grouped = here.filter(shared=False).values(*told).annotate(who=nobody, people=Count("*"))
    named = here.filter(shared=True).annotate(who=F("person_id"), people=Value(1, BigIntegerField()))
    columns = (*told, "who", "people")
    rows = list(grouped.values_list(*columns).union(named.values_list(*columns), all=True))
    alone = [(*what, people) for *what, person, people in rows if person is None]
    return alone, [(person, *what) for *what, person, _people in rows if person is not None]


def _known_rows(requirement: Requirement, where: Places, as_of: date, known_on: date) -> tuple[Alone, Several]:
    return recount.counted_on(requirement, as_of, known_on, _within(where))


def _within(where: Places) -> Q:
    return under(where.unit.pk, where.geography) if where.in_table else Q(unit__in=list(where.child_of))


def _tally(where: Places, alone: Alone, several: Several) -> Mapping[object, Counter]:
    """Distinct people by state; the keys are the child's id, None for the unit itself, "total" for all.

    "undivided" are those of the people at the unit itself whose units were split without an heir. Beside the states
    each counts, once more, UNAPPROVED and what is known of them.
    """
    split = {unit for unit in where.undivided if where.child_of[unit] is None}
    counts: dict[object, Counter] = defaultdict(Counter)
    for unit, state, unapproved, knowledge, people in alone:
        for place in (where.child_of[unit], "total", *(["undivided"] if unit in split else [])):
            for what in _counted_as(state, unapproved, knowledge):
                counts[place][what] += people
    people_of: dict[object, dict[int, tuple[str, bool, str]]] = defaultdict(dict)
    for person, unit, state, unapproved, knowledge in several:
        for place in (where.child_of[unit], "total", *(["undivided"] if unit in split else [])):
            people_of[place][person] = state, unapproved, knowledge
    for each, standings in people_of.items():
        counts[each].update(what for standing in standings.values() for what in _counted_as(*standing))
    return counts


def _counted_as(state: str, unapproved: bool, knowledge: str) -> list[str]:
    return [state, *([UNAPPROVED] if unapproved else []), *([knowledge] if knowledge else [])]


def _assembled(requirement, where: Places, as_of: date, known_on: date, past: date | None, counts) -> Coverage:
    given = confirmations(where, as_of, past)
    missing = Counter(where.child_of[pk] for pk, one in given.items() if one is None)

    def figure(place, code, name, missing_units) -> Figure:
        kinds = (*(state.value for state in State), UNAPPROVED, "still_knows", "to_review")
        return Figure(code, name, **{kind: counts[place][kind] for kind in kinds}, unconfirmed_units=missing_units)

    children = [figure(child.pk, child.code, child.name, missing[child.pk]) for child in where.children]
    children.append(figure(None, None, _("Trực thuộc"), missing[None]))
    total = figure("total", where.unit.code, where.unit.name, missing.total())
    code_of = {child.pk: child.code for child in where.children} | {None: None}
    whole = {child.code for child in children if total.is_whole or child.is_whole}
    # the unit's own roster is told of on its page
    asked = {pk for pk in given if pk == where.unit.pk or code_of[where.child_of[pk]] in whole}
    changed = roster_changed(where, as_of, {pk: one.at for pk, one in given.items() if one and pk in asked}, past)
    codes = Counter(code_of[where.child_of[pk]] for pk in changed)
    children = [replace(child, changed_units=codes[child.code] if child.code in whole else 0) for child in children]
    total = replace(total, changed_units=codes.total() if total.is_whole else 0)
    return Coverage(
        requirement,
        as_of,
        where.geography,
        known_on,
        where,
        total=total,
        children=tuple(children),
        undivided=sum(counts["undivided"][state] for state in State if state != State.EXCUSED),
        is_recount=past is not None,
        confirmation=given.get(where.unit.pk),
        own_roster_changed=where.unit.pk in changed,
    )


@dataclass(frozen=True)
class Explanation:
    """roster − without_duty − excused = required, in distinct people who hold a posting on the day."""

    roster: int
    without_duty: int
    excused: int
    required: int


def explain(figure: Coverage) -> Explanation:
    """How the denominator is computed; one more query."""
    past = figure.known_on if figure.is_recount else None
    roster = roster_size(figure.places, figure.as_of, past)
    total = figure.total
    return Explanation(roster, roster - total.required - total.excused, total.excused, total.required)
