"""A course completed: recorded once, as a fact with its day and its evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.attempts import Attempt
from people.records import Record


class Completion(Record):
    class Source(models.TextChoices):
        QUIZ = "quiz", _("Bài kiểm tra trên hệ thống")
        IMPORT = "import", _("Nhập từ hồ sơ")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions")
    course_key = models.SlugField(max_length=80)
    # day in Asia/Ho_Chi_Minh
    completed_on = models.DateField()
    source = models.CharField(max_length=10, choices=Source.choices)
    evidence = models.CharField(max_length=300, blank=True)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="completions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course_key", "completed_on"],
                condition=Q(superseded_at=None),
                name="completion_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(superseded_at=None) & ~Q(attempt=None),
                name="completion_once_an_attempt",
            ),
        ]
        indexes = [models.Index(fields=["course_key", "person", "completed_on"], name="completion_by_course")]


class Void(Record):
    """From day `on`, the completion counts no more; a dated fact, not a deletion."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="voids")
    on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["completion"], condition=Q(superseded_at=None), name="void_once")
        ]
