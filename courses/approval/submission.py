"""Submissions: a course as its editor wants it to be, handed over whole, to be approved or sent back.

What a submission holds are pinned copies of revisions, since autosave writes over the revision that somebody is still
typing in. Where each goes on is in `courses.approving`.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from people.free_text import FreeLine


class SubmissionState(models.TextChoices):
    WAITING = "waiting", _("Chờ duyệt")
    # approved, and being published; the approval stands when all of it is live
    PUBLISHING = "publishing", _("Đã duyệt, đang đăng")
    APPROVED = "approved", _("Đã duyệt")
    SENT_BACK = "sent_back", _("Gửi lại để sửa")
    WITHDRAWN = "withdrawn", _("Người gửi rút lại")


OPEN_STATES = (SubmissionState.WAITING, SubmissionState.PUBLISHING)
APPROVED_STATES = (SubmissionState.PUBLISHING, SubmissionState.APPROVED)


class SubmissionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=OPEN_STATES)


class Submission(models.Model):
    """One course at a time has one that is open. Who submitted it never approves it."""

    course_key = models.SlugField(max_length=80)
    # NULL: the page was deleted since
    course = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    word = FreeLine(max_length=500, blank=True)
    # NULL while it waits; of one that was withdrawn it is the submitter
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # from which day the approval counts
    approved_on = models.DateField(null=True)
    reason = FreeLine(max_length=500, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bài gửi duyệt")
        verbose_name_plural = _("bài gửi duyệt")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course_key"], condition=Q(state__in=OPEN_STATES), name="submission_one_open_a_course"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=APPROVED_STATES) | ~Q(decided_by=F("by")), name="submission_approver_is_another"
            ),
            models.CheckConstraint(
                condition=Q(state=SubmissionState.WAITING, decided_by=None, decided_at=None)
                | (~Q(state=SubmissionState.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="submission_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.SENT_BACK) | ~Q(reason=""), name="submission_sent_back_with_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_waiting(self) -> bool:
        return self.state == SubmissionState.WAITING


class PartKind(models.TextChoices):
    """The model's name in lower case."""

    COURSE = "coursepage", _("khóa học")
    MODULE = "modulepage", _("mô-đun")
    LESSON = "lessonpage", _("mục học")
    QUIZ = "quizpage", _("bài kiểm tra")
    CONVERSATION = "conversationpage", _("cuộc hỏi chuyện")
    QUESTION = "question", _("câu hỏi")


class SubmittedPart(models.Model):
    """A page or a question as it was submitted. `publishes`: it was not live like this, and goes live with the rest."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="parts")
    # as learners meet them; questions after the pages
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=PartKind)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255)
    # of what is published a pinned copy of the editor's, of the rest the live one; NULL: never had one, or purged since
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    publishes = models.BooleanField(default=False)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "object_id"], name="submitted_part_once"),
        ]

    @property
    def is_question(self) -> bool:
        return self.kind == PartKind.QUESTION


def open_submission(course_key: str) -> Submission | None:
    return Submission.objects.open().filter(course_key=course_key).select_related("by", "decided_by").first()


def paths_under_review() -> tuple[str, ...]:
    """The paths of the courses of which a submission is open: no part of them goes live or comes down by itself."""
    return tuple(Submission.objects.open().filter(course__isnull=False).values_list("course__path", flat=True))


def question_under_review(questions: Iterable[int]) -> str:
    """The title of the course with which one of these questions waits to be approved; "" for none."""
    parts = SubmittedPart.objects.filter(
        kind=PartKind.QUESTION, object_id__in=list(questions), submission__state__in=OPEN_STATES
    )
    return parts.values_list("submission__title", flat=True).first() or ""
