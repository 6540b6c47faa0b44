"""One or more right choices, with partial credit."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.questions.kinds import choices as shared
from courses.questions.kinds.choices import answer_template, choice_order, compose, freeze, review_template, reviewing
from courses.questions.kinds.kind import Frozen, Mark

__all__ = [
    "Block",
    "answer_template",
    "answering",
    "clean",
    "compose",
    "freeze",
    "mark",
    "review_template",
    "reviewing",
    "choice_order",
]


class Block(shared.AskingBlock):
    choices = blocks.ListBlock(shared.ChoiceBlock(), label=_("Các phương án"))

    class Meta:
        icon = "tasks"
        label = _("Chọn nhiều")
        description = _("Chọn tất cả ý đúng; đúng một phần được một phần điểm.")
        preview_template = "quiz/block_preview.html"
        preview_value = {
            "text": "Những việc nào không được làm khi hỏi chuyện?",
            "choices": [
                {"text": "Chụp ảnh khi chưa được phép", "right": True},
                {"text": "Hứa chắc một kết quả", "right": True},
                {"text": "Cho nghỉ giữa buổi", "right": False},
            ],
        }

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation:  # a draft may be unfinished
            shared.check_choices(cleaned, exactly_one=False)
        return cleaned


clean = partial(shared.clean, one=False)
answering = partial(shared.answering, input_type="checkbox")


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """out_of × (right chosen − wrong chosen) / right, never below 0, rounded down to a hundredth of a point.

    Each wrong choice cancels a right one, so that choosing everything does not pay.
    """
    right, chosen = set(question.key["right"]), set(shared.chosen_in(response))
    earned = len(chosen & right) - len(chosen - right)
    return Mark(out_of * max(earned, 0) // len(right), out_of)
