"""What a learner has seen, where they were, and what they ticked. A lesson is seen by a POST, never by a GET."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class LessonSeen(models.Model):
    """The first time this person marked the lesson as read; the day counts for "in progress"."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lessons_seen")
    # translation_key of the lesson page: a lesson read in one language counts in every other
    lesson_key = models.UUIDField()
    course_key = models.SlugField(max_length=80)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lesson_key"], name="lesson_seen_once")]
        indexes = [models.Index(fields=["course_key", "person", "seen_at"], name="lesson_seen_by_course")]


class Place(models.Model):
    """Where the learner last was in a course: a lesson and a block in it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    course_key = models.SlugField(max_length=80)
    lesson_key = models.UUIDField()
    # id of the block at the top of the screen, "" for the start
    block_id = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "course_key"], name="place_one_a_course")]


class Tick(models.Model):
    """An item of a lesson's checklist that the learner ticked."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lesson_key = models.UUIDField()
    item_id = models.CharField(max_length=36)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lesson_key", "item_id"], name="tick_once")]
