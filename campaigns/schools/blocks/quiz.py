"""A short quiz for a class, before and after the lesson. Answers are not stored: the class counts hands."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from campaigns.schools.blocks.codes import PREVIEW, code_block, hint_block
from pages.text_blocks import CELL_FEATURES

LETTERS = "ABCDEF"


class QuizQuestionBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Câu hỏi"), features=CELL_FEATURES)
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=200), min_num=2, max_num=len(LETTERS), label=_("Các câu trả lời")
    )
    right = blocks.ChoiceBlock(choices=[(letter, letter) for letter in LETTERS], label=_("Đáp án"))

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and LETTERS.index(cleaned["right"]) >= len(cleaned["choices"]):
            error = ValidationError(_("Đáp án phải là một trong các câu trả lời."))
            raise StructBlockValidationError(block_errors={"right": error})
        return cleaned

    class Meta:
        icon = "help"
        label = _("Câu hỏi")


class ClassQuizBlock(blocks.StructBlock):
    code = code_block()
    title = blocks.CharBlock(label=_("Tên bài đố"), max_length=120)
    hint = hint_block()
    lead = blocks.TextBlock(label=_("Cách làm"), required=False)
    questions = blocks.ListBlock(QuizQuestionBlock(), min_num=1, label=_("Các câu hỏi"))

    class Meta:
        template = "blocks/class_quiz.html"
        preview_template = PREVIEW
        icon = "list-ol"
        label = _("Bài đố của lớp")
        description = _("Câu hỏi trước và sau bài; không ghi tên, chỉ đếm cả lớp.")
        preview_value = {
            "code": "A8",
            "title": "Bài đố",
            "hint": "trước và sau",
            "lead": "Không ghi tên.",
            "questions": [{"text": "Số nào miễn phí?", "choices": ["113", "111"], "right": "B"}],
        }
