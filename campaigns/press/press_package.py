"""A package for broadcasters and press. Its number is the message's, its version counts what was made of it; both stand
in addresses and file names, so neither is reused. What was withdrawn says so at its address and hands out nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from campaigns.loudspeakers.reading_out import readings
from campaigns.messages.message import MessagePage, MessageRecording
from campaigns.renderings.sheets import Withdrawal
from campaigns.translating.deciding import said_wrong
from config.languages import NAMES
from media.models import Recording
from media.provenance import Use
from outbox.private_files import keep_longer
from people.times import today

# among the private files, handed out by its page alone
FOLDER = "press"
keep_longer(FOLDER)


class PressPackageQuerySet(models.QuerySet):
    def newest(self):
        """Of each message the version that was made last."""
        later = PressPackage.objects.filter(number=OuterRef("number"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))

    def holding(self, message_key):
        """Versions that may still be used."""
        return self.filter(message__translation_key=message_key, withdrawn_at=None, use_until__gte=today())


class PressPackage(models.Model):
    # NULL: the message was deleted
    message = models.ForeignKey(MessagePage, models.SET_NULL, null=True, related_name="press_packages")
    number = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField()
    # of the message as it was called then
    title = models.CharField(max_length=255, editable=False)
    # hash of what is in it
    made_of = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    use_until = models.DateField()
    # of a private file; "" once it is gone
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    pictures = models.PositiveSmallIntegerField(default=0)
    # tags of the languages of its texts, of its voices
    written = models.JSONField(default=list)
    spoken = models.JSONField(default=list)
    # a sentence each about what was left out
    notes = models.JSONField(default=list)
    recordings = models.ManyToManyField(Recording, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, editable=False)

    objects = PressPackageQuerySet.as_manager()

    class Meta:
        ordering = ["number", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="press_package_version_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(why=""), name="press_package_withdrawn_for_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.number}/{self.version}"

    @property
    def file_name(self) -> str:
        return f"goi-bao-chi-{self.number}-ban-{self.version}.zip"

    @property
    def tongues(self) -> str:
        return _names(self.written)

    @property
    def voices(self) -> str:
        return _names(self.spoken)


def _names(tags: Iterable[str]) -> str:
    return ", ".join(NAMES[tag][0] if tag in NAMES else tag for tag in tags)


# --- what was withdrawn


def withdrawn(packages: Iterable[PressPackage]) -> dict[int, str]:
    """By package why it is used no more, whether or not that was noted yet; a constant number of queries."""
    rows = list(
        PressPackage.objects.filter(pk__in=[one.pk for one in packages])
        .select_related("message")
        .prefetch_related("recordings")
    )
    said = readings(row.message.translation_key for row in rows if row.message)
    sheets = _sheets_withdrawn([row.message_id for row in rows if row.message_id])
    heard = {one.pk for row in rows for one in row.recordings.all()}
    on_pages = set(MessageRecording.objects.filter(recording__in=heard).values_list("recording", flat=True))
    return {row.pk: why for row in rows if (why := row.why or _why(row, said, sheets, on_pages))}


def _sheets_withdrawn(messages: list[int]) -> dict[int, Withdrawal]:
    """The last time that all prints of a message were taken back."""
    rows = Withdrawal.objects.filter(message__in=messages, format="").order_by("at")
    return {row.message_id: row for row in rows if row.message_id is not None}


def _why(row: PressPackage, said, sheets: dict[int, Withdrawal], on_pages: set[int]) -> str:
    if row.message is None:
        return _("Thông điệp này đã xóa.")
    reading = said[row.message.translation_key]
    if word := reading.why_not_on(today()):
        return _("Thông điệp này %s.") % word
    withdrawal = sheets.get(row.message_id or 0)
    if withdrawal is not None and withdrawal.at > row.made_at:
        return withdrawal.why
    voices = list(row.recordings.all())
    if len(voices) < len(row.spoken) or any(one.consent_ended or one.pk not in on_pages for one in voices):
        return _("Một tiếng nói trong gói này đã rút.")
    if any(Use.BROADCAST not in one.consent_for for one in voices):
        return _("Người nói trong gói này không còn đồng ý cho đài, báo.")
    return ""


def note_withdrawn(now: datetime) -> int:
    """How many were withdrawn since this was asked last."""
    rows = PressPackage.objects.filter(withdrawn_at=None)
    found = withdrawn(rows)
    for pk, why in found.items():
        rows.filter(pk=pk).update(withdrawn_at=now, why=why[:300])
    return len(found)


def _said_wrong(sender, sources, at: datetime, **kwargs) -> None:
    """What was made before the correction holds the sentence."""
    keys = {source.page_key for source in sources}
    why = _("Một câu trong gói này trước đây sai, đã sửa.")
    PressPackage.objects.filter(message__translation_key__in=keys, withdrawn_at=None).update(withdrawn_at=at, why=why)


def connect() -> None:
    said_wrong.connect(_said_wrong, dispatch_uid="campaigns.press")
