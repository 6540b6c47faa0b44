"""What a lesson refers to: the law, a file, a number to call."""

import re

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class LawBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Trích nguyên văn"))
    source = blocks.CharBlock(
        max_length=200,
        label=_("Nguồn"),
        help_text=_("Số văn bản, điều, khoản, điểm. Ví dụ: Luật 53/2024/QH15, Điều 2 khoản 1."),
    )
    url = blocks.URLBlock(required=False, label=_("Địa chỉ văn bản"))

    class Meta:
        template = "blocks/law.html"
        icon = "doc-full"
        label = _("Trích luật")
        group = _("Dẫn nguồn")
        description = _("Trích nguyên văn một quy định, kèm nguồn.")
        preview_value = {
            "quote": "Trích nguyên văn quy định ở đây.",
            "source": "Luật 53/2024/QH15, Điều 2 khoản 1",
            "url": "",
        }


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Tài liệu"))
    title = blocks.CharBlock(required=False, max_length=160, label=_("Tên hiển thị"))
    note = blocks.CharBlock(required=False, max_length=200, label=_("Ghi chú"))

    def get_preview_value(self):
        latest = self.child_blocks["document"].field.queryset.order_by("-pk").first()
        return self.normalize({**self.meta.preview_value, "document": latest})

    class Meta:
        template = "blocks/download.html"
        icon = "download"
        label = _("Tải về")
        group = _("Dẫn nguồn")
        description = _("Một tài liệu để tải, có loại tệp và dung lượng.")
        preview_value = {"document": None, "title": "Mẫu phiếu ghi nhận", "note": "In hai mặt"}


class ContactBlock(blocks.StructBlock):
    number = blocks.CharBlock(
        max_length=20,
        label=_("Số điện thoại"),
        validators=[RegexValidator(r"^\+?[\d .]{3,20}$", _("Chỉ ghi chữ số, ví dụ 111 hoặc 0236 3822 222."))],
    )
    name = blocks.CharBlock(max_length=160, label=_("Tên nơi nhận cuộc gọi"))
    note = blocks.CharBlock(required=False, max_length=250, label=_("Khi nào gọi"))
    hours = blocks.CharBlock(required=False, max_length=80, label=_("Giờ"))
    cost = blocks.CharBlock(required=False, max_length=80, label=_("Cước"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["dial"] = re.sub(r"[ .]", "", value.get("number") or "")
        return context

    class Meta:
        template = "blocks/contact.html"
        icon = "mobile-alt"
        label = _("Gọi cho ai")
        group = _("Dẫn nguồn")
        description = _("Một số điện thoại, tên, giờ và cước; bấm là gọi.")
        preview_value = {
            "number": "111",
            "name": "Tổng đài quốc gia về phòng, chống mua bán người",
            "note": "",
            "hours": "24/7",
            "cost": "Miễn phí",
        }
