"""Blocks of the messages: a question to ask, a part with a heading of its own."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Hỏi"), max_length=120)
    words = blocks.TextBlock(label=_("Lời dặn"), required=False)

    class Meta:
        template = "blocks/question.html"
        icon = "help"
        label = _("Điều phải hỏi")
        description = _("Một câu hỏi ngắn in đậm và lời dặn đi kèm.")
        preview_value = {"question": "Ai giữ hộ chiếu?", "words": "Tự mình giữ."}


class PartBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Tên phần"), max_length=120)
    text = blocks.TextBlock(label=_("Nội dung"))

    class Meta:
        template = "blocks/part.html"
        icon = "doc-full"
        label = _("Phần có tên riêng")
        description = _("Một đoạn nói riêng với ai đó, như gia đình có người đang ở xa.")
        preview_value = {"heading": "Gia đình có người ở xa", "text": "Ghi lại tin nhắn. Hỏi Công an trước."}
