"""What a reader who may not see names reads of a unit: published month ends, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from courses.month_ends.month_end import MonthEnd
from courses.requirements.requirement import Requirement
from courses.standing.coverage import OF_COMPLETED
from courses.standing.spans import State
from people.postings.coverage import Named, percent
from people.rights import scope
from people.units.unit import COMMUNE_KINDS

PEOPLE = (*(state.value for state in State), *OF_COMPLETED)


@dataclass(frozen=True)
class UnitMonth:
    """`figures` and each of `children` have the keys of the contract of `coverage`; a count that is not told is None.

    `figures` is None where nothing of the unit is told. `line` counts the children that are not told one by one, whose
    names are `in_line`; None if there are none.
    """

    requirement: Requirement
    unit: Named
    day: date
    figures: dict | None
    children: tuple[dict, ...] = ()
    line: dict | None = None
    in_line: tuple[str, ...] = ()

    @property
    def empty_communes(self) -> int:
        """Of the communes that are told one by one, those where nobody is required. It follows from what is told, and
        so tells nothing more: where nobody *holds* the duty would tell of who is excused.
        """
        return sum(child["is_commune"] and child["required"] == 0 for child in self.children)

    @property
    def changed_units(self) -> dict[str | None, int]:
        """By code: how many confirmed rosters changed since, where everybody has completed."""
        return {child["unit"]["code"]: child["changed_units"] for child in self.children}


def published_days(requirement: Requirement) -> list[date]:
    """Earliest first."""
    return list(requirement.month_ends.order_by("day").values_list("day", flat=True).distinct())


def unit_month(requirement: Requirement, unit: Named, day: date, known: Iterable[int] = ()) -> UnitMonth:
    """`known`: the units whose people the reader may see elsewhere (`closed_by_what_is_known`); one query, or two."""
    rows = MonthEnd.objects.filter(requirement=requirement, day=day)
    here = list(
        (rows.filter(unit=unit.pk, direct=False) | rows.filter(parent=unit.pk))
        .select_related("unit")
        .order_by("unit__code")
    )
    own = next((row for row in here if row.unit_id == unit.pk and not row.direct), None)
    if own is None or own.closed or day in closed_by_what_is_known(requirement, unit.pk, known):
        return UnitMonth(requirement, unit, day, None)
    below = [row for row in here if row is not own]
    return UnitMonth(
        requirement,
        unit,
        day,
        _figures(own),
        children=tuple(_figures(row) for row in below if not row.closed),
        line=own.line and {**own.line, "percent": _percent(own.line)},
        in_line=tuple(row.name for row in below if row.closed),
    )


def months_of(
    requirement: Requirement, unit: int, until: date, known: Iterable[int] = ()
) -> list[tuple[date, int, int]]:
    """(day, completed, required) of the month ends that tell both, the earliest first; one query, or two."""
    rows = requirement.month_ends.filter(unit=unit, direct=False, day__lte=until, closed=False).order_by("day")
    closed = closed_by_what_is_known(requirement, unit, known)
    told = [(day, figures) for day, figures in rows.values_list("day", "figures") if day not in closed]
    return [
        (day, figures["completed"], figures["required"]) for day, figures in told if figures["completed"] is not None
    ]


def closed_by_what_is_known(requirement: Requirement, unit: int, known: Iterable[int]) -> set[date]:
    """The month ends that would tell, together with the people whom the reader may see below the unit, of others.

    `known` are the units on which roles rest that see people. Where one of them is in a line, the other parts of the
    line are what remains; so nothing is told of any unit above.
    """
    known = list(known)
    if not known:
        return set()
    seen = scope.under(known)
    rows = requirement.month_ends.filter(
        Q(unit__reaches__end=None) | Q(unit__reaches__end__gte=F("day")),
        unit__reaches__start__lte=F("day"),
        unit__reaches__ancestor=unit,
        unit__in=seen,
        closed=True,
        direct=False,
    )
    return set(rows.exclude(parent__in=seen).order_by().values_list("day", flat=True).distinct())


def _figures(row: MonthEnd) -> dict:
    figures: dict = row.figures or {}
    told = {"percent": _percent(figures), **dict.fromkeys(PEOPLE), "changed_units": 0, **figures}
    code = None if row.direct else row.unit.code
    days = {"requirement": row.requirement_id, "as_of": row.day.isoformat()}
    is_commune = not row.direct and row.unit.kind in COMMUNE_KINDS
    return {**days, "unit": {"code": code, "name": row.name}, "is_commune": is_commune, **told}


def _percent(counts: dict) -> float | None:
    if counts["completed"] is None or counts["required"] is None:
        return None
    return percent(counts["completed"], counts["required"])
