"""One or more right choices, with partial credit."""

from collections.abc import Mapping
from fractions import Fraction
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
    exactly_one = False

    class Meta:
        icon = "tasks"
        label = _("Chọn nhiều")
        description = _("Chọn tất cả ý đúng; đúng một phần được một phần điểm.")
        preview_value = {
            "text": "Những việc nào không được làm khi hỏi chuyện?",
            "choices": [
                {"text": "Chụp ảnh khi chưa được phép", "right": True},
                {"text": "Hứa chắc một kết quả", "right": True},
                {"text": "Cho nghỉ giữa buổi", "right": False},
            ],
        }


clean = partial(shared.clean, one=False)
answering = partial(shared.answering, input_type="checkbox")


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """out_of × (right chosen − wrong chosen) / right, never below 0, as a fraction.

    Each wrong choice cancels a right one, so that choosing everything does not pay.
    """
    right, chosen = set(question.key["right"]), set(chosen_in(response))
    earned = len(chosen & right) - len(chosen - right)
    return Mark(Fraction(out_of * max(earned, 0), len(right)), out_of)
