"""Submits an attempt exactly once, however often it is requested."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from courses.attempts.attempt import Answer, Attempt, AttemptItem, Mark
from courses.completions.completion import after_submission
from courses.questions.kinds.kind import Frozen, kind


def latest_answers(attempt: Attempt) -> dict[int, tuple[int, dict, datetime]]:
    """{item id: (sequence, response, saved_at)} of the answers in force, in one query."""
    answers = Answer.objects.filter(item__attempt=attempt).order_by("sequence")
    rows = answers.values_list("item_id", "sequence", "response", "saved_at")
    return {item: (sequence, response, saved_at) for item, sequence, response, saved_at in rows}


def submit(attempt: Attempt, now: datetime) -> Attempt:
    """Judges the attempt. A second or simultaneous call changes nothing."""
    return submit_own(attempt.person, attempt.pk, now)


def submit_own(person, attempt_id: int, now: datetime) -> Attempt:
    """The same for an attempt known by its id. Raises Attempt.DoesNotExist when it is not this person's."""
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=attempt_id, person=person)
        if attempt.submitted_at is None:
            attempt.person = person
            _judge(attempt, now)
            after_submission(attempt, now)
    return attempt


def _judge(attempt: Attempt, now: datetime) -> None:
    Mark.objects.bulk_create(judge(attempt, _answered(attempt), now))
    attempt.save(update_fields=["submitted_at", "score", "max_score", "passed"])


def judge(attempt: Attempt, answered: list[tuple[AttemptItem, dict | None]], now: datetime) -> list[Mark]:
    """The marks of the items, each with the answer in force; the attempt bears its result. Nothing is written."""
    marks = [_mark(*row, now) for row in answered]
    attempt.submitted_at = now
    attempt.score = sum(mark.points for mark in marks)
    attempt.max_score = sum(mark.item.points for mark in marks)
    # in whole numbers: 79.99 % is not 80 %
    attempt.passed = attempt.score * 100 >= attempt.rules["pass_percent"] * attempt.max_score
    return marks


def _answered(attempt: Attempt) -> list[tuple[AttemptItem, dict | None]]:
    """Each item with its question version and its latest response or None; one query."""
    rows = AttemptItem.objects.filter(attempt=attempt).select_related("version").defer("version__texts")
    rows = rows.annotate(response=F("answers__response")).order_by("position", "answers__sequence")
    # the last row of an item holds its latest answer
    return list({item.pk: (item, item.response) for item in rows}.values())


def _mark(item: AttemptItem, response: dict | None, now: datetime) -> Mark:
    version = item.version
    question = Frozen(version.kind, version.structure, version.key)
    points = kind(version.kind).mark(question, response, item.points).points
    return Mark(item=item, by_version=version, points=points, made_at=now)
