"""Which levels a school teaches (`cap_hoc` of a table of units), as facts; a school without one is not known."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.times import Record
from people.units.unit import Unit, UnitKind
from tabular.cells import CellError, plain_key


class Level(models.TextChoices):
    PRIMARY = "tieu_hoc", gettext_lazy("Tiểu học")
    LOWER_SECONDARY = "thcs", gettext_lazy("Trung học cơ sở")
    UPPER_SECONDARY = "thpt", gettext_lazy("Trung học phổ thông")
    VOCATIONAL = "nghe", gettext_lazy("Nghề, trung cấp, cao đẳng")


class SchoolLevels(Record):
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    # keys of `Level` in their order, joined by spaces; several of a school that teaches more than one
    levels = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(superseded_at=None), name="school_levels_once")
        ]


def read_levels(typed: str, kind: str) -> str | None:
    """As it is stored; None where the cell is empty. Raises CellError."""
    keys = [plain_key(part) for part in typed.split("|") if part.strip()]
    if not keys:
        return None
    if kind != UnitKind.SCHOOL:
        raise CellError("cap_hoc", _("Chỉ trường có cấp học; hãy để trống ô này."))
    if unknown := [key for key in keys if key not in Level.values]:
        params = {"text": unknown[0], "choices": ", ".join(Level.values)}
        raise CellError("cap_hoc", _("“%(text)s” không có trong danh mục; hãy ghi một trong: %(choices)s.") % params)
    return " ".join(key for key in Level.values if key in keys)


def levels_of(units: Iterable[int] | None = None) -> dict[int, str]:
    """{unit: levels} as believed now; one query."""
    rows = SchoolLevels.objects.current()
    return dict((rows if units is None else rows.filter(unit__in=list(units))).values_list("unit", "levels"))


@transaction.atomic
def write_levels(wanted: Mapping[int, str], now: datetime) -> int:
    """Records what is new of {unit: levels}; returns how many."""
    known = levels_of(wanted)
    fresh = {unit: levels for unit, levels in wanted.items() if known.get(unit) != levels}
    SchoolLevels.objects.filter(unit__in=fresh).supersede(now)
    SchoolLevels.objects.bulk_create(
        SchoolLevels(unit_id=unit, levels=levels, recorded_at=now) for unit, levels in fresh.items()
    )
    return len(fresh)
