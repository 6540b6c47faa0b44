"""A kept answer: a question and an answer in words that name nobody, for all learners of a lesson.

One trainer proposes it from an inquiry, another approves the wording. It outlives the inquiry.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.languages import LANGUAGES
from courses.talk.inquiries.inquiry import Inquiry
from people.free_text import FreeLine, FreeText

QUESTION_LETTERS, ANSWER_LETTERS, WORD_LETTERS = 500, 2000, 300


class KeptState(models.TextChoices):
    PROPOSED = "proposed", _("Chờ duyệt lời")
    SHOWN = "shown", _("Đang ở cuối bài")
    REFUSED = "refused", _("Gửi lại để viết lại")
    WITHDRAWN = "withdrawn", _("Đã rút")


class KeptAnswer(models.Model):
    # NULL: that inquiry is gone
    inquiry = models.ForeignKey(Inquiry, models.SET_NULL, null=True, related_name="kept")
    course_key = models.SlugField(max_length=80)
    lesson_key = models.UUIDField(db_index=True)
    language = models.CharField(max_length=10, choices=LANGUAGES, default="vi")
    question = FreeText()
    answer = FreeText()
    state = models.CharField(max_length=9, choices=KeptState.choices, default=KeptState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # the moment of this wording; what was decided about an earlier one is not about it
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # why it was sent back or taken off
    word = FreeLine(max_length=WORD_LETTERS, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"], condition=~Q(state="withdrawn") & Q(inquiry__isnull=False), name="kept_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")) | Q(state="withdrawn"),
                name="kept_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn")
                | Q(state="proposed", decided_by=None)
                | (Q(state__in=["shown", "refused"]) & Q(decided_by__isnull=False)),
                name="kept_shown_once_decided",
            ),
            models.CheckConstraint(condition=~Q(question="") & ~Q(answer=""), name="kept_says_something"),
        ]
