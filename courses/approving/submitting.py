"""Handing a course over whole: submitting it, withdrawing what was submitted, sending it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.db.models.signals import pre_delete
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from courses.approval.part_of_course import forget_what_was_under_review
from courses.approval.submission import PartKind, Submission, SubmissionState, SubmittedPart
from courses.approving.deciding import APPROVERS, NotDecided, may_approve, refuse_faults
from courses.approving.parts import CourseParts, Part, parts_of, restored
from courses.approving.readiness import Coming, Fault, faults_of
from courses.content.course import CoursePage
from outbox.mail import enqueue_mail
from people.log.audit import Act, record
from people.persons.user import User
from people.rights.scope import at_the_top, holders

# a pinned copy stands before the draft that it is a copy of
BEFORE = timedelta(microseconds=1)
CHANGED = gettext_lazy("Có phần vừa được sửa hoặc vừa đổi. Xem lại danh sách dưới đây rồi gửi.")


def may_submit(user, course: CoursePage) -> bool:
    return course.permissions_for_user(user).can_edit()


def coming_of(parts: Collection[Part]) -> Coming:
    """What these parts will be as their drafts are now; two queries, one more for each kind that has no draft."""
    things = restored({part.ref: part.revision for part in parts})
    return Coming(things, {part.pk: part.path for part in parts if not part.is_question})


def faults_when_live(parts: CourseParts, chosen: Collection[Part]) -> list[Fault]:
    """What would not work if these parts went live as they are now."""
    return faults_of(parts.course, coming_of(chosen))


@dataclass(frozen=True)
class Chosen:
    parts: CourseParts
    going: list[Part]


def chosen(course: CoursePage, names: Collection[str]) -> Chosen:
    """The parts that a form named, as they are now. Raises NotDecided where one of them was edited since."""
    parts = parts_of(course)
    by_name = {part.name: part for part in parts.changed}
    if any(name not in by_name for name in names):
        raise NotDecided(CHANGED)
    going = [by_name[name] for name in dict.fromkeys(names)]
    return Chosen(parts, going)


def submit(course: CoursePage, names: Collection[str], word: str, by, now: datetime) -> Submission:
    """`names` are `Part.name` of what goes live when it is approved. Raises NotDecided with one sentence."""
    refuse_second(course)
    what = chosen(course, names)
    _refuse_orphans(what)
    # drawn and checked before the lock, which others wait for
    refuse_faults(faults_when_live(what.parts, what.going))
    with transaction.atomic():
        # one at a time for a course, and no draft is written meanwhile
        pages = [part.pk for part in what.parts.pages]
        list(Page.objects.select_for_update().filter(pk__in=pages).order_by("pk").values_list("pk"))
        refuse_second(course)
        if chosen(course, names) != what:
            raise NotDecided(CHANGED)
        return _create(course, what, word, by, now)


def refuse_second(course: CoursePage) -> None:
    if Submission.objects.open().filter(course_key=course.key).exists():
        raise NotDecided(_("Khóa học đã có một bài gửi duyệt đang chờ."))


def _create(course: CoursePage, what: Chosen, word: str, by, now: datetime) -> Submission:
    said = {"course": course, "title": what.parts.pages[0].title, "by": by, "at": now, "word": word.strip()}
    submission = Submission.objects.create(course_key=course.key, **said)
    _keep(submission, what)
    record(Act.SUBMITTED_COURSE, by, detail=course.key, at=now)
    _tell_approvers(submission)
    forget_what_was_under_review(by)
    return submission


def _refuse_orphans(what: Chosen) -> None:
    """A course that was never published goes live with what stands below it, or nobody could open that."""
    course = what.parts.pages[0]
    if not course.live and course not in what.going:
        raise NotDecided(_("Trang khóa học chưa đăng: hãy chọn cả trang ấy."))
    if not what.going and not any(part.live for part in what.parts.pages):
        raise NotDecided(_("Chưa có phần nào để gửi duyệt."))


def _keep(submission: Submission, what: Chosen) -> None:
    going = {part.ref for part in what.going}
    pins = _pinned(what.going)
    kept = [part for part in what.parts.all if part.ref in going or part.live]
    SubmittedPart.objects.bulk_create(
        SubmittedPart(
            submission=submission,
            place=place,
            kind=part.kind,
            object_id=part.pk,
            title=part.title[:255],
            revision_id=pins.get(part.ref, part.live_revision),
            publishes=part.ref in going,
        )
        for place, part in enumerate(kept)
    )


def _pinned(parts: list[Part]) -> dict[Any, int]:
    """{ref: id of a copy of its latest draft}. Autosave writes on in the draft itself; a copy stays as it was read."""
    drafts = Revision.objects.in_bulk([part.revision for part in parts if part.revision])
    copies = {part.ref: _copy(drafts[part.revision]) for part in parts if part.revision in drafts}
    things = restored({part.ref: None for part in parts if part.ref not in copies})
    types = {ref: ContentType.objects.get_for_model(type(thing)) for ref, thing in things.items()}
    page = ContentType.objects.get_for_model(Page)
    for ref, thing in things.items():
        copies[ref] = Revision(
            content_type=types[ref],
            base_content_type=page if ref[0] != PartKind.QUESTION else types[ref],
            object_id=str(thing.pk),
            created_at=timezone.now() - BEFORE,
            content=thing.serializable_data(),
            object_str=str(thing),
        )
    Revision.objects.bulk_create(copies.values())
    return {ref: copy.pk for ref, copy in copies.items()}


def _copy(draft: Revision) -> Revision:
    return Revision(
        content_type_id=draft.content_type_id,
        base_content_type_id=draft.base_content_type_id,
        object_id=draft.object_id,
        created_at=draft.created_at - BEFORE,
        user_id=draft.user_id,
        object_str=draft.object_str,
        content=draft.content,
    )


# --- ending it without an approval


def connect() -> None:
    pre_delete.connect(_withdraw_of_deleted, sender=CoursePage, dispatch_uid="courses.approving.submitting")


def _withdraw_of_deleted(sender, instance: CoursePage, **kwargs) -> None:
    """Nobody could decide about it any more, and its key may come again."""
    left = Submission.objects.open().filter(course=instance.pk)
    left.update(state=SubmissionState.WITHDRAWN, decided_by=F("by"), decided_at=timezone.now())


@transaction.atomic
def withdraw_submission(submission: Submission, by, now: datetime) -> None:
    if by.pk != submission.by_id:
        raise NotDecided(_("Chỉ người gửi rút lại được; người duyệt thì gửi lại kèm lý do."))
    _end(submission, SubmissionState.WITHDRAWN, "", by, now)
    record(Act.WITHDREW_SUBMISSION, by, detail=submission.course_key, at=now)


@transaction.atomic
def send_back(submission: Submission, reason: str, by, now: datetime) -> None:
    if not may_approve(by):
        raise NotDecided(_("Chỉ người duyệt gửi lại được."))
    if not reason.strip():
        raise NotDecided(_("Hãy ghi cần sửa gì, vì sao, để người viết biết."))
    _end(submission, SubmissionState.SENT_BACK, reason.strip(), by, now)
    record(Act.SENT_COURSE_BACK, by, detail=submission.course_key, at=now)
    _tell_submitter(
        submission,
        _("Khóa học “%(title)s” được gửi lại để sửa"),
        _("Khóa học “%(title)s” được gửi lại để sửa. Lý do ghi ở dàn bài của khóa:\n\n%(address)s\n"),
    )


def _end(submission: Submission, state: str, reason: str, by, now: datetime) -> None:
    ended = Submission.objects.filter(pk=submission.pk, state=SubmissionState.WAITING).update(
        state=state, reason=reason, decided_by=by, decided_at=now
    )
    if not ended:
        raise NotDecided(decided_already(submission))
    forget_what_was_under_review(by)


def decided_already(submission: Submission) -> str:
    now = Submission.objects.select_related("decided_by").get(pk=submission.pk)
    said = {"state": str(now.get_state_display()), "by": now.decided_by.full_name if now.decided_by else ""}
    return _("Bài gửi này vừa được quyết định: %(state)s, %(by)s.") % said


# --- telling


def outline_address(key: str) -> str:
    return settings.BASE_URL + reverse("course_outline", args=[key])


def _tell_approvers(submission: Submission) -> None:
    by_unit = holders(APPROVERS)
    people = {person for unit in at_the_top(by_unit) for person in by_unit[unit]} - {submission.by_id}
    address = settings.BASE_URL + reverse("course_approval", args=[submission.course_key])
    said = {"title": submission.title, "address": address}
    for person in User.objects.filter(pk__in=people, email__gt=""):
        enqueue_mail(
            to=person.email or "",
            subject=_("Khóa học “%(title)s” chờ anh chị duyệt") % said,
            body=_("Khóa học “%(title)s” vừa được gửi để duyệt. Xem, duyệt hoặc gửi lại kèm lý do tại:\n%(address)s\n")
            % said,
            key=f"course-submitted:{submission.pk}:{person.pk}",
        )


def _tell_submitter(submission: Submission, subject: str, body: str) -> None:
    person = submission.by
    if person.is_active and person.email:
        said = {"title": submission.title, "address": outline_address(submission.course_key)}
        key = f"course-decided:{submission.pk}"
        enqueue_mail(to=person.email, subject=subject % said, body=body % said, key=key)


def tell_approved(submission: Submission) -> None:
    _tell_submitter(
        submission,
        _("Khóa học “%(title)s” đã được duyệt"),
        _("Khóa học “%(title)s” đã được duyệt và đăng:\n\n%(address)s\n"),
    )
