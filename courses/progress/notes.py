"""What somebody writes beside a lesson for herself: nobody else sees it, and no report counts it.

A lesson is known by its translation_key: a note written in one language stands beside every other.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.free_text import FreeText

MOST_LETTERS = 4000


class LessonNote(models.Model):
    """`marked`: to be read again. A row says something; an emptied note is no row."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lesson_key = models.UUIDField()
    text = FreeText(blank=True)
    marked = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson_key"], name="note_one_a_lesson"),
            models.CheckConstraint(condition=~Q(text="") | Q(marked=True), name="note_says_something"),
        ]


def keep_note(person, lesson_key: UUID, text: str, marked: bool, now: datetime) -> None:
    """In one statement, so that two devices do not conflict; the later one stays."""
    if not text and not marked:
        LessonNote.objects.filter(person_id=person.pk, lesson_key=lesson_key).delete()
        return
    note = LessonNote(person=person, lesson_key=lesson_key, text=text, marked=marked, at=now)
    LessonNote.objects.bulk_create(
        [note],
        update_conflicts=True,
        unique_fields=["person", "lesson_key"],
        update_fields=["text", "marked", "at"],
    )


def note_of(person, lesson_key: UUID) -> LessonNote | None:
    return LessonNote.objects.filter(person_id=person.pk, lesson_key=lesson_key).first()
