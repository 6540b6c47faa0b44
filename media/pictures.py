"""Pictures and their renditions."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from media.cleaning import cleaned, is_clean
from media.provenance import Provenance


class Picture(Provenance, AbstractImage):
    """`description` (of Wagtail) is the alternative text; `is_decoration` says that it is meant to be empty.

    Not `decorative`: Wagtail sets an attribute of that name to False on every image it loads.
    """

    is_decoration = models.BooleanField(_("chỉ để trang trí"), default=False)

    admin_form_fields = (
        *Image.admin_form_fields,
        "is_decoration",
        "credit",
        "language",
        "consent",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("hình ảnh")
        verbose_name_plural = _("hình ảnh")

    def save(self, *args, **kwargs):
        # a form has cleaned the file already; a seed or a script has not
        file: Any = self.file  # type: ignore[has-type]
        if file and not file._committed and not is_clean(file):
            self.file = cleaned(file)
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self):
        return "" if self.is_decoration else self.description


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_once")
        ]
