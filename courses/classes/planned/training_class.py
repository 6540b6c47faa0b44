"""A training class: a course taught in a room by people, in one or several meetings."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine
from people.units.unit import Unit

MOST_SEATS = 500


class ClassState(models.TextChoices):
    PLANNED = "planned", _("Sắp mở")
    HELD = "held", _("Đã học, chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    CANCELLED = "cancelled", _("Đã hủy")


class TrainingClass(models.Model):
    """Whether it is over or confirmed is read from its meetings and confirmations (`listing`)."""

    # key of the course whose lessons attendance makes done
    course_key = models.SlugField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="training_classes")
    title = FreeLine(max_length=150)
    seats = models.PositiveSmallIntegerField()
    # the least share of the meetings, in percent
    share = models.PositiveSmallIntegerField(default=100)
    # đồng; NULL: not known
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    trainers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    # NULL: not cancelled
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="class_has_seats"),
            models.CheckConstraint(condition=Q(share__gte=1, share__lte=100), name="class_asks_a_share"),
        ]


class Meeting(models.Model):
    """One coming together of a class; begins and ends on one day of Asia/Ho_Chi_Minh."""

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = FreeLine(max_length=120)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_starts"),
            models.UniqueConstraint(fields=["training_class", "starts_at"], name="meeting_once_at_a_time"),
        ]

    @property
    def on(self) -> date:
        return timezone.localdate(self.starts_at)

    @property
    def written(self) -> str:
        """As on paper and in mails: “24/11/2026, 08:00–11:30”."""
        start, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{start:%d/%m/%Y}, {start:%H:%M}–{end:%H:%M}"


def last_day(training_class: TrainingClass) -> date:
    """The day as of which attendance counts. A class has at least one meeting."""
    return max(meeting.on for meeting in training_class.meetings.all())


def is_over(training_class: TrainingClass, now: datetime) -> bool:
    return all(meeting.ends_at <= now for meeting in training_class.meetings.all())
