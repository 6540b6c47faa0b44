"""What a learner works with: a case story, a checklist, a comparison, steps, words to say."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.content.blocks.concerning import LessonBlock
from courses.content.blocks.text import SHORT_FEATURES


class CaseBlock(LessonBlock):
    """An invented case, labelled as such, since a true story could be recognised."""

    title = blocks.CharBlock(max_length=160, label=_("Tên tình huống"))
    story = blocks.RichTextBlock(
        features=SHORT_FEATURES,
        label=_("Câu chuyện"),
        help_text=_("Tình huống giả định. Không dùng tên, nơi ở hay chi tiết của người thật."),
    )
    question = blocks.CharBlock(required=False, max_length=300, label=_("Câu hỏi cho anh chị"))
    answer = blocks.RichTextBlock(
        required=False,
        features=SHORT_FEATURES,
        label=_("Gợi ý"),
        help_text=_("Người học bấm mới thấy."),
    )

    class Meta:
        template = "blocks/case.html"
        icon = "openquote"
        label = _("Tình huống giả định")
        group = _("Luyện tập")
        description = _("Một câu chuyện giả định, câu hỏi để nghĩ và gợi ý.")
        preview_value = {
            "title": "Người đi cùng muốn dịch giúp",
            "story": "<p>Một người đến trụ sở xã. Người đi cùng trả lời thay và đề nghị phiên dịch giúp.</p>",
            "question": "Anh chị làm gì trước?",
            "answer": "<p>Mời người đó ngồi nơi riêng tư và mời phiên dịch độc lập.</p>",
        }


class ChecklistBlock(LessonBlock):
    """Ticks refer to the ids of the items, so an edited sentence keeps its ticks."""

    title = blocks.CharBlock(max_length=160, label=_("Tên danh sách"))
    items = blocks.ListBlock(blocks.CharBlock(max_length=300, label=_("Việc")), min_num=1, label=_("Các việc"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["entries"] = entries(value)
        return context

    class Meta:
        template = "blocks/checklist.html"
        icon = "clipboard-list"
        label = _("Danh sách kiểm tra")
        group = _("Luyện tập")
        description = _("Các việc để đánh dấu; dấu của mỗi người được giữ lại.")
        preview_value = {
            "title": "Trước khi hỏi chuyện, kiểm tra",
            "items": ["Có nơi riêng tư", "Có sẵn thông tin nơi chuyển gửi"],
        }


def entries(checklist) -> list[tuple[str, str]]:
    """(item id, sentence) of a checklist's value, in order."""
    return [(bound.id, bound.value) for bound in checklist["items"].bound_blocks]


class ComparisonBlock(LessonBlock):
    title = blocks.CharBlock(required=False, max_length=160, label=_("Tiêu đề"))
    do = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, label=_("Nên"))
    dont = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, label=_("Không nên"))

    class Meta:
        template = "blocks/comparison.html"
        icon = "success"
        label = _("Nên và không nên")
        group = _("Luyện tập")
        description = _("Hai cột: việc nên làm, câu nên nói; việc và câu nên tránh.")
        preview_value = {
            "title": "Nói thế nào",
            "do": ["“Chị muốn nói bằng tiếng gì?”"],
            "dont": ["“Sao lúc đó chị không chạy?”"],
        }


class StepBlock(blocks.StructBlock):
    do = blocks.CharBlock(max_length=300, label=_("Làm gì"))
    who = blocks.CharBlock(required=False, max_length=160, label=_("Ai làm"))
    when = blocks.CharBlock(required=False, max_length=160, label=_("Khi nào"))

    class Meta:
        icon = "list-ol"
        label = _("Bước")


class StepsBlock(LessonBlock):
    title = blocks.CharBlock(required=False, max_length=160, label=_("Tiêu đề"))
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("Các bước"))

    class Meta:
        template = "blocks/steps.html"
        icon = "list-ol"
        label = _("Các bước")
        group = _("Luyện tập")
        description = _("Việc làm theo thứ tự: làm gì, ai làm, khi nào.")
        preview_value = {
            "title": "Ba mươi phút đầu",
            "steps": [{"do": "Mời ngồi nơi riêng", "who": "Người tiếp dân", "when": "Ngay khi gặp"}],
        }


class SayBlock(LessonBlock):
    right = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, label=_("Nên nói"))
    wrong = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, label=_("Đừng nói"))
    because = blocks.TextBlock(required=False, label=_("Vì sao"))

    class Meta:
        template = "blocks/say.html"
        icon = "comment"
        label = _("Lời nên nói")
        group = _("Luyện tập")
        description = _("Câu nên nói, câu đừng nói, và vì sao.")
        preview_value = {
            "right": ["Anh không phải lo một mình."],
            "wrong": ["Anh chắc chắn là nạn nhân rồi."],
            "because": "Câu sau hứa điều anh chị không quyết được.",
        }
