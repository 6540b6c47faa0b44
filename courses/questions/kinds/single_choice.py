"""One right choice among several."""

from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext_lazy as _

from courses.questions.kinds import choices as shared
from courses.questions.kinds.asking import chosen_in
from courses.questions.kinds.choices import (
    answer_template,
    choice_order,
    compose,
    freeze,
    guesses,
    picks,
    review_template,
    reviewing,
)
from courses.questions.kinds.kind import Frozen, Mark


class Block(shared.ChoicesBlock):
    exactly_one = True

    class Meta:
        icon = "radio-full"
        label = _("Chọn một")
        description = _("Nhiều phương án, đúng một phương án.")
        preview_value = {
            "text": "Thấy người cần giúp, việc đầu tiên là gì?",
            "choices": [{"text": "Hỏi họ có an toàn không", "right": True}, {"text": "Chụp ảnh lại", "right": False}],
        }


clean = partial(shared.clean, one=True)
answering = partial(shared.answering, input_type="radio")


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """All or nothing. `out_of` in hundredths of a point."""
    return Mark(out_of if chosen_in(response) == list(question.key["right"]) else 0, out_of)
