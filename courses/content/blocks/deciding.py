"""What a learner decides on the page: a decision with its consequences, a check question.

An option is known by the id of its list item, in every language; tries refer to it.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from courses.content.blocks.concerning import LessonBlock

FEWEST, MOST = 2, 5
TOO_FEW_OR_MANY = _("Cần từ hai đến năm lựa chọn.")


class Verdict(models.TextChoices):
    BEST = "best", _("Cách tốt nhất")
    ACCEPTABLE = "acceptable", _("Chấp nhận được")
    HARMFUL = "harmful", _("Gây hại")


TONES = {Verdict.BEST: "ok", Verdict.ACCEPTABLE: "warn", Verdict.HARMFUL: "bad"}


@dataclass(frozen=True)
class Option:
    """`tone` colours the word `label`, which says how good it is; `consequence` is "" in a check."""

    id: str
    text: str
    tone: str
    label: str
    consequence: str
    remark: str


def refused(sentence) -> blocks.StructBlockValidationError:
    """One sentence above the options."""
    errors = ListBlockValidationError(non_block_errors=ErrorList([ValidationError(sentence)]))
    return blocks.StructBlockValidationError({"options": errors})


class DecisionOptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, label=_("Cách làm"))
    verdict = blocks.ChoiceBlock(choices=Verdict.choices, label=_("Đánh giá"))
    consequence = blocks.TextBlock(label=_("Chuyện xảy ra sau đó"))
    remark = blocks.TextBlock(label=_("Lời bàn"))

    class Meta:
        icon = "radio-empty"
        label = _("Cách chọn")


class ChoosingBlock(LessonBlock):
    """What a decision and a check have in common: two to five options, exactly one of them the right one."""

    def clean(self, value):
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        if not FEWEST <= len(value["options"]) <= MOST:
            raise refused(TOO_FEW_OR_MANY)
        if sum(self.is_right(option) for option in value["options"]) != 1:
            raise refused(self.ONE_IS_RIGHT)
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["ask"], context["options"] = value.get("ask"), self.options_of(value)
        return context

    def options_of(self, value) -> list[Option]:
        return [self.option(bound.id or "", bound.value) for bound in value["options"].bound_blocks]

    def option(self, id_: str, value) -> Option:
        raise NotImplementedError

    def is_right(self, value) -> bool:
        raise NotImplementedError

    class Meta:
        group = _("Luyện tập")


class DecisionBlock(ChoosingBlock):
    ONE_IS_RIGHT = _("Đánh dấu đúng một cách là tốt nhất, không nhiều hơn, không ít hơn.")

    ask = blocks.CharBlock(max_length=400, label=_("Câu hỏi"))
    options = blocks.ListBlock(DecisionOptionBlock(), label=_("Các cách"))

    def is_right(self, value) -> bool:
        return value["verdict"] == Verdict.BEST

    def option(self, id_: str, value) -> Option:
        verdict = Verdict(value["verdict"] or Verdict.ACCEPTABLE)
        return Option(id_, value["text"], TONES[verdict], str(verdict.label), value["consequence"], value["remark"])

    class Meta:
        template = "blocks/decision.html"
        icon = "radio-full"
        label = _("Anh chị chọn cách nào")
        description = _("Từ hai đến năm cách, mỗi cách có chuyện xảy ra sau đó và lời bàn; chọn ngay trong trang.")
        preview_value = {
            "ask": "Anh chị tiếp câu chuyện này theo hướng nào?",
            "options": [
                {
                    "text": "Hướng dẫn anh viết đơn kiện chủ xưởng.",
                    "verdict": "harmful",
                    "consequence": "Những người còn trong xưởng vẫn bị khóa cổng.",
                    "remark": "Giữ giấy, khóa cổng là chuyện khác hẳn nợ lương.",
                },
                {
                    "text": "Ghi đủ việc bị giữ giấy, bị khóa cổng; rồi báo.",
                    "verdict": "best",
                    "consequence": "Công an nhận tin ngay chiều hôm ấy.",
                    "remark": "Anh chị đưa tới nơi có trách nhiệm xác minh.",
                },
            ],
        }


class CheckOptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, label=_("Phương án"))
    right = blocks.BooleanBlock(required=False, label=_("Đúng"))
    feedback = blocks.TextBlock(label=_("Lời giải thích"))

    class Meta:
        icon = "radio-empty"
        label = _("Phương án")


class CheckBlock(ChoosingBlock):
    ONE_IS_RIGHT = _("Đánh dấu đúng một phương án là đúng, không nhiều hơn, không ít hơn.")

    ask = blocks.CharBlock(max_length=400, label=_("Câu hỏi"))
    options = blocks.ListBlock(CheckOptionBlock(), label=_("Các phương án"))

    def is_right(self, value) -> bool:
        return bool(value["right"])

    def option(self, id_: str, value) -> Option:
        tone, label = ("ok", _("Đúng")) if value["right"] else ("warn", _("Chưa đúng"))
        return Option(id_, value["text"], tone, str(label), "", value["feedback"])

    class Meta:
        template = "blocks/check.html"
        icon = "help"
        label = _("Tự kiểm tra")
        description = _("Một câu hỏi có đúng một phương án đúng, mỗi phương án có lời giải thích; không chấm điểm.")
        preview_value = {
            "ask": "Trong chuyện anh Sơn, đâu là phần “bằng cách nào”?",
            "options": [
                {"text": "Người quen đưa anh đi xe.", "right": False, "feedback": "Đó là phần “làm gì”."},
                {"text": "Lời hứa không có thật và lời dọa.", "right": True, "feedback": "Lừa gạt và đe dọa."},
            ],
        }
