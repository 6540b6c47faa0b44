"""What a lesson refers to: the law, a term, a file, a number to call."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from courses.content.blocks.concerning import LessonBlock
from pages.contacts.blocks import ContactChooserBlock
from pages.contacts.contact import Contact


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
    """Shows the number as the province's list has it now, and 111 while nobody vouches for it."""

    contact = ContactChooserBlock()
    note = blocks.CharBlock(
        required=False, max_length=250, label=_("Khi nào gọi"), help_text=_("Để trống thì theo danh sách số liên hệ.")
    )

    def get_context(self, value, parent_context=None):
        contact = value.get("contact")
        return {
            **super().get_context(value, parent_context),
            "contact": contact if contact is not None and contact.is_shown else None,
        }

    def get_preview_value(self):
        return self.normalize(
            {
                "contact": Contact(number="111", name=str(_("Nơi nhận cuộc gọi")), public_since=timezone.now()),
                "note": "",
            }
        )

    class Meta:
        template = "blocks/contact.html"
        icon = "mobile-alt"
        label = _("Gọi cho ai")
        group = _("Dẫn nguồn")
        description = _("Một số đã gọi thử, lấy từ danh sách số liên hệ; bấm là gọi.")
        preview_value = {"contact": None, "note": ""}
