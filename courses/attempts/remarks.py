"""Decisions to mark answers again by a corrected key, and the attempts whose result they changed.

Answers and earlier marks stay: a remarking adds marks, and here stand both results of each attempt that it changed.
"""

from datetime import datetime
from fractions import Fraction
from math import floor

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.attempts.attempt import Attempt
from courses.questions.versions import QuestionVersion
from people.free_text import FreeLine


class Remarking(models.Model):
    """All answers to a question that were marked by another key are marked by `by_version`, for `reason`."""

    question_key = models.UUIDField(db_index=True)
    by_version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    reason = FreeLine(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # NULL: under way
    finished_at = models.DateTimeField(null=True, blank=True)
    # how many attempts were marked again, those whose result is the same too
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question_key"], condition=Q(finished_at=None), name="remarking_one_at_a_time"
            )
        ]


class Remarked(models.Model):
    """An attempt whose points changed; scores as in `Attempt`, in parts of a hundredth, `scale` to each."""

    remarking = models.ForeignKey(Remarking, models.PROTECT, related_name="remarked")
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="remarks")
    score_before = models.PositiveBigIntegerField()
    scale_before = models.PositiveIntegerField()
    passed_before = models.BooleanField()
    score = models.PositiveBigIntegerField()
    scale = models.PositiveIntegerField()
    passed = models.BooleanField()
    # of all that could be earned, in hundredths
    max_score = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    # NULL until the person opened the result
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remarking", "attempt"], name="remarked_once")]

    @property
    def percent_before(self) -> int:
        """Whole percent to show, rounded down."""
        return floor(Fraction(self.score_before * 100, self.scale_before * self.max_score))

    @property
    def percent(self) -> int:
        return floor(Fraction(self.score * 100, self.scale * self.max_score))


def unread(person) -> QuerySet[Remarked]:
    """Results that changed and that the person has not opened since."""
    return Remarked.objects.filter(attempt__person=person, read_at=None)


def unread_remarks(person) -> list[Remarked]:
    """The latest first; one query."""
    return list(unread(person).select_related("attempt").order_by("-at", "-pk"))


def read_remarks(attempt: Attempt, now: datetime) -> list[Remarked]:
    """The changes of a result, the earliest first, which its person reads now; one query, two at the first reading."""
    rows = list(attempt.remarks.select_related("remarking").order_by("at", "pk"))
    if any(row.read_at is None for row in rows):
        attempt.remarks.filter(read_at=None).update(read_at=now)
    return rows
