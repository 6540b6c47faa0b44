"""Giving and ending the flags of units. A flag is superseded, never edited."""

from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from people.times import known_on
from people.units.unit import Unit, UnitFlag
from tabular.tables import Column, TableError, read_table

COLUMNS = [
    Column("ma", required=True),
    Column("loai", required=True),
    Column("tu_ngay", required=True, is_date=True),
    Column("den_ngay", is_date=True),
    Column("ly_do"),
]


def current_flags(unit: Unit):
    return unit.flags.filter(known_on(None)).order_by("start", "kind")


@transaction.atomic
def set_flag(unit: Unit, kind: str, start: date, end: date | None = None, reason: str = "", *, now: datetime) -> bool:
    """Records the flag (unit, kind, start) with this end and reason; False where it is unchanged."""
    known = current_flags(unit).filter(kind=kind, start=start)
    if known.filter(end=end, reason=reason).exists():
        return False
    known.supersede(now)
    UnitFlag.objects.create(unit=unit, kind=kind, start=start, end=end, reason=reason, recorded_at=now)
    return True


@transaction.atomic
def replace_flag(unit: Unit, known: UnitFlag | None, kind: str, start, end, reason: str, *, now: datetime) -> None:
    """Applies a form's change to a flag: without a start it is withdrawn, with another start it is another flag."""
    if known and known.start != start:
        UnitFlag.objects.filter(pk=known.pk).supersede(now)
    if start:
        set_flag(unit, kind, start, end, reason, now=now)


def load_flags(path: Path, now: datetime) -> int:
    """Sets the flags of a table `ma, loai, tu_ngay, den_ngay, ly_do`, `ma` read on `tu_ngay`; returns how many were
    new.

    Raises TableError on the first row that cannot be used, before anything is set.
    """
    wanted = []
    for row in read_table(path, COLUMNS):
        unit = Unit.objects.filter(code=row["ma"]).on(row["tu_ngay"]).first() if not row.errors else None
        if unit is None or row["loai"] not in UnitFlag.Kind.values:
            raise TableError(_("Dòng %(line)d của bảng cờ không dùng được.") % {"line": row.line})
        wanted.append((unit, row["loai"], row["tu_ngay"], row["den_ngay"], row["ly_do"]))
    known = set(UnitFlag.objects.current().values_list("unit_id", "kind", "start", "end", "reason"))
    fresh = [flag for flag in wanted if (flag[0].pk, *flag[1:]) not in known]
    for flag in fresh:
        set_flag(*flag, now=now)
    return len(fresh)
