"""Blocks of the public pages: one verb, one message, one number to call."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

# national emergency and help numbers, which need no trial call by the province
NATIONAL_NUMBERS = {"111", "113", "114", "115"}


class VerbBlock(blocks.StructBlock):
    verb = blocks.CharBlock(label=_("Động từ"), max_length=12)
    words = blocks.CharBlock(label=_("Lời dặn"), max_length=80)

    class Meta:
        icon = "pick"
        label = _("Lời dặn")


class MessageBlock(blocks.StructBlock):
    """What recruiters say, what is true, what to do; `page` leads to the full message once there is one."""

    title = blocks.CharBlock(label=_("Tên"), max_length=80)
    said = blocks.TextBlock(label=_("Họ hay nói"), required=False)
    truth = blocks.TextBlock(label=_("Sự thật"), required=False)
    advice = blocks.TextBlock(label=_("Nên làm"))
    source = blocks.CharBlock(label=_("Nguồn"), required=False, max_length=250)
    page = blocks.PageChooserBlock(label=_("Trang đầy đủ"), required=False)

    class Meta:
        icon = "comment"
        label = _("Thông điệp")


class HotlineBlock(blocks.StructBlock):
    """A number is public only when it is a national one or somebody called it and says when."""

    number = blocks.CharBlock(
        label=_("Số"),
        max_length=20,
        validators=[RegexValidator(r"^\+?[0-9 ]{3,20}$", _("Chỉ ghi chữ số và dấu cách, ví dụ 111."))],
    )
    when = blocks.CharBlock(label=_("Khi nào gọi"), max_length=160)
    terms = blocks.CharBlock(label=_("Giờ, giá cước"), required=False, max_length=80)
    confirmed_on = blocks.DateBlock(label=_("Ngày gọi thử"), required=False)

    class Meta:
        icon = "mobile-alt"
        label = _("Số điện thoại")

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["number"].replace(" ", "") not in NATIONAL_NUMBERS and not cleaned["confirmed_on"]:
            error = ValidationError(_("Số này phải được gọi thử trước. Ghi ngày gọi thử."))
            raise StructBlockValidationError(block_errors={"confirmed_on": error})
        return cleaned
