"""What a learner is told once: the lessons and the test of a course that she is taking are other ones now."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models


class CourseNews(models.Model):
    """Shown on my learning until the person says that she has read it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    course_key = models.SlugField(max_length=80)
    at = models.DateTimeField()
    # NULL until then
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "course_key"], name="course_news_once")]


def tell(people: Iterable[int], course_key: str, now: datetime) -> None:
    """Whoever was told before is not told again."""
    rows = [CourseNews(person_id=person, course_key=course_key, at=now) for person in people]
    CourseNews.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def unread_news(person) -> dict[str, datetime]:
    """{course: since when it is another one}; one query."""
    rows = CourseNews.objects.filter(person_id=person.pk, read_at=None)
    return dict(rows.values_list("course_key", "at"))


def read_news(person, course_key: str, now: datetime) -> None:
    """A second time changes nothing."""
    CourseNews.objects.filter(person_id=person.pk, course_key=course_key, read_at=None).update(read_at=now)
