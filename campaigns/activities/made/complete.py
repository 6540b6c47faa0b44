"""What a commune says of its own log and people: that the log is complete up to a day, and which languages are spoken.

Without the first, no activity is no proof that there was none; languages are those of the commune, never of a person.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from config.languages import NAMES
from people.log.audit import Act, record
from people.times import Record
from people.units.unit import Unit


class LogComplete(Record):
    """All that was done in the commune up to `until` is in the log."""

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["commune"], condition=Q(superseded_at=None), name="log_complete_once")
        ]


class SpokenThere(Record):
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    language = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "language"], condition=Q(superseded_at=None), name="spoken_there_once"
            )
        ]


@transaction.atomic
def say_complete(by, commune: Unit, until: date | None, now: datetime) -> None:
    """None: it is said no more."""
    Unit.objects.select_for_update(of=("self",)).get(pk=commune.pk)
    LogComplete.objects.filter(commune=commune, superseded_at=None).update(superseded_at=now)
    if until is not None:
        LogComplete.objects.create(commune=commune, until=until, by=by, recorded_at=now)
    record(Act.CONFIRMED_LOG, by, unit=commune, on=until, at=now)


@transaction.atomic
def say_spoken(by, commune: Unit, languages: set[str], now: datetime) -> None:
    """The languages spoken in the commune are these; what stays said keeps its row."""
    Unit.objects.select_for_update(of=("self",)).get(pk=commune.pk)
    known = SpokenThere.objects.filter(commune=commune, superseded_at=None)
    known.exclude(language__in=languages).update(superseded_at=now)
    fresh = (languages & NAMES.keys()) - set(known.values_list("language", flat=True))
    SpokenThere.objects.bulk_create(
        SpokenThere(commune=commune, language=one, by=by, recorded_at=now) for one in sorted(fresh)
    )
