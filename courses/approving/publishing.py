"""Approving what was submitted: exactly those revisions go live, in one transaction, and are the course's approval.

In pieces it could be half there: a lesson that is asked no more before the one that takes its place, and people would
be completed by a course that nobody wrote. What takes longer than a click is an effect of the outbox; how far it is
stands in the cache, since a transaction shows nothing before its end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from courses.approval.part_of_course import forget_what_was_under_review, going_live_whole
from courses.approval.submission import PartKind, Submission, SubmissionState, SubmittedPart
from courses.approving.deciding import (
    NotDecided,
    approve_live,
    may_approve,
    refuse_earlier,
    refuse_faults,
    refuse_open_items,
)
from courses.approving.parts import MODELS, Ref, restored, source_page
from courses.approving.readiness import Coming, Fault, faults_of
from courses.approving.submitting import decided_already, tell_approved
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage
from courses.questions.bank import Question
from courses.questions.changed_keys import key_of, marked_otherwise
from courses.quizzes.bank_check import warnings_of
from outbox.draining import run_at_once
from outbox.effects import Effect, EffectState, Job, Refused, effect, enqueue

PUBLISH = "publish_course"
# as many are published within the click
AT_ONCE = 8
# then the approver is told, a minute after the first try
TRIES = 3
# sentences about guessing that a page has room for
SHOWN = 5
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Obstacle:
    """Why a part cannot go live, or stay, as it was submitted: one sentence."""

    part: SubmittedPart
    what: str


def obstacles(submission: Submission, course: CoursePage | None, parts: Iterable[SubmittedPart]) -> list[Obstacle]:
    """What became of the parts since; five queries, however many there are."""
    parts = list(parts)
    if course is None:
        return [Obstacle(parts[0], _("Trang khóa học đã bị xóa sau khi gửi."))]
    page_ids = [part.object_id for part in parts if not part.is_question]
    question_ids = [part.object_id for part in parts if part.is_question]
    rows = Page.objects.filter(pk__in=page_ids).values_list("pk", "path", "live", "live_revision")
    pages = {pk: row for pk, *row in rows}
    asked = Question.objects.filter(pk__in=question_ids).values_list("pk", "live", "live_revision")
    questions = {pk: ["", live, revision] for pk, live, revision in asked}
    found = []
    for part in parts:
        now = (questions if part.is_question else pages).get(part.object_id)
        if what := _became(part, now, course):
            found.append(Obstacle(part, what))
    return found


def _became(part: SubmittedPart, now: list | None, course: CoursePage) -> str:
    if now is None:
        return _("đã bị xóa sau khi gửi.")
    path, live, revision = now
    if not part.is_question and not path.startswith(course.path):
        return _("đã được chuyển ra khỏi khóa học sau khi gửi.")
    if part.publishes and part.revision_id is None:
        return _("bản đã gửi không còn trong lịch sử.")
    if not part.publishes and not live:
        return _("đã được gỡ xuống sau khi gửi.")
    if not part.publishes and part.revision_id is not None and revision != part.revision_id:
        return _("đã được đăng bản khác sau khi gửi.")
    return ""


def coming_of(parts: Iterable[SubmittedPart]) -> Coming:
    """As they were submitted; three queries."""
    going = [part for part in parts if part.publishes]
    things = restored({(part.kind, part.object_id): part.revision_id for part in going})
    pages = [part.object_id for part in going if not part.is_question]
    return Coming(things, dict(Page.objects.filter(pk__in=pages).values_list("pk", "path")))


def faults_as_submitted(course: CoursePage, parts: Iterable[SubmittedPart]) -> list[Fault]:
    return faults_of(course, coming_of(parts))


def keys_changed(coming: Coming) -> list[tuple[str, int]]:
    """(question, attempts that were marked by another key than it will have); three queries."""
    questions = [one for one in coming.of(PartKind.QUESTION).values() if one.body]
    counted = marked_otherwise({one.translation_key: key_of(one.body[0]) for one in questions})
    return [(str(one), counted[one.translation_key]) for one in questions if counted.get(one.translation_key)]


def edited_since(parts: Iterable[SubmittedPart]) -> set[Ref]:
    """Those whose drafts say something else than what was submitted; three queries."""
    going = [part for part in parts if part.publishes and part.revision is not None]
    latest = _latest(going)
    contents = dict(Revision.objects.filter(pk__in=latest.values()).values_list("pk", "content"))
    return {
        (part.kind, part.object_id)
        for part in going
        if (own := latest.get((part.kind, part.object_id))) and contents[own] != part.revision.content  # type: ignore[union-attr]
    }


def _latest(parts: Iterable[SubmittedPart]) -> dict[Ref, int]:
    parts = list(parts)
    pages = [part.object_id for part in parts if not part.is_question]
    questions = [part.object_id for part in parts if part.is_question]
    of_pages = dict(Page.objects.filter(pk__in=pages).values_list("pk", "latest_revision"))
    of_questions = dict(Question.objects.filter(pk__in=questions).values_list("pk", "latest_revision"))
    return {
        (part.kind, part.object_id): own
        for part in parts
        if (own := (of_questions if part.is_question else of_pages).get(part.object_id))
    }


# --- the decision


def approve_submission(
    submission: Submission, on: date, reason: str, by, now: datetime, marked: int | None = None
) -> Effect:
    """Takes the decision and publishes, at once where it is little. Raises NotDecided with one sentence.

    `marked` is how many attempts the approver was told that changed keys concern.
    """
    with transaction.atomic():
        effect_row = _decide(submission, on, reason, by, now, marked or 0)
    forget_what_was_under_review(by)
    few = submission.parts.filter(publishes=True).count() <= AT_ONCE
    return run_at_once(effect_row) if few else effect_row


def _decide(submission: Submission, on: date, reason: str, by, now: datetime, marked: int) -> Effect:
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state == SubmissionState.PUBLISHING and ((work := work_of(held)) is None or work.is_finished):
        # left so by a version that did not put it back
        held.state = SubmissionState.WAITING
    if held.state != SubmissionState.WAITING:
        raise NotDecided(decided_already(submission))
    if not may_approve(by):
        raise NotDecided(_("Chỉ quản lý cấp tỉnh duyệt được khóa học."))
    if by.pk == held.by_id:
        raise NotDecided(_("Anh chị đã gửi bài này nên người khác phải duyệt."))
    parts = list(held.parts.select_related("revision"))
    course = source_page(held.course_key)
    refuse_obstacles(obstacles(held, course, parts))
    coming = coming_of(parts)
    refuse_faults(faults_of(course, coming))  # type: ignore[arg-type]
    if sum(count for _title, count in keys_changed(coming)) != marked:
        raise NotDecided(_("Có câu đổi đáp án; đánh dấu là đã biết bao nhiêu lần làm bài đã chấm theo đáp án cũ."))
    refuse_open_items(held.course_key, reason)
    refuse_earlier(held.course_key, on)
    held.state, held.decided_by, held.decided_at = SubmissionState.PUBLISHING, by, now
    held.approved_on, held.reason = on, reason.strip()
    held.save()
    return enqueue(PUBLISH, {"submission": held.pk}, key=_key(held), requested_by=by)


def refuse_obstacles(found: list[Obstacle]) -> None:
    if found:
        said = {"count": len(found), "title": found[0].part.title, "what": found[0].what}
        raise NotDecided(_("Không duyệt được như đã gửi, %(count)d phần đã khác: “%(title)s” %(what)s") % said)


def _key(submission: Submission) -> str:
    at = submission.decided_at
    return f"{PUBLISH}:{submission.pk}:{at.timestamp() if at else 0}"


def work_of(submission: Submission) -> Effect | None:
    """What publishes it, or the latest that could not while it waits."""
    if submission.state == SubmissionState.PUBLISHING:
        return Effect.objects.filter(key=_key(submission)).first()
    earlier = Effect.objects.filter(kind=PUBLISH, key__startswith=f"{PUBLISH}:{submission.pk}:")
    return earlier.filter(state=EffectState.FAILED).select_related("requested_by").order_by("-pk").first()


def progress_of(submission: Submission) -> tuple[int, int]:
    """(parts published, parts to publish)."""
    return cache.get(f"{PUBLISH}:{submission.pk}") or (0, submission.parts.filter(publishes=True).count())


def _put_back(job: Job) -> None:
    """It waits again, as if nobody had decided; `work_of` says why."""
    waits = {
        "state": SubmissionState.WAITING,
        "decided_by": None,
        "decided_at": None,
        "approved_on": None,
        "reason": "",
    }
    Submission.objects.filter(pk=job.payload["submission"], state=SubmissionState.PUBLISHING).update(**waits)


@effect(PUBLISH, label=gettext_lazy("Đăng khóa học đã được duyệt"), tries=TRIES, given_up=_put_back)
def publish_submitted(job: Job) -> dict:
    submission = Submission.objects.select_related("by", "decided_by").get(pk=job.payload["submission"])

    def tell(done: int, total: int) -> None:
        cache.set(f"{PUBLISH}:{submission.pk}", (done, total), timeout=600)

    try:
        with transaction.atomic():
            _publish(submission, tell)
    except (NotDecided, ValidationError) as why:
        raise Refused(str(why) if isinstance(why, NotDecided) else " ".join(why.messages)) from None
    return {"guessed": _guessed(submission)}


def _guessed(submission: Submission) -> list[str]:
    """What guessing earns at the quizzes that went live, or whose questions did: sentences for who approved."""
    parts = list(submission.parts.all())
    asks_anew = any(part.is_question and part.publishes for part in parts)
    ids = [part.object_id for part in parts if part.kind == PartKind.QUIZ and (part.publishes or asks_anew)]
    quizzes = QuizPage.objects.live().filter(pk__in=ids).order_by("path")
    return [sentence for quiz in quizzes for sentence in warnings_of(quiz)]


@dataclass(frozen=True)
class Guessed:
    """What was found when the course last went live: `sentences`, of which there may be more than are shown."""

    at: datetime | None
    sentences: list[str]
    more: int


def guessed_in(key: str) -> Guessed | None:
    """None where there is nothing to tell. Two queries."""
    latest = Submission.objects.filter(course_key=key, state=SubmissionState.APPROVED).order_by("-pk").first()
    work = Effect.objects.filter(key=_key(latest)).first() if latest else None
    found = work.result.get("guessed", []) if work else []
    return Guessed(work.finished_at, found[:SHOWN], len(found[SHOWN:])) if work and found else None


def _publish(submission: Submission, tell: Progress) -> None:
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.state != SubmissionState.PUBLISHING:
        return  # done before the worker was killed
    parts = list(held.parts.select_related("revision"))
    # drafts that are saved at this moment wait, so that none of them is forgotten
    pages = [part.object_id for part in parts if not part.is_question]
    list(Page.objects.select_for_update().filter(pk__in=pages).order_by("pk").values_list("pk"))
    course = source_page(held.course_key)
    refuse_obstacles(obstacles(held, course, parts))
    going = sorted((part for part in parts if part.publishes), key=_turn)
    for done, part in enumerate(going, start=1):
        _go_live(part, submission.decided_by)
        tell(done, len(going))
    course = source_page(held.course_key)
    approve_live(course, held.approved_on, held.reason, submission.decided_by, timezone.now())  # type: ignore[arg-type]
    Submission.objects.filter(pk=held.pk).update(state=SubmissionState.APPROVED)
    tell_approved(submission)


def _turn(part: SubmittedPart) -> tuple[int, int]:
    """Questions before the quizzes that ask them, the course's own page last."""
    return {PartKind.QUESTION: 0, PartKind.COURSE: 2}.get(PartKind(part.kind), 1), part.place


def _go_live(part: SubmittedPart, by) -> None:
    pinned: Any = part.revision
    latest = MODELS[part.kind].objects.select_related("latest_revision").get(pk=part.object_id).latest_revision
    # the draft itself where nobody wrote in it since, so that Wagtail sees nothing left to publish
    revision = latest if latest is not None and latest.content == pinned.content else pinned
    try:
        with transaction.atomic(), going_live_whole():
            # in nobody's own right: the approval is of the whole course
            revision.publish(user=by, skip_permission_checks=True)
    except ValidationError as why:
        raise NotDecided(f"“{part.title}”: {' '.join(why.messages)}") from None
