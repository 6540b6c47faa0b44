"""A lesson that a school copied and changed, and each wording of it: written by one person, approved by another.

The page of a copy is made when its first wording is approved; before that nobody outside the school reads a word of it.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.schools.lesson import SchoolLessonPage
from people.free_text import FreeText
from people.units.unit import Unit

LONGEST_REASON = 500


class PackCopy(models.Model):
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # the `translation_key` of the lesson that was copied, and its title on that day
    origin = models.UUIDField(db_index=True)
    origin_title = models.CharField(max_length=255)
    # the words of the origin that this copy follows, or that the school saw and did not take, and since when they stood
    taken = models.JSONField()
    taken_from = models.DateTimeField()
    # NULL: no wording was approved yet
    page = models.OneToOneField(SchoolLessonPage, models.SET_NULL, null=True, related_name="school_copy")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.origin_title}, {self.school}"


class WordingState(models.TextChoices):
    DRAFT = "nhap", _("Bản nháp")
    WAITING = "cho", _("Chờ duyệt")
    SENT_BACK = "gui_lai", _("Gửi lại")
    LIVE = "dang_dung", _("Đã duyệt")
    PAST = "cu", _("Bản cũ")


class CopyWording(models.Model):
    """The latest one of a copy is what the school works on."""

    copy = models.ForeignKey(PackCopy, models.CASCADE, related_name="wordings")
    words = models.JSONField()
    state = models.CharField(max_length=9, choices=WordingState.choices, default=WordingState.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # who handed it in, who decided
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # why it was sent back
    reason = FreeText(_("lý do gửi lại"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["copy"], condition=Q(state=WordingState.WAITING), name="copy_wording_waits_once"
            ),
            models.UniqueConstraint(
                fields=["copy"], condition=Q(state=WordingState.LIVE), name="copy_wording_live_once"
            ),
            # nobody approves what she wrote or handed in
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=models.F("by")) & (Q(sent_by=None) | ~Q(decided_by=models.F("sent_by")))),
                name="copy_wording_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.copy}, {self.get_state_display()}"
