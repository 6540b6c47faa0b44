"""An inquiry: what somebody asks a trainer from a lesson, with all that was said about it.

A lesson is known by its translation_key, as everywhere. What was said is a row each, with a key that the form brings,
so that a form sent twice is kept once.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeText
from people.units.unit import Unit

# letters of one thing said
MOST_LETTERS = 2000


class InquiryState(models.TextChoices):
    WAITING = "waiting", _("Chờ trả lời")
    SENT_BACK = "back", _("Cần viết lại")
    ANSWERED = "answered", _("Đã trả lời")
    CLOSED = "closed", _("Đã đóng")
    WITHDRAWN = "withdrawn", _("Đã rút")


# in these her last words may still be changed
REWORDED = [InquiryState.WAITING, InquiryState.SENT_BACK]


class Inquiry(models.Model):
    key = models.UUIDField(default=uuid4, unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # where she was posted as she asked, and for whom she asked if for the unit; NULL: she was posted nowhere
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    course_key = models.SlugField(max_length=80)
    lesson_key = models.UUIDField()
    # once it is answered, her unit reads it too; `named`: with her name
    for_unit = models.BooleanField(default=False)
    named = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=InquiryState.choices, default=InquiryState.WAITING)
    asked_at = models.DateTimeField()
    # since when it waits for an answer; NULL: it does not wait
    waits_since = models.DateTimeField(null=True)
    # when somebody last replied, in whichever way; NULL: nobody yet
    replied_at = models.DateTimeField(null=True)
    # when she last said that she has read what was replied
    read_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", waits_since__isnull=False) | (~Q(state="waiting") & Q(waits_since=None)),
                name="inquiry_waits_since_a_moment",
            ),
            models.CheckConstraint(condition=Q(named=False) | Q(for_unit=True), name="inquiry_named_for_the_unit"),
            models.CheckConstraint(
                condition=Q(for_unit=False) | Q(unit__isnull=False), name="inquiry_for_a_unit_that_is"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | Q(replied_at__isnull=False),
                name="inquiry_replied_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "lesson_key"], name="inquiry_of_person"),
            models.Index(fields=["state", "waits_since"], name="inquiry_by_state"),
            models.Index(fields=["replied_at"], name="inquiry_by_reply"),
        ]

    @property
    def is_unread(self) -> bool:
        """By who asked."""
        return self.replied_at is not None and (self.read_at is None or self.read_at < self.replied_at)

    @property
    def is_open(self) -> bool:
        return self.state not in (InquiryState.CLOSED, InquiryState.WITHDRAWN)


# what was replied and she has not said that she read it
UNREAD = Q(replied_at__isnull=False) & (Q(read_at=None) | Q(read_at__lt=F("replied_at"))) & ~Q(state="withdrawn")


class SaidKind(models.TextChoices):
    QUESTION = "question", _("Câu hỏi")
    ANSWER = "answer", _("Trả lời")
    BACK = "back", _("Gửi lại để viết lại")
    CLOSING = "closing", _("Đóng")


class Said(models.Model):
    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="said")
    key = models.UUIDField(default=uuid4, unique=True)
    kind = models.CharField(max_length=8, choices=SaidKind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = FreeText()
    at = models.DateTimeField()
    # NULL: as it was first said
    edited_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="inquiry_said_something")]

    @property
    def stamp(self) -> str:
        """What a form brings back, to tell whether the words are still those that it showed."""
        return f"{self.pk}-{self.edited_at.timestamp() if self.edited_at else 0}"
