"""What everybody may read: of each requirement that is switched on the latest month end, as far as it may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from courses.month_ends.month_end import MonthEnd
from courses.month_ends.public_switch import PublicFigures
from courses.requirements.requirement import Requirement
from letters.order import text_order
from people.postings.coverage import percent


@dataclass(frozen=True)
class PublicFigure:
    """`figures` has required, completed, percent and unconfirmed_units; never excused or states."""

    name: str
    figures: Mapping


@dataclass(frozen=True)
class PublicMonth:
    """`day` is None before the first month end that everybody may read. `totals` is empty where it would tell of small
    units; `units` are those with five people or more, by name.
    """

    requirement: Requirement
    day: date | None
    totals: tuple[PublicFigure, ...] = ()
    units: tuple[PublicFigure, ...] = ()


def public_months() -> list[PublicMonth]:
    """Of what is switched on, by name. Three queries, whatever the number of requirements, units and months."""
    switched = PublicFigures.objects.current().select_related("requirement").order_by("requirement__name")
    shown = [row.requirement for row in switched]
    rows = MonthEnd.objects.filter(public=True, requirement__in=shown)
    last = dict(rows.order_by().values_list("requirement").annotate(last=Max("day")))
    of_last = Q(*(Q(requirement=requirement, day=day) for requirement, day in last.items()), _connector=Q.OR)
    told = list(rows.filter(of_last)) if last else []
    return [_month(one, last.get(one.pk), [row for row in told if row.requirement_id == one.pk]) for one in shown]


def _month(requirement: Requirement, day: date | None, rows: list[MonthEnd]) -> PublicMonth:
    figures = [(row.parent_id is None, PublicFigure(row.name, _counts(row.figures or {}))) for row in rows]
    units = sorted((one for is_top, one in figures if not is_top), key=lambda one: text_order(one.name))
    return PublicMonth(requirement, day, tuple(one for is_top, one in figures if is_top), tuple(units))


def _counts(figures: Mapping) -> dict:
    kept = {key: figures[key] for key in ("required", "completed", "unconfirmed_units")}
    return {**kept, "percent": percent(kept["completed"], kept["required"])}
