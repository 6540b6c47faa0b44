"""What people say about a sentence, and the words on which they agreed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.translating.orthography import Orthography
from campaigns.translating.sentences import SourceSentence
from people.free_text import FreeText


class Remark(models.Model):
    """A comment; or, with `proposal`, that the sentence cannot be said like this: it waits for the author's answer."""

    source = models.ForeignKey(SourceSentence, models.CASCADE, related_name="remarks")
    orthography = models.ForeignKey(Orthography, models.PROTECT, related_name="+")
    cannot = models.BooleanField(default=False)
    text = FreeText(_("lời bàn"), max_length=1000)
    # how the Vietnamese sentence should be
    proposal = FreeText(_("đề nghị"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    answer = FreeText(_("trả lời"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # NULL of what cannot be said like this: it waits
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lời bàn về câu")
        verbose_name_plural = _("lời bàn về câu")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text


class GlossaryWord(models.Model):
    """A Vietnamese word and how it is said: proposed by one person, agreed by another."""

    orthography = models.ForeignKey(Orthography, models.PROTECT, related_name="words")
    vietnamese = models.CharField(_("từ tiếng Việt"), max_length=80)
    word = models.CharField(_("cách nói"), max_length=120)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    # NULL: only proposed
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("từ đã thống nhất")
        verbose_name_plural = _("từ đã thống nhất")
        ordering = ["vietnamese", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["orthography", "vietnamese", "word"], name="glossary_word_once"),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None)
                | models.Q(proposed_by=None)
                | ~models.Q(agreed_by=models.F("proposed_by")),
                name="glossary_agreed_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.vietnamese}: {self.word}"
