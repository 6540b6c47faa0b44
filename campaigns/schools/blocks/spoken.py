"""What a class does together with words: a discussion, a role-play, a song; each with a code, as cards have."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaigns.schools.blocks.codes import PREVIEW, code_block, hint_block
from pages.text_blocks import SHORT_FEATURES


class DiscussionBlock(blocks.StructBlock):
    code = code_block()
    title = blocks.CharBlock(label=_("Tên thảo luận"), max_length=120)
    hint = hint_block()
    questions = blocks.ListBlock(blocks.CharBlock(max_length=250), min_num=1, label=_("Các câu hỏi"))
    listen = blocks.RichTextBlock(
        label=_("Nghe gì, chốt gì"), features=SHORT_FEATURES, required=False, help_text=_("Thầy cô giữ, không phát.")
    )

    class Meta:
        template = "blocks/discussion.html"
        preview_template = PREVIEW
        icon = "comment"
        label = _("Thảo luận")
        description = _("Câu hỏi cho nhóm hoặc cả lớp, và điều thầy cô lắng nghe.")
        preview_value = {
            "code": "B8",
            "title": "Vì sao ta không hỏi dò?",
            "hint": "",
            "questions": ["Người trở về cần gì ở lớp?", "Ta nói gì thay cho câu hỏi dò?"],
            "listen": "<p>Không gọi tên em nào.</p>",
        }


class SituationBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Thẻ"), max_length=60)
    said = blocks.RichTextBlock(label=_("Thầy cô nói"), features=SHORT_FEATURES)
    answer = blocks.RichTextBlock(label=_("Lời gợi ý cho em"), features=SHORT_FEATURES)

    class Meta:
        icon = "form"
        label = _("Tình huống")


class RolePlayBlock(blocks.StructBlock):
    """Whoever lures is always played by the teacher: no pupil practises luring."""

    code = code_block()
    title = blocks.CharBlock(label=_("Tên đóng vai"), max_length=120)
    hint = hint_block()
    situations = blocks.ListBlock(SituationBlock(), min_num=1, label=_("Các tình huống"))

    class Meta:
        template = "blocks/role_play.html"
        preview_template = PREVIEW
        icon = "group"
        label = _("Đóng vai")
        description = _("Thầy cô luôn giữ vai người rủ; học sinh tập lời của mình.")
        preview_value = {
            "code": "A4",
            "title": "Không – Đi – Kể",
            "hint": "in hai mặt",
            "situations": [{"name": "1", "said": "<p>“Đi nhanh lên!”</p>", "answer": "<p>“Không ạ!”</p>"}],
        }


class SongBlock(blocks.StructBlock):
    code = code_block()
    title = blocks.CharBlock(label=_("Tên bài hát"), max_length=120)
    hint = hint_block()
    words = blocks.RichTextBlock(label=_("Lời"), features=SHORT_FEATURES)
    rights = blocks.CharBlock(
        label=_("Của ai, được dùng thế nào"),
        max_length=200,
        help_text=_("Ví dụ: học sinh lớp 5A tự đặt lời, nhà trường cho dùng."),
    )

    class Meta:
        template = "blocks/song.html"
        preview_template = PREVIEW
        icon = "media"
        label = _("Bài hát")
        description = _("Lời một bài hát, kèm người viết và quyền dùng.")
        preview_value = {
            "code": "A10",
            "title": "Một – một – một",
            "hint": "",
            "words": "<p>Một – một – một, có người nghe em.</p>",
            "rights": "Người biên soạn đặt lời.",
        }
