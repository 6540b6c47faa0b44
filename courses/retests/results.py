"""Records the result of a re-test in the transaction that judged it; the standings follow."""

from collections.abc import Iterable
from datetime import datetime

from django.dispatch import Signal
from django.utils import timezone

from courses.attempts.attempt import Attempt, Mark
from courses.attempts.signals import retest_submitted
from courses.retests.retest import Retest, RetestAnswer, RetestResult

# sent with `person_ids` and `now`
retest_answered = Signal()


def connect() -> None:
    retest_submitted.connect(_follow, dispatch_uid="courses.retests")


def _follow(sender, attempt: Attempt, marks: Iterable[Mark], now: datetime, **kwargs) -> None:
    record_result(attempt, list(marks), now)


def record_result(attempt: Attempt, marks: list[Mark], now: datetime) -> RetestResult:
    """A question is wholly right or not: parts of a point are none."""
    retest = Retest.objects.get(attempt=attempt)
    right = {mark.item.position: mark.points == mark.item.points for mark in marks}
    on = timezone.localdate(now)
    result = RetestResult.objects.create(retest=retest, on=on, right=sum(right.values()), recorded_at=now)
    RetestAnswer.objects.bulk_create(
        RetestAnswer(
            result=result,
            position=mark.item.position,
            question_key=mark.item.version.question_key,
            objective=retest.objectives[mark.item.position - 1],
            lesson_key=mark.item.lesson_key,
            right=right[mark.item.position],
        )
        for mark in marks
    )
    retest_answered.send(RetestResult, person_ids=[attempt.person_id], now=now)
    return result
