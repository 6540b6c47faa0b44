"""Submitting an attempt: exactly once, however often it is asked for and from wherever."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from courses.attempts.records import Answer, Attempt, AttemptItem, Mark
from courses.questions.kinds import Frozen, kind


def latest_answers(attempt: Attempt) -> dict[int, tuple[int, dict, datetime]]:
    """{item id: (sequence, response, saved_at)} of the answers in force, in one query."""
    rows = Answer.objects.filter(item__attempt=attempt).order_by("sequence")
    return {item: rest for item, *rest in rows.values_list("item_id", "sequence", "response", "saved_at")}


def submit(attempt: Attempt, now: datetime) -> Attempt:
    """The attempt as judged. A second call, or one at the same time, finds it judged and changes nothing."""
    from courses.completion import after_submission

    with transaction.atomic():
        locked = Attempt.objects.select_for_update(of=("self",)).select_related("person").get(pk=attempt.pk)
        if locked.submitted_at is None:
            _judge(locked, now)
            after_submission(locked, now)
    return locked


def _judge(attempt: Attempt, now: datetime) -> None:
    marks = [_mark(item, response, now) for item, response in _answered(attempt)]
    Mark.objects.bulk_create(marks)
    attempt.submitted_at = now
    attempt.score = sum(mark.points for mark in marks)
    attempt.max_score = sum(mark.item.points for mark in marks)
    # in whole numbers: 79.99 % is not 80 %
    attempt.passed = attempt.score * 100 >= attempt.rules["pass_percent"] * attempt.max_score
    attempt.save(update_fields=["submitted_at", "score", "max_score", "passed"])


def _answered(attempt: Attempt) -> Iterator[tuple[AttemptItem, dict | None]]:
    """Each item with the answer in force, None for none."""
    answers = latest_answers(attempt)
    for item in AttemptItem.objects.filter(attempt=attempt).select_related("version").defer("version__texts"):
        yield item, answers[item.pk][1] if item.pk in answers else None


def _mark(item: AttemptItem, response: dict | None, now: datetime) -> Mark:
    version = item.version
    question = Frozen(version.kind, version.structure, version.key)
    points = kind(version.kind).mark(question, response, item.points).points
    return Mark(item=item, by_version=version, points=points, made_at=now)
