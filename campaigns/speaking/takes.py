"""What came from a speaker: a recording as it was sent, the sentences in it, and the voice that was made of them.

The original is private and stays as it came. A recording has a number made on the device that sent it, so that what is
sent twice, over a line that broke, is one.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.speaking.rules import TakeState
from campaigns.speaking.speaker import Speaker
from campaigns.translating.sentences import SourceSentence
from config.languages import LANGUAGES
from media.recordings import Recording
from outbox.private_files import keep_longer
from people.free_text import FreeLine

# of the originals and of what approvers hear, among the private files
FOLDER = "voices"
# not with the exports, which go after two weeks
keep_longer(FOLDER)


class Sound(models.Model):
    number = models.UUIDField(unique=True)
    # of the Vietnamese page and its translations
    page_key = models.UUIDField(db_index=True)
    language = models.CharField(_("tiếng"), max_length=10, choices=LANGUAGES)
    speaker = models.ForeignKey(Speaker, models.PROTECT, related_name="sounds")
    # of a private file; "" once it is gone
    file = models.CharField(max_length=200, blank=True)
    # SHA-256 of what came
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("bản thu")
        verbose_name_plural = _("bản thu")
        constraints = [
            models.UniqueConstraint(fields=["page_key", "language", "digest"], name="sound_once_a_message"),
        ]

    def __str__(self):
        return str(self.number)


class Take(models.Model):
    sound = models.ForeignKey(Sound, models.CASCADE, related_name="takes")
    source = models.ForeignKey(SourceSentence, models.CASCADE, related_name="+")
    language = models.CharField(_("tiếng"), max_length=10, choices=LANGUAGES)
    # in seconds of the sound; NULL: to its end
    begins_at = models.FloatField(default=0)
    ends_at = models.FloatField(null=True)
    # what was read ("": the Vietnamese sentence, said in the language), and of which Vietnamese sentence
    text = models.TextField(blank=True)
    of_text = models.TextField()
    # whose account brought it; she approves it never
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=TakeState.choices, default=TakeState.AWAITING)
    # a private file as loud as any other, without silence; "" until it is made
    heard = models.CharField(max_length=200, blank=True)
    seconds = models.FloatField(null=True)
    # why it is to be recorded again, in one sentence
    word = FreeLine(max_length=300, blank=True)
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("câu đã thu")
        verbose_name_plural = _("câu đã thu")
        constraints = [
            models.UniqueConstraint(fields=["sound", "source"], name="take_once_a_sound"),
            models.UniqueConstraint(
                fields=["source", "language"], condition=Q(state="awaiting"), name="take_one_waits_a_sentence"
            ),
            models.UniqueConstraint(
                fields=["source", "language"], condition=Q(state="approved"), name="take_one_stands_a_sentence"
            ),
            models.CheckConstraint(
                condition=Q(approver=None) | Q(brought_by=None) | ~Q(approver=F("brought_by")),
                name="take_approved_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="approved") | Q(decided_at__isnull=False), name="take_approved"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")), name="take_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.get_state_display()}: {self.source_id}"


class MessageVoice(models.Model):
    """The joined voice of a message, or of one part of what is asked of it, in a language; `recording` is NULL while
    there is none that may be heard.
    """

    page_key = models.UUIDField()
    language = models.CharField(_("tiếng"), max_length=10, choices=LANGUAGES)
    # of `script.PARTS`; "": the message
    part = models.CharField(max_length=20, blank=True)
    recording = models.OneToOneField(Recording, models.SET_NULL, null=True, related_name="voice_of")
    takes = models.ManyToManyField(Take, related_name="+")
    made_at = models.DateTimeField(null=True)
    # what was said before was wrong; until a voice is approved anew
    withdrawn_at = models.DateTimeField(null=True)
    # a recording of the library that was stopped so, and that no draft of the page brings back
    stopped = models.ForeignKey(Recording, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("tiếng nói của thông điệp")
        verbose_name_plural = _("tiếng nói của thông điệp")
        constraints = [
            models.UniqueConstraint(fields=["page_key", "language", "part"], name="voice_once_a_part"),
            models.CheckConstraint(
                condition=Q(recording=None) | Q(withdrawn_at=None), name="voice_withdrawn_is_not_heard"
            ),
        ]

    def __str__(self):
        return f"{self.language}: {self.page_key} {self.part}".strip()
