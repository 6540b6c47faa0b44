"""What a learner is told once: a course that she is taking has other lessons and another test now, or a course that she
completed asks something more."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import models, transaction

# people a transaction
BATCH = 1000


class CourseNews(models.Model):
    """Shown on my learning until the person says that she has read it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    course_key = models.SlugField(max_length=80)
    at = models.DateTimeField()
    # keys of the steps that are new to who completed the course; empty: all of it is new
    steps = models.JSONField(default=list)
    # NULL until then
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "course_key"], name="course_news_once")]


def tell(people: Iterable[int], course_key: str, now: datetime, steps: Iterable[str] = ()) -> None:
    """Whoever was told before is told again only of steps that she was not told of."""
    wanted, ids = list(steps), list(people)
    rows = [CourseNews(person_id=person, course_key=course_key, at=now, steps=wanted) for person in ids]
    told = CourseNews.objects.filter(course_key=course_key)
    for place in range(0, len(ids), BATCH):
        known = {row.person_id: row for row in told.filter(person__in=ids[place : place + BATCH])}
        with transaction.atomic():
            new = [row for row in rows[place : place + BATCH] if row.person_id not in known]
            CourseNews.objects.bulk_create(new, ignore_conflicts=True)
            # who has yet to read that all of it is new need not be told of parts
            heard = [row for row in known.values() if row.steps or row.read_at]
            again = [row for row in heard if not set(wanted) <= set(row.steps)]
            for row in again:
                unread = row.steps if row.read_at is None else []
                row.at, row.read_at, row.steps = now, None, list(dict.fromkeys([*unread, *wanted]))
            CourseNews.objects.bulk_update(again, ["at", "read_at", "steps"])


def unread_news(person) -> dict[str, tuple[datetime, frozenset[str]]]:
    """{course: since when, keys of the new steps (none: all of it is new)}; one query."""
    rows = CourseNews.objects.filter(person_id=person.pk, read_at=None)
    return {key: (at, frozenset(steps)) for key, at, steps in rows.values_list("course_key", "at", "steps")}


def read_news(person, course_key: str, now: datetime) -> None:
    """A second time changes nothing."""
    CourseNews.objects.filter(person_id=person.pk, course_key=course_key, read_at=None).update(read_at=now)
