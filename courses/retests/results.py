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
    result, answers = new_result(Retest.objects.get(attempt=attempt), marks, now)
    result.save(force_insert=True)
    RetestAnswer.objects.bulk_create(answers)
    retest_answered.send(RetestResult, person_ids=[attempt.person_id], now=now)
    return result


def correct_result(attempt: Attempt, now: datetime) -> RetestResult:
    """Another number of right ones, by marks that came later; as of the same day, and what was known before stays."""
    retest = Retest.objects.get(attempt=attempt)
    rows = Mark.objects.filter(item__attempt=attempt).select_related("item__version").order_by("made_at", "pk")
    marks = {mark.item_id: mark for mark in rows}
    standing = RetestResult.objects.current().get(retest=retest)
    RetestResult.objects.filter(pk=standing.pk).supersede(now)
    result, answers = new_result(retest, sorted(marks.values(), key=lambda mark: mark.item.position), now)
    result.on = standing.on
    result.save(force_insert=True)
    RetestAnswer.objects.bulk_create(answers)
    retest_answered.send(RetestResult, person_ids=[attempt.person_id], now=now)
    return result


def new_result(retest: Retest, marks: list[Mark], now: datetime) -> tuple[RetestResult, list[RetestAnswer]]:
    """Not yet written. A question is wholly right or not: parts of a point are none."""
    right = {mark.item.position: mark.earned == mark.item.points for mark in marks}
    on = timezone.localdate(now)
    result = RetestResult(retest=retest, on=on, right=sum(right.values()), recorded_at=now)
    answers = [
        RetestAnswer(
            result=result,
            position=mark.item.position,
            question_key=mark.item.version.question_key,
            objective=retest.objectives[mark.item.position - 1],
            lesson_key=mark.item.lesson_key,
            right=right[mark.item.position],
        )
        for mark in marks
    ]
    return result, answers
