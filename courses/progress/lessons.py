"""The lessons a learner has seen and done, their place in a course and their ticks; marked by a POST only."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone


class LessonSeen(models.Model):
    """The first time this person reached the end of the lesson; the day counts for "in progress"."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="lessons_seen")
    # translation_key of the lesson page: a lesson read in one language counts in every other
    lesson_key = models.UUIDField()
    course_key = models.SlugField(max_length=80)
    seen_at = models.DateTimeField(default=timezone.now)
    # when all that stood in it was tried as well; NULL while something is open. A lesson without anything to try is
    # done when it is seen, hence the default. Once done it stays done, whatever is added to the lesson.
    done_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    # by a class that was confirmed (`attended`), not on the page; read on the page as well it is her own
    seen_by_class = models.BooleanField(default=False)
    done_by_class = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lesson_key"], name="lesson_seen_once")]
        indexes = [models.Index(fields=["course_key", "person", "seen_at"], name="lesson_seen_by_course")]


class Place(models.Model):
    """The learner's last place in a course: a lesson and a block in it."""

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


def mark_seen(person, course_key: str, lesson_key: UUID, now: datetime, *, done: bool = True) -> bool:
    """Returns whether this is the first time; a repeated call, even a simultaneous one, changes nothing."""
    rows = LessonSeen.objects.filter(person=person, lesson_key=lesson_key)
    by_class = rows.values_list("seen_by_class", flat=True).first()
    if by_class is not None:
        # heard in a class before; now it is her own reading
        return by_class and bool(rows.filter(seen_by_class=True).update(seen_by_class=False, seen_at=now))
    done_at = now if done else None
    seen = LessonSeen(person=person, course_key=course_key, lesson_key=lesson_key, seen_at=now, done_at=done_at)
    LessonSeen.objects.bulk_create([seen], ignore_conflicts=True)
    return True


def mark_done(person, lesson_key: UUID, now: datetime) -> bool:
    """Returns whether this made a lesson that was seen a done one."""
    open_ = LessonSeen.objects.filter(person=person, lesson_key=lesson_key, done_at=None)
    return bool(open_.update(done_at=now))


def keep_place(person, course_key: str, lesson_key: UUID, block_id: str, now: datetime) -> None:
    """Keeps one row per course, the latest; in one statement, so that two devices do not conflict."""
    place = Place(person=person, course_key=course_key, lesson_key=lesson_key, block_id=block_id, at=now)
    Place.objects.bulk_create(
        [place],
        update_conflicts=True,
        unique_fields=["person", "course_key"],
        update_fields=["lesson_key", "block_id", "at"],
    )


def ticked_items(person, lesson_key: UUID) -> set[str]:
    return set(Tick.objects.filter(person_id=person.pk, lesson_key=lesson_key).values_list("item_id", flat=True))


def keep_ticks(person, lesson_key: UUID, item_ids: Collection[str], ticked: Collection[str], now: datetime) -> None:
    """Of `item_ids` (the items on the form) ticks those in `ticked` and unticks the rest; no other item changes."""
    chosen = [item for item in item_ids if item in ticked]
    rows = [Tick(person=person, lesson_key=lesson_key, item_id=item, at=now) for item in chosen]
    with transaction.atomic():
        old = Tick.objects.filter(person=person, lesson_key=lesson_key, item_id__in=item_ids)
        old.exclude(item_id__in=chosen).delete()
        Tick.objects.bulk_create(rows, ignore_conflicts=True)
