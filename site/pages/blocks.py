"""Blocks of the public pages: one verb."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class VerbBlock(blocks.StructBlock):
    verb = blocks.CharBlock(label=_("Động từ"), max_length=12)
    words = blocks.CharBlock(label=_("Lời dặn"), max_length=80)

    class Meta:
        icon = "pick"
        label = _("Lời dặn")
