"""Submits an attempt exactly once, however often it is requested."""

from datetime import datetime
from math import lcm

from django.db import transaction
from django.db.models import F

from courses.attempts.answering import Closed
from courses.attempts.attempt import Attempt, AttemptItem, Mark
from courses.attempts.pace import is_too_fast
from courses.attempts.signals import retest_submitted
from courses.completions.completion import Completion, after_submission
from courses.questions.kinds.kind import kind
from courses.questions.reading import syllables_to_answer


def submit(attempt: Attempt, now: datetime) -> Attempt:
    """Judges the attempt. A second or simultaneous call changes nothing."""
    return submit_own(attempt.person, attempt.pk, now)


def submit_own(person, attempt_id: int, now: datetime) -> Attempt:
    """The same for an attempt known by its id; it `completes` the course where it was the last step. Raises
    Attempt.DoesNotExist when it is not this person's, Closed where a re-test's days are over.
    """
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=attempt_id, person=person)
        if attempt.has_closed(now):
            raise Closed
        if attempt.submitted_at is None:
            attempt.person = person
            marks = _judge(attempt, now)
            if attempt.is_retest:
                retest_submitted.send(Attempt, attempt=attempt, marks=marks, now=now)
            else:
                attempt.completes = after_submission(attempt, now) is not None
        else:
            # handed in again by a second tap: it leads where the first one led
            attempt.completes = Completion.objects.current().filter(attempt=attempt).exists()
    return attempt


def _judge(attempt: Attempt, now: datetime) -> list[Mark]:
    marks = Mark.objects.bulk_create(judge(attempt, _answered(attempt), now))
    attempt.save(update_fields=["submitted_at", "score", "max_score", "scale", "passed", "too_fast"])
    return marks


def judge(attempt: Attempt, answered: list[tuple[AttemptItem, dict | None]], now: datetime) -> list[Mark]:
    """The marks of the items, each with the answer in force; the attempt bears its result. Nothing is written."""
    marks = [_mark(*row, attempt.rules["language"], now) for row in answered]
    # by whomever and however late: its time ended then
    attempt.submitted_at = min(now, attempt.ends_at) if attempt.ends_at else now
    attempt.scale = lcm(*(mark.scale for mark in marks))
    attempt.score = sum(mark.points * (attempt.scale // mark.scale) for mark in marks)
    attempt.max_score = sum(mark.item.points for mark in marks) * attempt.scale
    # in whole numbers: 79.99 % is not 80 %, and two wholes and three times two thirds of five are
    attempt.passed = attempt.score * 100 >= attempt.rules["pass_percent"] * attempt.max_score
    attempt.too_fast = is_too_fast(_syllables(attempt, answered), attempt.submitted_at - attempt.started_at)
    return marks


def _syllables(attempt: Attempt, answered: list[tuple[AttemptItem, dict | None]]) -> int:
    language = attempt.rules["language"]
    return sum(syllables_to_answer(item.version.frozen(language).texts) for item, _response in answered)


def _answered(attempt: Attempt) -> list[tuple[AttemptItem, dict | None]]:
    """Each item with its question version and its latest response or None; one query."""
    rows = AttemptItem.objects.filter(attempt=attempt).select_related("version")
    rows = rows.annotate(response=F("answers__response")).order_by("position", "answers__sequence")
    # the last row of an item holds its latest answer
    return list({item.pk: (item, item.response) for item in rows}.values())


def _mark(item: AttemptItem, response: dict | None, language: str, now: datetime) -> Mark:
    version = item.version
    question = version.frozen(language)
    points, scale = kind(version.kind).mark(question, response, item.points).points.as_integer_ratio()
    return Mark(item=item, by_version=version, points=points, scale=scale, made_at=now)
