"""One right choice among several."""

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
        icon = "radio-full"
        label = _("Chọn một")
        description = _("Nhiều phương án, đúng một phương án.")
        preview_template = "quiz/block_preview.html"
        preview_value = {
            "text": "Thấy người cần giúp, việc đầu tiên là gì?",
            "choices": [{"text": "Hỏi họ có an toàn không", "right": True}, {"text": "Chụp ảnh lại", "right": False}],
        }

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation:  # a draft may be unfinished
            shared.check_choices(cleaned, exactly_one=True)
        return cleaned


clean = partial(shared.clean, one=True)
answering = partial(shared.answering, input_type="radio")


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """All or nothing. `out_of` in hundredths of a point."""
    return Mark(out_of if shared.chosen_in(response) == list(question.key["right"]) else 0, out_of)
