"""The code by which script, cards and sheets refer to each other, such as "A2"; also in addresses and headings."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# blocks of a lesson are previewed with the stylesheet of a lesson
PREVIEW = "campaigns/block_preview.html"


def code_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Mã"),
        max_length=12,
        help_text=_("Ví dụ A2. Mỗi mã một lần trong bài."),
        validators=[RegexValidator(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", _("Chỉ dùng chữ không dấu, số và dấu nối."))],
    )


def hint_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("In thế nào"), max_length=120, required=False, help_text=_("Ví dụ: cắt rời, in hai mặt.")
    )


class Each(models.TextChoices):
    """How many of it a class needs, from which its paper is counted."""

    CLASS = "class", _("cả lớp một bộ")
    GROUP = "group", _("mỗi nhóm một bộ")
    PAIR = "pair", _("mỗi hai em một tờ")
    PUPIL = "pupil", _("mỗi em một tờ")
    TWICE = "twice", _("mỗi em hai tờ")


def each_block() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        choices=Each.choices, required=False, label=_("Phát mấy tờ"), help_text=_("Để tính cả lớp hết mấy tờ giấy.")
    )
