"""How a lesson is changed for a class: part D of the starter text, beside the lesson itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.text_blocks import SHORT_FEATURES


class Circumstance(models.TextChoices):
    MIXED = "lop_ghep", _("Lớp ghép")
    TONGUE = "tieng_me_de", _("Dạy bằng tiếng mẹ đẻ")
    DEAF = "nghe_kem", _("Em điếc, nghe kém")
    SIGHT = "nhin_kem", _("Em nhìn kém, khó vận động")
    NO_POWER = "khong_dien", _("Không có điện, không có máy in")
    CROWDED = "lop_dong", _("Lớp đông")
    SHORT = "30_phut", _("Chỉ có 30 phút")


# what is read on the board form, where nothing is printed
ON_THE_BOARD = (Circumstance.NO_POWER, Circumstance.SHORT, Circumstance.MIXED)


class AdaptationBlock(blocks.StructBlock):
    circumstance = blocks.ChoiceBlock(choices=Circumstance.choices, label=_("Hoàn cảnh"))
    text = blocks.RichTextBlock(label=_("Làm thế nào"), features=SHORT_FEATURES)

    class Meta:
        icon = "group"
        label = _("Điều chỉnh")


def name_of(value) -> str:
    return str(dict(Circumstance.choices).get(value["circumstance"], ""))
