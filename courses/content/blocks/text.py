"""What is read: the story that opens a lesson, text, call-outs, the one sentence to take away."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.content.blocks.concerning import LessonBlock, WordsBlock

# what an editor may set in running text; h1 belongs to the page
FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class TextBlock(WordsBlock):
    text = blocks.RichTextBlock(features=FEATURES, label=_("Văn bản"))

    class Meta:
        template = "blocks/text.html"
        icon = "pilcrow"
        label = _("Văn bản")
        group = _("Đọc")
        description = _("Đoạn văn, tiêu đề nhỏ và danh sách.")
        preview_value = (
            "<h2>Cách hỏi</h2><p>Hỏi <b>từng câu một</b> và để người đó trả lời bằng lời của mình.</p>"
            "<ul><li>Nói chậm</li><li>Nghe hết câu</li></ul>"
        )


class CalloutBlock(LessonBlock):
    class Tone(models.TextChoices):
        INFO = "info", _("Nên biết")
        WARN = "warn", _("Cần chú ý")
        BAD = "bad", _("Nguy hiểm")
        OK = "ok", _("Việc đúng")

    # the tone never speaks by colour alone
    ICONS = {"info": "info", "warn": "warn", "bad": "warn", "ok": "check"}

    tone = blocks.ChoiceBlock(choices=Tone.choices, default=Tone.INFO, label=_("Loại"))
    title = blocks.CharBlock(max_length=120, label=_("Tiêu đề"))
    text = blocks.RichTextBlock(features=SHORT_FEATURES, label=_("Nội dung"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["icon_name"] = self.ICONS.get(value.get("tone"), "info")
        return context

    class Meta:
        template = "blocks/callout.html"
        icon = "warning"
        label = _("Ô nhấn mạnh")
        group = _("Đọc")
        description = _("Một điều không được bỏ qua, tách khỏi đoạn văn.")
        preview_value = {
            "tone": "warn",
            "title": "Dừng lại khi",
            "text": "<p>người đó muốn dừng hoặc tỏ ra hoảng sợ.</p>",
        }


class SceneBlock(WordsBlock):
    """The invented story that opens a lesson; a blank line begins a new paragraph."""

    text = blocks.TextBlock(label=_("Câu chuyện"))

    class Meta:
        template = "blocks/scene.html"
        icon = "openquote"
        label = _("Câu chuyện mở đầu")
        group = _("Đọc")
        description = _("Câu chuyện giả định để người học nghĩ trước khi đọc. Không dùng chi tiết của người thật.")
        preview_value = (
            "Chiều thứ ba, anh Sơn đến trụ sở xã hỏi cách đòi tiền công. Giấy tờ của anh, chủ xưởng vẫn giữ."
        )


class TakeawayBlock(WordsBlock):
    text = blocks.TextBlock(label=_("Câu để nhớ"))

    class Meta:
        template = "blocks/takeaway.html"
        icon = "thumbtack"
        label = _("Điều mang về")
        group = _("Đọc")
        description = _("Một câu để nhớ, đặt ở cuối mục.")
        preview_value = "Nghe xong, tự hỏi ba câu: ai làm gì, bằng cách nào, để làm gì."
