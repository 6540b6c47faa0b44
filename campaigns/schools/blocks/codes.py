"""The code by which script, cards and sheets refer to each other, such as "A2"; also in addresses and headings."""

from django.core.validators import RegexValidator
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
