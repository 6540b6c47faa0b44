"""Where each person stands towards each requirement, as spans of days, and the daily counts on top of them.

Derived from postings, excuses, completions, voids, lessons seen and rules as believed now; rebuilt, never edited.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.targets import Requirement
from people.units import Unit


class State(models.TextChoices):
    COMPLETED = "completed", _("Đã hoàn thành")
    EXPIRED = "expired", _("Hết hiệu lực")
    OVERDUE = "overdue", _("Quá hạn")
    IN_PROGRESS = "in_progress", _("Đang học")
    NOT_STARTED = "not_started", _("Chưa bắt đầu")
    EXCUSED = "excused", _("Được miễn")


REQUIRED_STATES = [s for s in State if s != State.EXCUSED]
TO_REMIND = {State.EXPIRED, State.OVERDUE}


class Standing(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="standings")
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="standings")
    # the unit of the posting, not yet its successor: `Reach` places it on the map of any day
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    start = models.DateField()
    # NULL: open
    end = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "person", "unit", "start"], name="standing_one_state_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["requirement", "start", "end", "unit", "state"], name="standing_on_a_day")]


class DailyCount(models.Model):
    """How many distinct people stood where on a day, at a unit and below, on that day's own map."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="daily_counts")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    day = models.DateField()
    required = models.PositiveIntegerField(default=0)
    completed = models.PositiveIntegerField(default=0)
    expired = models.PositiveIntegerField(default=0)
    overdue = models.PositiveIntegerField(default=0)
    in_progress = models.PositiveIntegerField(default=0)
    not_started = models.PositiveIntegerField(default=0)
    excused = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["requirement", "unit", "day"], name="daily_count_once")]
