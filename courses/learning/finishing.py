"""Finishing a lesson: it is marked as seen, the place moves on, and the course is completed if nothing is left."""

from datetime import datetime

from django.db import transaction

from courses.completions.completion import complete_if_done, source_course
from courses.learning.outline import LearnerStep, Outline
from courses.progress.lessons import keep_place, mark_seen
from courses.standing.standing import refresh


def finish_lesson(person, outline: Outline, step: LearnerStep, now: datetime) -> LearnerStep | None:
    """Where to go next; None when nothing is left. A repeated call changes nothing. The step must not be shut."""
    key, following = outline.course.key, outline.after(step)
    first_in_course = not any(other.done for other in outline.steps if not other.is_quiz)
    with transaction.atomic():
        if mark_seen(person, key, step.key, now) and first_in_course:
            refresh([person.pk], now)
        goes_to_lesson = following is not None and not following.is_quiz
        keep_place(person, key, following.key if goes_to_lesson else step.key, "", now)
        # regardless of the outline: another window may have done the other steps since it was read
        if course := source_course(key):
            complete_if_done(person, course, now)
    return following
