"""A course whose lessons were taught in a class: the dated fact that somebody attended it, and what follows for her
lessons. Figures begin the course by the fact, which has two times, not by the lessons that it made done.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from courses.progress.lessons import LessonSeen
from people.times import Record


class CourseAttended(Record):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="courses_attended")
    course_key = models.SlugField(max_length=80)
    # the day as of which it counts
    on = models.DateField()
    # where the lessons' being done comes from
    training_class = models.ForeignKey("courses.TrainingClass", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "training_class"], condition=Q(superseded_at=None), name="attended_once_a_class"
            )
        ]
        indexes = [models.Index(fields=["course_key", "person", "on"], name="attended_by_course")]


def attend(
    person, course_key: str, lessons: Collection[UUID], training_class, on: date, taught_at: datetime, now: datetime
) -> bool:
    """Makes the lessons done that are not; false where it was done before. `taught_at` is when the class ended."""
    known = CourseAttended.objects.current().filter(person=person, training_class=training_class)
    if known.exists():
        return False
    CourseAttended.objects.create(
        person=person, course_key=course_key, on=on, training_class=training_class, recorded_at=now
    )
    seen = LessonSeen.objects.filter(person=person, lesson_key__in=lessons)
    seen.filter(done_at=None).update(done_at=now, done_by_class=True)
    there = set(seen.values_list("lesson_key", flat=True))
    by_class = {"course_key": course_key, "seen_at": taught_at, "seen_by_class": True, "done_by_class": True}
    new = [LessonSeen(person=person, lesson_key=key, done_at=now, **by_class) for key in lessons if key not in there]
    LessonSeen.objects.bulk_create(new, ignore_conflicts=True)
    return True


def unattend(person, course_key: str, training_class, now: datetime, *, keeps_lessons: bool) -> bool:
    """The fact is believed no more; lessons that only classes made done are open again, unless another class did, or
    `keeps_lessons`. What she read herself stays. False where there was nothing to take back.
    """
    facts = CourseAttended.objects.current().filter(person=person, course_key=course_key)
    if not facts.filter(training_class=training_class).supersede(now):
        return False
    if not keeps_lessons and not facts.exists():
        seen = LessonSeen.objects.filter(person=person, course_key=course_key)
        seen.filter(seen_by_class=True).delete()
        seen.filter(done_by_class=True).update(done_at=None, done_by_class=False)
    return True
