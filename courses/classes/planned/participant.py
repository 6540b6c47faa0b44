"""Who is invited to a class, and with what answer."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.classes.planned.training_class import TrainingClass


class SeatState(models.TextChoices):
    SEATED = "seated", _("Có chỗ")
    WAITING = "waiting", _("Trong danh sách chờ")
    DECLINED = "declined", _("Báo không dự")
    OFF = "off", _("Đã bỏ ra")


TAKING_PART = {SeatState.SEATED, SeatState.WAITING}


def new_token() -> str:
    return secrets.token_urlsafe(16)


class ParticipantQuerySet(models.QuerySet):
    def taking_part(self):
        return self.filter(state__in=TAKING_PART)

    def seated(self):
        """Who holds a seat; a walk-in stands in the room already and takes none."""
        return self.filter(state=SeatState.SEATED, walk_in=False)

    def waiting(self):
        """In the order in which they move up."""
        return self.filter(state=SeatState.WAITING).order_by("waits_since", "pk")


class Participant(models.Model):
    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="participants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="classes")
    state = models.CharField(max_length=8, choices=SeatState.choices)
    # came without being of the class's unit; written by code and name
    walk_in = models.BooleanField(default=False)
    # of the address in her QR code; says nothing of her
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    # her place in the waiting list
    waits_since = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    # of what she said nothing leads to her (`feedback`)
    gave_feedback = models.BooleanField(default=False, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training_class", "person"], name="participant_once_a_class"),
            models.CheckConstraint(
                condition=Q(walk_in=False) | ~Q(state=SeatState.WAITING), name="walk_in_waits_for_no_seat"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="participant_of_person")]
