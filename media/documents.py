"""Documents that people download."""

from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument

from media.provenance import Provenance


class DocumentFile(Provenance, AbstractDocument):
    admin_form_fields = (*WagtailDocument.admin_form_fields, "credit", "language", "consent")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tài liệu")
        verbose_name_plural = _("tài liệu")
