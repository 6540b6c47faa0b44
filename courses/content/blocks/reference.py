"""What a lesson refers to: the law, a term, a file, a number to call."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from courses.content.blocks.concerning import LessonBlock


class LawBlock(LessonBlock):
    """`source` is how older lessons say which article it is; a new one says it in `article`."""

    quote = blocks.TextBlock(label=_("Trích nguyên văn"))
    article = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Điều, khoản"),
        help_text=_("Điều, khoản, điểm và số văn bản. Ví dụ: Điều 2 khoản 1 Luật 53/2024/QH15."),
    )
    plain = blocks.TextBlock(
        required=False, label=_("Nói cho dễ hiểu"), help_text=_("Một hai câu bằng lời của mình, không thay lời luật.")
    )
    source = blocks.CharBlock(required=False, max_length=200, label=_("Nguồn khác"))
    url = blocks.URLBlock(required=False, label=_("Địa chỉ văn bản"))

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation and not value["article"] and not value["source"]:
            error = ValidationError(_("Ghi điều, khoản và số văn bản của lời trích này."))
            raise blocks.StructBlockValidationError({"article": error})
        return value

    class Meta:
        template = "blocks/law.html"
        icon = "doc-full"
        label = _("Trích luật")
        group = _("Dẫn nguồn")
        description = _("Trích nguyên văn một quy định, kèm điều khoản và lời giải thích dễ hiểu.")
        preview_value = {
            "quote": "Trích nguyên văn quy định ở đây.",
            "article": "Điều 2 khoản 1 Luật 53/2024/QH15",
            "plain": "Nói lại bằng lời dễ hiểu.",
            "source": "",
            "url": "",
        }


class TermBlock(LessonBlock):
    word = blocks.CharBlock(max_length=80, label=_("Từ"))
    meaning = blocks.TextBlock(label=_("Nghĩa"))

    class Meta:
        template = "blocks/term.html"
        icon = "title"
        label = _("Giải nghĩa từ")
        group = _("Dẫn nguồn")
        description = _("Một từ và nghĩa của nó, nói gọn.")
        preview_value = {"word": "Cưỡng bức lao động", "meaning": "Buộc một người làm việc trái ý muốn của họ."}


class DownloadBlock(LessonBlock):
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


class ContactBlock(LessonBlock):
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
