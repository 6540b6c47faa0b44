"""The list of localities that matter most (“địa bàn trọng điểm”): communes at risk or with victims, never which.

A commune is on it while a flag of either kind holds. One without a flag was *assessed* and is not on it, or nobody
looked yet: then nothing is known.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from people.log.audit import Act, record
from people.rights import scope
from people.rights.roles import RoleKind
from people.times import Record, covering, known_on
from people.units.unit import Unit, UnitFlag

FOCUS_FLAGS = (UnitFlag.Kind.AT_RISK, UnitFlag.Kind.HAS_VICTIMS)
# who reads the list by name, beside the staff of each commune
NAMED_KINDS = {RoleKind.TRAINER, RoleKind.PROVINCE_MANAGER}
OWN_KINDS = {RoleKind.COMMUNE_EDITOR, RoleKind.UNIT_HEAD}


class Assessed(Record):
    """Somebody of the province looked on `on` whether the commune belongs on the list."""

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune"], condition=Q(superseded_at=None), name="assessed_once")
        ]


def flagged(day: date, at: datetime | None = None) -> set[int]:
    """Ids of units that carry a flag of either kind on the day; one query. Of successors see `told.coverage`."""
    rows = UnitFlag.objects.filter(known_on(at), covering(day), kind__in=FOCUS_FLAGS)
    return set(rows.values_list("unit", flat=True))


def named_to(user) -> set[int] | None:
    """Ids of the units of which she may read whether they are on the list; None: of all."""
    if scope.reaches_everything(user):
        return None
    return scope.reach_of(user, NAMED_KINDS | OWN_KINDS)


@transaction.atomic
def say_assessed(by, communes: list[Unit], on: date, now: datetime) -> None:
    ids = [commune.pk for commune in communes]
    Assessed.objects.filter(commune__in=ids, superseded_at=None).update(superseded_at=now)
    Assessed.objects.bulk_create(Assessed(commune=one, on=on, by=by, recorded_at=now) for one in communes)
    record(Act.CONFIRMED_LOG, by, on=on, count=len(ids), detail="assessed", at=now)
