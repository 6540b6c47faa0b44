"""Documents that people download."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument

from media.cleaning.pictures import is_clean
from media.contents.kinds import why_not
from media.files import is_set_aside
from media.provenance import PROVENANCE_FIELDS, Provenance

UNKNOWN = "application/octet-stream"


class Scan(models.TextChoices):
    NOT_ASKED = "", _("chưa quét")
    WAITING = "waiting", _("đang chờ quét virus")
    CLEAN = "clean", _("đã quét, không thấy virus")
    INFECTED = "infected", _("có virus")


# what nobody may fetch
WITHHELD = (Scan.WAITING, Scan.INFECTED)


def refuse_other_content(name: str, file) -> None:
    """Raises ValidationError with one sentence where the content is not what the name says."""
    if sentence := why_not(name, file):
        raise ValidationError(sentence, code="other_content")


class StoredDocument(FieldFile):
    """Every way into the library ends here: form, several at once, chooser, replacement, script."""

    def save(self, name, content, save=True):
        if not is_set_aside(self, name, content):
            self.rewrite(name, content, save)

    def rewrite(self, name, content, save=True):
        """Without asking whether it has to wait: what was decided about."""
        if not is_clean(content):
            refuse_other_content(name, File(content, name=name))
        row = self.instance
        row.is_looked_at, row.doubt = True, ""  # type: ignore[attr-defined]
        row.scan = Scan.WAITING if settings.CLAMAV_URL else Scan.NOT_ASKED  # type: ignore[attr-defined]
        super().save(name, content, save)


class DocumentField(models.FileField):
    attr_class = StoredDocument


class DocumentFile(Provenance, AbstractDocument):
    file = DocumentField(_("tệp"), upload_to="documents")
    # whether its content was compared with its name; those from before that was done at the store may not be
    is_looked_at = models.BooleanField(default=False, editable=False, db_index=True)
    # one sentence where a document from before is not what its name says: it stays, as a download
    doubt = models.TextField(editable=False, blank=True, default="")
    scan = models.CharField(max_length=8, choices=Scan.choices, editable=False, blank=True, default="", db_index=True)

    admin_form_fields = (*WagtailDocument.admin_form_fields, *PROVENANCE_FIELDS)

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tài liệu")
        verbose_name_plural = _("tài liệu")

    def save(self, *args, **kwargs):
        # before the row is written, so that a refused file leaves the transaction of whoever asked whole
        stored: Any = self.file
        if stored and not stored._committed:
            stored.save(stored.name, stored.file, save=False)
        super().save(*args, **kwargs)

    @property
    def is_withheld(self) -> bool:
        return self.scan in WITHHELD or self.consent_ended

    @property
    def content_type(self) -> str:
        """What a browser is told: nothing is shown whose content nobody compared with its name."""
        return super().content_type if self.is_looked_at and not self.doubt else UNKNOWN
