"""What classes cost, by unit and year: sums of what is known, beside how many classes nobody knows the cost of."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from courses.classes.held.attendance import CAME, Attendance
from courses.classes.planned import whose
from courses.classes.planned.training_class import TrainingClass
from letters.numbers import thousands
from tabular.writing import Table


@dataclass
class Sum:
    """`cost` in đồng, of those classes whose cost is known; `came` counts a person once for each class that she was at
    a meeting of.
    """

    unit: str
    classes: int = 0
    known: int = 0
    cost: int = 0
    came: int = 0

    def add(self, cost: int | None, came: int) -> None:
        self.classes += 1
        self.came += came
        if cost is not None:
            self.known += 1
            self.cost += cost

    @property
    def written(self) -> str:
        """Thousands by dots; "" where nothing is known."""
        return thousands(self.cost) if self.known else ""

    @property
    def unknown(self) -> int:
        return self.classes - self.known


@dataclass
class Year:
    year: int
    total: Sum
    units: list[Sum] = field(default_factory=list)

    @property
    def lines(self) -> list[Sum]:
        """The units, and the sum below them."""
        return [*self.units, self.total]


def costs(user, now: datetime) -> list[Year]:
    """Of classes that are over and that the user may open, the latest year first, units by name; two queries.

    A class is of the year of its last meeting, and of the unit that held it.
    """
    opened = whose.opened_to(user).filter(cancelled_at=None)
    dated = opened.annotate(last=Max("meetings__ends_at"))
    over = dated.filter(last__lte=now).annotate(year=ExtractYear("last")).order_by("unit__name_order", "unit", "pk")
    rows = list(over.values_list("pk", "year", "unit", "unit__name", "cost"))
    came = _came(opened)
    years: dict[int, Year] = {}
    units: dict[tuple[int, int], Sum] = {}
    for pk, year, unit, name, cost in rows:
        of_year = years.setdefault(year, Year(year, Sum(_("Cộng"))))
        if (year, unit) not in units:
            units[year, unit] = Sum(name)
            of_year.units.append(units[year, unit])
        for one in (units[year, unit], of_year.total):
            one.add(cost, came.get(pk, 0))
    return sorted(years.values(), key=lambda one: -one.year)


def _came(classes: QuerySet[TrainingClass]) -> dict[int, int]:
    """{class: how many people were at one of its meetings}"""
    marks = Attendance.objects.current().filter(presence__in=CAME, meeting__training_class__in=classes.values("pk"))
    counted = marks.values("meeting__training_class").annotate(n=Count("person", distinct=True))
    return dict(counted.values_list("meeting__training_class", "n"))


def costs_table(years: list[Year]) -> Table:
    """A line a year and unit, then the year's sum."""
    columns = [_("Năm"), _("Đơn vị mở lớp"), _("Số lớp"), _("Lượt người dự"), _("Kinh phí (đồng)"), _("Lớp chưa ghi")]
    listed = [
        (one.year, line.unit, line.classes, line.came, line.cost if line.known else None, line.unknown)
        for one in years
        for line in one.lines
    ]
    return Table(_("Kinh phí lớp tập huấn"), columns, listed, [])
