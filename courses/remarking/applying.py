"""Marks again what a decision asks for: in the background, attempt by attempt, and as often as it is begun."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attempts.attempt import Attempt, Mark
from courses.attempts.remarks import Remarked, Remarking
from courses.completions.completion import Completion, complete_if_done, source_course
from courses.completions.step_days import last_step_on
from courses.remarking.marked_by import Keys, Outcome, keys_of, outcomes, parts_of
from courses.retests.results import correct_result
from outbox.clock import every
from outbox.effects import Effect, Job, effect, enqueue
from people.persons.user import User
from people.write_lock import make_way

REMARKING = "remarking"
# attempts in one transaction
BATCH = 100


class UnderWay(Exception):
    """The question is being marked again already."""


@transaction.atomic
def decide(keys: Keys, reason: str, by: User, now: datetime) -> Remarking:
    """Raises UnderWay."""
    try:
        with transaction.atomic():
            row = Remarking.objects.create(
                question_key=keys.question_key, by_version=keys.in_force, reason=reason.strip(), by=by, at=now
            )
    except IntegrityError as second:
        raise UnderWay from second
    enqueue(REMARKING, {"remarking": row.pk}, key=f"{REMARKING}:{row.pk}", requested_by=by)
    return row


def work_of(row: Remarking) -> Effect | None:
    return Effect.objects.filter(kind=REMARKING, key=f"{REMARKING}:{row.pk}").first()


@effect(REMARKING, label=gettext_lazy("Chấm lại một câu hỏi"))
def remark(job: Job) -> dict:
    row = Remarking.objects.get(pk=job.payload["remarking"])
    done = apply(row, job.clock(), job.progress)
    Remarking.objects.filter(pk=row.pk, finished_at=None).update(finished_at=job.clock())
    return {"attempts": done}


@every("courses.remarking.applying.remark_late", minutes=10)
def remark_late(now: datetime) -> int:
    """What was begun before the key was corrected and handed in since the decision."""
    done = 0
    for keys in keys_of(Remarking.objects.exclude(finished_at=None).values_list("question_key", flat=True)):
        latest = Remarking.objects.filter(question_key=keys.question_key).order_by("-at", "-pk").first()
        if latest and latest.finished_at and _decides(latest, keys):
            done += apply(latest, now, since=latest.at)
    return done


def _decides(row: Remarking, keys: Keys) -> bool:
    """Whether the key in force is the one that was decided on."""
    return row.by_version.key == keys.in_force.key


def apply(row: Remarking, now: datetime, progress=lambda done, of: None, *, since: datetime | None = None) -> int:
    """The number of attempts that were marked again; `since`: of those handed in since then."""
    [*found] = keys_of([row.question_key])
    if not found or not _decides(row, found[0]):
        # the key was changed once more meanwhile: that is another decision
        return 0
    keys = found[0]
    waiting = [one.attempt for one in outcomes(keys) if since is None or one.submitted_at >= since]
    for place in range(0, len(waiting), BATCH):
        batch = waiting[place : place + BATCH]
        with transaction.atomic():
            Remarking.objects.select_for_update().get(pk=row.pk)
            attempts = Attempt.objects.select_for_update(of=("self",)).select_related("person").in_bulk(batch)
            there = list(outcomes(keys, batch))
            for one in there:
                _apply(row, keys, one, attempts[one.attempt], now)
            Remarking.objects.filter(pk=row.pk).update(attempts=F("attempts") + len(there))
        progress(place + len(batch), len(waiting))
        make_way()
    return len(waiting)


def _apply(row: Remarking, keys: Keys, one: Outcome, attempt: Attempt, now: datetime) -> None:
    marks = [
        Mark(
            item_id=item,
            by_version=keys.in_force,
            points=earned.numerator,
            scale=earned.denominator,
            made_at=now,
        )
        for item, earned in one.items.items()
    ]
    Mark.objects.bulk_create(marks)
    if not one.changes:
        return
    before = {"score_before": attempt.score, "scale_before": attempt.scale, "passed_before": attempt.passed}
    attempt.score, attempt.max_score, attempt.scale = parts_of(one)
    attempt.passed = one.passed
    attempt.save(update_fields=["score", "max_score", "scale", "passed"])
    after = {"score": attempt.score, "scale": attempt.scale, "passed": attempt.passed}
    Remarked.objects.create(remarking=row, attempt=attempt, max_score=int(one.max_score), at=now, **before, **after)
    if attempt.is_retest:
        if one.turns:
            correct_result(attempt, now)
    elif one.passed and not one.passed_before:
        _complete(row, attempt, now)


def _complete(row: Remarking, attempt: Attempt, now: datetime) -> Completion | None:
    """As of the day on which all that the course asks for was done: that of the attempt, or of a later step."""
    course = source_course(attempt.course_key)
    if course is None:
        return None
    on = last_step_on(attempt.person, course)
    reason = _("Chấm lại một câu hỏi ngày %(day)s vì đáp án đã sửa.") % {"day": f"{timezone.localdate(now):%d/%m/%Y}"}
    return complete_if_done(attempt.person, course, now, on=on, reason=reason)
