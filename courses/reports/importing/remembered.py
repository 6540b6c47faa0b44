"""Which columns of a unit's files were which of ours: the next file with the same headings asks nothing."""

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils import timezone

from people.units.unit import Unit
from tabular.readings import Reading


class ColumnMapping(models.Model):
    """`mapping` as of `tabular.readings.Reading.mapping`: no cell of a file but what was typed for all its rows."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    # a key of courses.reports.importing.kinds
    kind = models.CharField(max_length=20)
    # SHA-256 of the headings
    heading = models.CharField(max_length=64)
    mapping = models.JSONField()
    # NULL: who chose it is no longer known
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "heading"], name="column_mapping_once")]


def remember(unit: int, kind: str, signature: str, reading: Reading, by, now: datetime) -> None:
    ColumnMapping.objects.update_or_create(
        unit_id=unit,
        kind=kind,
        heading=_mark(signature),
        defaults={"mapping": reading.mapping(), "by": by, "at": now},
    )


def remembered(unit: int | None, kind: str, signature: str) -> dict | None:
    kept = ColumnMapping.objects.filter(unit=unit, kind=kind, heading=_mark(signature)) if unit else None
    return kept.values_list("mapping", flat=True).first() if kept is not None else None


def _mark(signature: str) -> str:
    return sha256(signature.encode()).hexdigest()
