"""Working through a lesson or a conversation: its end is reached, what stands in it is tried; when nothing is open it
is done, and the course is completed if nothing is left.

Reaching the end and trying write their own fact before they read the other's, so of two at one moment one sees both.
"""

from datetime import datetime

from django.db import transaction

from courses.completions.completion import complete_if_done, source_course
from courses.content.bodies import Body
from courses.learning.outline import LearnerStep, Outline
from courses.practice.conversations.runs import ConversationRun
from courses.practice.conversations.speaking import speak
from courses.progress.lessons import keep_place, mark_done, mark_seen
from courses.progress.tries import keep_try, tries_of
from courses.standing.standing import refresh

NOTHING = Body((), frozenset())


def finish_lesson(
    person, outline: Outline, step: LearnerStep, now: datetime, body: Body = NOTHING
) -> LearnerStep | None:
    """Where to go next: the lesson itself when its end was reached just now and something in it is still to be tried;
    None when nothing is left. A repeated call changes nothing. The step must not be shut.
    """
    key, following = outline.course.key, outline.after(step)
    first_in_course = not any(other.seen for other in outline.steps if other.is_lesson)
    with transaction.atomic():
        is_new = mark_seen(person, key, step.key, now, done=not body.choices)
        if is_new and first_in_course:
            refresh([person.pk], now)
        if not body.choices:
            _move_on(person, key, step, following, now)
            return following
    is_open = not step.done and bool(body.with_tries(tries_of(person, step.key)).untried)
    if is_open and is_new:
        keep_place(person, key, step.key, "", now)
        return step
    with transaction.atomic():
        if not is_open:
            mark_done(person, step.key, now)
        _move_on(person, key, step, following, now)
    return following


def choose(person, course_key: str, lesson_key, body: Body, block_id: str, option_id: str, now: datetime) -> Body:
    """Keeps the choice; the body with all that the person tried in it. The option must stand in the body."""
    keep_try(person, lesson_key, block_id, option_id, now)
    tried = body.with_tries(tries_of(person, lesson_key))
    if not tried.untried:
        with transaction.atomic():
            if mark_done(person, lesson_key, now):
                _complete(person, course_key, now)
    return tried


def _move_on(person, course_key: str, step: LearnerStep, following: LearnerStep | None, now: datetime) -> None:
    goes_to_lesson = following is not None and following.is_lesson
    keep_place(person, course_key, following.key if goes_to_lesson else step.key, "", now)
    # regardless of the outline: another window may have done the other steps since it was read
    _complete(person, course_key, now)


def _complete(person, course_key: str, now: datetime) -> None:
    if course := source_course(course_key):
        complete_if_done(person, course, now)


def speak_and_finish(person, run_id: int, position: int, index: int, now: datetime) -> ConversationRun:
    """Says one utterance in a run; an end that counts completes the course if it was the last missing step."""
    with transaction.atomic():
        run = speak(person, run_id, position, index, now)
        if run.done:
            _complete(person, run.course_key, now)
    return run
