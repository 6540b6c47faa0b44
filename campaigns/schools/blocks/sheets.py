"""Sheets to hand out or to keep; small ones are printed several to a page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.schools.blocks.codes import PREVIEW, code_block, each_block, hint_block
from pages.text_blocks import SHORT_FEATURES, TableBlock


class Drawing(models.TextChoices):
    FRAME = "frame", _("khung trống để vẽ")
    PHONE = "phone", _("điện thoại giấy")
    # of the answer cards, which a class sees from three metres
    CIRCLE = "circle", _("hình tròn xanh")
    SQUARE = "square", _("hình vuông đỏ")
    TRIANGLE = "triangle", _("hình tam giác vàng")
    STAR = "star", _("ngôi sao chàm")


SHAPES = {
    Drawing.CIRCLE: "scenes/answer-a-circle.svg",
    Drawing.SQUARE: "scenes/answer-b-square.svg",
    Drawing.TRIANGLE: "scenes/answer-c-triangle.svg",
    Drawing.STAR: "scenes/answer-d-star.svg",
}


class WordsBlock(blocks.RichTextBlock):
    """Text with lines to write on: ten or more dots become a line."""

    class Meta:
        template = "blocks/words.html"
        icon = "pilcrow"
        label = _("Chữ")
        description = _("Đoạn văn, danh sách; mười dấu chấm liền nhau thành dòng để viết.")
        preview_value = "<p>Ai mời? ..............................</p>"


class DrawingBlock(blocks.ChoiceBlock):
    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "shape": SHAPES.get(value)}

    class Meta:
        template = "blocks/drawing.html"
        preview_template = PREVIEW
        icon = "image"
        label = _("Hình")
        description = _("Khung trống để vẽ, hoặc điện thoại giấy để tập gọi.")
        preview_value = "phone"


class FaceBlock(blocks.StreamBlock):
    words = WordsBlock(features=SHORT_FEATURES)
    table = TableBlock()
    drawing = DrawingBlock(choices=Drawing.choices)

    class Meta:
        required = False


class SheetBlock(blocks.StructBlock):
    class Holder(models.TextChoices):
        PUPIL = "pupil", _("phát cho học sinh")
        TEACHER = "teacher", _("thầy cô giữ")
        PARENTS = "parents", _("gửi cha mẹ học sinh")

    code = code_block()
    title = blocks.CharBlock(label=_("Tên phiếu"), max_length=120)
    hint = hint_block()
    each = each_block()
    holder = blocks.ChoiceBlock(choices=Holder.choices, default=Holder.PUPIL, label=_("Cho ai"))
    copies = blocks.ChoiceBlock(
        choices=[("1", _("một tờ một trang")), ("2", _("hai tờ một trang")), ("4", _("bốn thẻ một trang"))],
        default="1",
        label=_("Cỡ"),
    )
    front = FaceBlock(label=_("Mặt trước"), required=True)
    back = FaceBlock(label=_("Mặt sau"), required=False)
    note = blocks.RichTextBlock(
        label=_("Dặn thầy cô"),
        features=SHORT_FEATURES,
        required=False,
        help_text=_("Không in trên phiếu; in chung ở phần của thầy cô."),
    )

    class Meta:
        template = "blocks/sheet.html"
        preview_template = PREVIEW
        icon = "doc-full"
        label = _("Phiếu")
        description = _("Phiếu học sinh hoặc trang của thầy cô, in riêng từng trang.")
        preview_value = {
            "code": "B2",
            "title": "Thẻ kiểm tra lời mời",
            "hint": "mỗi em một thẻ",
            "holder": "pupil",
            "copies": "4",
            "front": [("words", "<p>1. Ai mời? ..............................</p>")],
            "back": [("words", "<p><b>111</b> – miễn phí, ngày đêm.</p>")],
            "note": "",
        }
