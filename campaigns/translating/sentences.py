"""Sentences of the province's pages and what each language has of them, as rows of ours.

A source sentence is known by the key of its page (the same in every language), the field or block in which it stands,
and its own row, which goes on when the sentence is changed: `letters.sentences.aligned` says which is which.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.translating.orthography import Orthography
from campaigns.translating.rules import State
from people.free_text import FreeLine


class Change(models.TextChoices):
    """What whoever corrected a sentence says of it."""

    NONE = "", _("không sửa")
    UNSAID = "unsaid", _("chưa nói")
    SAME = "same", _("cùng ý")
    WRONG = "wrong", _("trước đây sai")


class SourceQuerySet(models.QuerySet):
    def present(self):
        return self.filter(gone_at=None)

    def of(self, page_key):
        return self.present().filter(page_key=page_key).order_by("place", "pk")


class SourceSentence(models.Model):
    # of the Vietnamese page and its translations; no key of the database, since a page that is deleted and brought
    # back finds its sentences again
    page_key = models.UUIDField(db_index=True)
    # a field, or field/block/field of the block
    path = models.CharField(max_length=255)
    # its place among all sentences of the page
    place = models.PositiveIntegerField()
    text = models.TextField()
    # what stands between it and the next one
    after = models.CharField(max_length=40, blank=True)
    # as it was before it was changed last
    was = models.TextField(blank=True)
    change = models.CharField(max_length=6, choices=Change.choices, blank=True)
    changed_at = models.DateTimeField(null=True)
    change_said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # when it went out of the page; its translations are kept
    gone_at = models.DateTimeField(null=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu gốc")
        verbose_name_plural = _("câu gốc")
        indexes = [models.Index(fields=["change"], name="source_by_change", condition=Q(change="unsaid"))]

    def __str__(self):
        return self.text


class SentenceTranslation(models.Model):
    source = models.ForeignKey(SourceSentence, models.CASCADE, related_name="translations")
    orthography = models.ForeignKey(Orthography, models.PROTECT, related_name="translations")
    # what the translator wrote last, and of which Vietnamese sentence
    text = models.TextField(blank=True)
    of_text = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    translator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    # why it was sent back, in one sentence for who wrote it
    word = FreeLine(max_length=300, blank=True)
    # raised with each change, so that of two people who write at once the second is shown what the first wrote
    stamp = models.PositiveIntegerField(default=0)
    # what readers see; "": the Vietnamese sentence
    live_text = models.TextField(blank=True)
    live_of = models.TextField(blank=True)
    # the live text is that of its whole field: written before there were sentences, when it could not be divided
    is_whole = models.BooleanField(default=False)
    live_translator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # NULL of what was live before there were approvers
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("câu dịch")
        verbose_name_plural = _("câu dịch")
        constraints = [
            models.UniqueConstraint(fields=["source", "orthography"], name="translation_once_an_orthography"),
            models.CheckConstraint(
                condition=Q(approver=None) | Q(live_translator=None) | ~Q(approver=F("live_translator")),
                name="translation_approved_by_another",
            ),
            # no text is approved, and none goes on as approved, that nobody approved
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(approved_at=None), name="translation_approved_on_a_day"
            ),
            models.CheckConstraint(condition=~Q(state="withdrawn") | Q(live_text=""), name="translation_withdrawn"),
        ]

    def __str__(self):
        return self.text


class Did(models.TextChoices):
    WROTE = "wrote", _("viết")
    SUBMITTED = "sent", _("gửi duyệt")
    APPROVED = "approved", _("duyệt")
    SENT_BACK = "back", _("gửi lại")
    OUTDATED = "outdated", _("câu gốc sửa")
    WITHDRAWN = "withdrawn", _("rút")
    ADOPTED = "adopted", _("có từ trước")


class SentenceStep(models.Model):
    """What became of a translated sentence, by whom and when; never changed."""

    translation = models.ForeignKey(SentenceTranslation, models.CASCADE, related_name="steps")
    did = models.CharField(max_length=9, choices=Did.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("bước của câu dịch")
        verbose_name_plural = _("bước của câu dịch")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_did_display()}: {self.translation_id}"


class NamedApprover(models.Model):
    """She agrees that her name stands on pages whose sentences she approved, never on paper; gone when she takes it
    back.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("người duyệt đồng ý nêu tên")
        verbose_name_plural = _("người duyệt đồng ý nêu tên")

    def __str__(self):
        return str(self.person)
