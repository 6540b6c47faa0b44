"""Pictures and their renditions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image, SourceImageIOError, get_upload_to

from media.files import CleanField, PictureField
from media.provenance import PROVENANCE_FIELDS, Provenance


class Picture(Provenance, AbstractImage):
    """`description` (of Wagtail) is the alternative text; `is_decoration` says that it is meant to be empty.

    Not `decorative`: Wagtail sets an attribute of that name to False on every image it loads.
    """

    file = PictureField(_("tệp"), upload_to=get_upload_to, width_field="width", height_field="height")
    is_clean = CleanField()
    # one sentence for its editors, where cleaning broke a limit: it is not tried again and shown to nobody
    why_refused = models.TextField(editable=False, blank=True, default="")
    is_decoration = models.BooleanField(_("chỉ để trang trí"), default=False)

    admin_form_fields = (
        *Image.admin_form_fields,
        "is_decoration",
        *PROVENANCE_FIELDS,
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("hình ảnh")
        verbose_name_plural = _("hình ảnh")

    def save(self, *args, **kwargs):
        # before the width and the height are asked, which cleaning may turn
        if self.file and not self.file._committed:
            self.file.save(self.file.name, self.file.file, save=False)
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter, *, source=None):
        """Of a picture that is not yet clean, or for which consent ended, none is made, whoever asks."""
        if not self.is_clean or self.consent_ended:
            raise SourceImageIOError(self.why_refused or "not yet clean")
        return super().generate_rendition_file(filter, source=source)

    @property
    def default_alt_text(self):
        return "" if self.is_decoration else self.description


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
