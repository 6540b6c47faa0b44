"""Cards to cut out, with a front and a back."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.schools.blocks.codes import PREVIEW, code_block, each_block, hint_block
from pages.text_blocks import SHORT_FEATURES


class CardBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Thẻ"), max_length=60)
    front = blocks.RichTextBlock(label=_("Mặt trước"), features=SHORT_FEATURES)
    back = blocks.RichTextBlock(label=_("Mặt sau"), features=SHORT_FEATURES, required=False)

    class Meta:
        icon = "form"
        label = _("Thẻ")


class CardsBlock(blocks.StructBlock):
    code = code_block()
    title = blocks.CharBlock(label=_("Tên bộ thẻ"), max_length=120)
    hint = hint_block()
    each = each_block()
    cards = blocks.ListBlock(CardBlock(), min_num=1, label=_("Các thẻ"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["has_backs"] = any(card["back"] and card["back"].source for card in value["cards"])
        return context

    class Meta:
        template = "blocks/cards.html"
        preview_template = PREVIEW
        icon = "copy"
        label = _("Bộ thẻ")
        description = _("Thẻ cắt rời, có mặt trước và mặt sau.")
        preview_value = {
            "code": "A2",
            "title": "Xanh hay đỏ?",
            "hint": "cắt rời, in hai mặt",
            "cards": [
                {"name": "1", "front": "<p>Cô giáo nhờ em mang sổ sang lớp bên.</p>", "back": "<p><b>XANH.</b></p>"},
                {"name": "2", "front": "<p>“Đừng nói mẹ nhé.”</p>", "back": "<p><b>ĐỎ.</b> Bảo giấu mẹ.</p>"},
            ],
        }
