"""Sound and video recordings, each with its transcript."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia

from media.files import CleanField, RecordingField, ThumbnailField
from media.provenance import PROVENANCE_FIELDS, Provenance

# the small forms in which a page offers it, by column: what the file ends with
SMALL = {"small_opus": "webm", "small_aac": "m4a"}


class Recording(Provenance, AbstractMedia):
    file = RecordingField(_("tệp"), upload_to="media")
    thumbnail = ThumbnailField(_("hình đại diện"), upload_to="media_thumbnails", blank=True)
    is_clean = CleanField()
    transcript = models.TextField(
        _("lời đọc"), blank=True, help_text=_("Toàn bộ lời nói, để người không nghe được vẫn đọc được.")
    )
    # SHA-1 of the stored file, as pictures and documents have it; "" of those from before it was kept
    file_hash = models.CharField(max_length=40, blank=True, default="", editable=False, db_index=True)
    # WebVTT: what is said from when to when (media.sounds.captions)
    captions = models.TextField(
        _("phụ đề"), blank=True, default="", help_text=_("Tệp WebVTT dán vào đây: chữ chạy theo tiếng nói hoặc video.")
    )

    # as a page plays it, made in the background (media.sounds): Opus and AAC, of the file of this name
    small_opus = models.FileField(upload_to="media/small", editable=False, blank=True, default="")
    small_aac = models.FileField(upload_to="media/small", editable=False, blank=True, default="")
    mastered_of = models.CharField(max_length=255, editable=False, blank=True, default="")
    # LUFS, integrated, of the AAC form (ITU-R BS.1770)
    loudness = models.FloatField(null=True, editable=False)
    # one sentence for its editors where none could be made
    sound_fault = models.TextField(editable=False, blank=True, default="")

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "tags",
        "transcript",
        "captions",
        *PROVENANCE_FIELDS,
    )

    class Meta(AbstractMedia.Meta):
        verbose_name = _("bản ghi")
        verbose_name_plural = _("bản ghi")

    @property
    def has_small_forms(self) -> bool:
        return bool(self.small_aac) and self.mastered_of == self.file.name

    @property
    def page_file(self):
        """What a page offers: small and as loud as any other, once it is made; AAC plays everywhere."""
        return self.small_aac if self.has_small_forms else self.file

    @property
    def opus_url(self) -> str:
        """Smaller yet, for browsers that play it; "" where there is none."""
        return self.small_opus.url if self.has_small_forms and self.small_opus else ""

    def save(self, *args, **kwargs):
        # before the row is written: what is noted of a new file is part of it
        stored: Any
        for stored in (self.file, self.thumbnail):
            if stored and not stored._committed:
                stored.save(stored.name, stored.file, save=False)
        super().save(*args, **kwargs)
