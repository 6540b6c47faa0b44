"""Sound and video recordings, each with its transcript."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia

from media.files import CleanField, RecordingField, ThumbnailField
from media.provenance import Provenance


class Recording(Provenance, AbstractMedia):
    file = RecordingField(_("tệp"), upload_to="media")
    thumbnail = ThumbnailField(_("hình đại diện"), upload_to="media_thumbnails", blank=True)
    is_clean = CleanField()
    transcript = models.TextField(
        _("lời đọc"), blank=True, help_text=_("Toàn bộ lời nói, để người không nghe được vẫn đọc được.")
    )

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "width",
        "height",
        "thumbnail",
        "tags",
        "language",
        "transcript",
        "credit",
        "consent",
    )

    class Meta(AbstractMedia.Meta):
        verbose_name = _("bản ghi")
        verbose_name_plural = _("bản ghi")

    def save(self, *args, **kwargs):
        # before the row is written: what is noted of a new file is part of it
        stored: Any
        for stored in (self.file, self.thumbnail):
            if stored and not stored._committed:
                stored.save(stored.name, stored.file, save=False)
        super().save(*args, **kwargs)
