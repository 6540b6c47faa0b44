"""A slot: which message a commune's loudspeaker plays, on which days, at what time.

A play is one time it was heard: of a slot on a day, however often its code was pressed, or outside of any slot, known
by the number that the sending device made.
"""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.activities.made.hamlet import Hamlet
from people.units.unit import Unit

# Monday is 0, as in `date.weekday`
WEEKDAYS = "0123456"
MOST_DAYS = 400


def new_token() -> str:
    return secrets.token_urlsafe(12)


class Slot(models.Model):
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # NULL: the whole commune hears it
    hamlet = models.ForeignKey(Hamlet, models.PROTECT, null=True, related_name="+")
    # of the message, the same in every language
    message_key = models.UUIDField()
    first_day = models.DateField()
    last_day = models.DateField()
    # digits of WEEKDAYS
    weekdays = models.CharField(max_length=7, default=WEEKDAYS)
    at = models.TimeField(_("giờ phát"))
    minutes = models.PositiveSmallIntegerField(_("số phút mỗi lượt"), default=1)
    # in the code on the bulletin
    token = models.CharField(max_length=20, unique=True, default=new_token, editable=False)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    # NULL: it goes on to its last day
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="slot_ends_after_start"),
        ]

    def is_on(self, day: date) -> bool:
        last = self.last_day if self.ended_on is None else min(self.last_day, self.ended_on)
        return self.first_day <= day <= last and str(day.weekday()) in self.weekdays


def days_between(first: date, last: date) -> list[date]:
    """At most MOST_DAYS."""
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]


class Play(models.Model):
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # NULL: outside of any slot
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, related_name="plays")
    message_key = models.UUIDField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(default=1)
    # of a play outside of any slot: the number that its device made; "" of a slot's
    device = models.CharField(max_length=40, blank=True)
    logged_at = models.DateTimeField(default=timezone.now)
    # NULL: by the code on a bulletin, without an account
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # NULL: it waits; else whether it was a play
    confirmed = models.BooleanField(null=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "on"], condition=~Q(slot=None), name="play_once_a_slot_and_day"),
            models.UniqueConstraint(
                fields=["commune", "device"], condition=~Q(device=""), name="play_once_a_device_number"
            ),
            models.CheckConstraint(
                condition=(Q(slot=None) & ~Q(device="")) | (~Q(slot=None) & Q(device="")), name="play_of_slot_or_device"
            ),
        ]
