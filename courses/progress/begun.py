"""Whoever read a lesson elsewhere that was moved to a course has begun it, from the day on which that was seen."""

from django.conf import settings
from django.db import models


class CourseBegun(models.Model):
    """Beside what was read in the course itself: the person began it without reading in it. Days before `at` stay as
    they were; written in the background by `courses.completions.moved_lessons`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="courses_begun")
    course_key = models.SlugField(max_length=80)
    at = models.DateTimeField()
    # when she last read one of the lessons that came
    read_at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "course_key"], name="course_begun_once")]
        indexes = [models.Index(fields=["course_key", "person", "at"], name="course_begun_by_course")]
