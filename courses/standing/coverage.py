"""The figure behind every percentage: required and completed people on any day, on any map, as known on any day."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.requirements.requirement import Requirement
from courses.standing import recount
from courses.standing.spans import State
from courses.standing.standing import COUNTED
from courses.standing.tallies import Tally, from_daily_counts, of_everybody, tally
from courses.standing.unheld import WITHOUT_COMMUNES, by_child, communes_without
from people.postings.coverage import CoverageError, Places, percent, places, under, written
from people.postings.rosters import (
    Confirmed,
    confirmation_of,
    confirmations,
    roster_changed,
    roster_size,
    unconfirmed_below,
)

__all__ = ["Coverage", "CoverageError", "Explanation", "Figure", "coverage", "explain"]


# so many people are read as everybody
MANY = 2000
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
    # communes where nobody holds the duty; looked up only where everybody completed
    unheld_units: int = 0
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
    def is_full(self) -> bool:
        """All completed, of those who are named."""
        return self.required > 0 and self.completed == self.required

    @property
    def is_whole(self) -> bool:
        """All completed, every unit confirmed its roster as it is, and no commune named nobody; only then is a bare
        "100 %" shown.
        """
        return self.is_full and not (self.unconfirmed_units or self.changed_units or self.unheld_units)

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

    @property
    def unheld_units(self) -> dict[str | None, int]:
        """The same of communes where nobody holds the duty."""
        return {child.code: child.unheld_units for child in self.children if child.unheld_units}

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
    if past:
        counts = _known(requirement, where, as_of, past)
    else:
        counted = from_daily_counts(requirement, where, as_of) if as_of <= today else None
        counts = of_everybody(requirement, where, as_of) if counted is None else counted
    return _assembled(requirement, where, as_of, known_on or today, past, counts)


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


def _known(requirement: Requirement, where: Places, as_of: date, known_on: date) -> Tally:
    within = under(where.unit.pk, where.geography) if where.in_table else Q(unit__in=list(where.child_of))
    return tally(where, *recount.counted_on(requirement, as_of, known_on, within))


def _assembled(requirement, where: Places, as_of: date, known_on: date, past: date | None, counts: Tally) -> Coverage:
    rosters = Rosters(where, as_of, past)

    def figure(place, code, name, unconfirmed) -> Figure:
        return Figure(code, name, **{kind: counts[place][kind] for kind in COUNTED}, unconfirmed_units=unconfirmed)

    missing = rosters.unconfirmed
    children = [figure(child.pk, child.code, child.name, missing[child.pk]) for child in where.children]
    children.append(figure(None, None, _("Trực thuộc"), missing[None]))
    total = figure("total", where.unit.code, where.unit.name, missing.total())
    pk_of: dict[str | None, int] = {child.code: child.pk for child in where.children}
    whole = {child.code for child in children if total.is_whole or child.is_whole}
    changed = rosters.changed({pk_of[code] for code in whole if code})
    codes = Counter({code: changed[pk_of.get(code)] for code in whole})
    unheld = _unheld(requirement, where, as_of, past, [total, *children])
    children = [
        replace(child, changed_units=codes[child.code], unheld_units=unheld[child.code] if child.is_full else 0)
        for child in children
    ]
    total = replace(
        total,
        changed_units=codes.total() if total.is_whole else 0,
        unheld_units=unheld.total() if total.is_full else 0,
    )
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
        confirmation=rosters.own,
        own_roster_changed=bool(changed[None]),
    )


def _unheld(
    requirement: Requirement, where: Places, as_of: date, past: date | None, figures: Collection[Figure]
) -> Counter[str | None]:
    """By code of the child, the communes where nobody holds the duty; no query unless all of a unit that has communes
    below it completed.
    """
    kinds = {child.code: child.kind for child in where.children} | {where.unit.code: where.unit.kind, None: ""}
    full = {figure.code for figure in figures if figure.code and figure.is_full}
    rule = None
    if where.children and any(kinds[code] not in WITHOUT_COMMUNES for code in full):
        rule = recount.rule_on(requirement, as_of, past)
    if rule is None:
        return Counter()
    told = by_child(where, communes_without(where, rule.duty_id, as_of, past))
    codes = {child.pk: child.code for child in where.children}
    return Counter({codes[pk]: number for pk, number in told.items() if pk in codes})


class Rosters:
    """Confirmed rosters at and below a unit: of those below only the number that is missing, as known now."""

    def __init__(self, where: Places, as_of: date, past: date | None):
        self.where, self.as_of, self.past = where, as_of, past
        if where.in_table and not past:
            self.unconfirmed = unconfirmed_below(where, as_of)
            self.own = confirmation_of(where, as_of)
        else:
            self.given = confirmations(where, as_of, past)
            self.unconfirmed = Counter(where.child_of[pk] for pk, one in self.given.items() if one is None)
            self.own = self.given.get(where.unit.pk)

    def changed(self, whole: Collection[int]) -> Counter[int | None]:
        """By child, how many confirmed rosters are others now: of the children `whole`, and the unit's own (None)."""
        where = self.where
        if not where.in_table or self.past:
            given = {pk: one for pk, one in self.given.items() if where.child_of[pk] in {*whole, None}}
        else:
            given = confirmations(where, self.as_of, below=whole) if whole else {}
            given[where.unit.pk] = self.own
        at = {pk: one.at for pk, one in given.items() if one}
        changed = roster_changed(where, self.as_of, at, self.past)
        # of a unit below, `child_of` reads the whole map, which is seldom needed
        below = changed - {where.unit.pk}
        own = [None] * (where.unit.pk in changed)
        return Counter([*own, *(where.child_of[pk] for pk in below)])


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
    total = figure.total
    roster = roster_size(figure.places, figure.as_of, past, many=total.required + total.excused > MANY)
    return Explanation(roster, roster - total.required - total.excused, total.excused, total.required)
