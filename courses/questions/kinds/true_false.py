"""A statement that is true or false: a single choice whose two choices are fixed and keep their order."""

from collections.abc import Mapping
from random import Random

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.questions.kinds.asking import AskingBlock, common_texts, composed_texts, same_words
from courses.questions.kinds.choices import answer_template, guesses, picks, review_template, reviewing
from courses.questions.kinds.single_choice import answering, clean, mark

# ids of the two choices, the same in every question
TRUE, FALSE = "dung", "sai"
ANSWERS = [(TRUE, _("Đúng")), (FALSE, _("Sai"))]


class Block(AskingBlock):
    answer = blocks.ChoiceBlock(label=_("Nhận định này"), choices=ANSWERS)
    # kept as content, so that a translation says them in its own language
    true_text = blocks.CharBlock(label=_("Chữ cho “Đúng”"), default="Đúng", max_length=200)
    false_text = blocks.CharBlock(label=_("Chữ cho “Sai”"), default="Sai", max_length=200)
    true_feedback = blocks.TextBlock(label=_("Nhận xét khi chọn “Đúng”"), rows=2, required=False, max_length=2000)
    false_feedback = blocks.TextBlock(label=_("Nhận xét khi chọn “Sai”"), rows=2, required=False, max_length=2000)

    class Meta:
        icon = "success"
        label = _("Đúng – sai")
        description = _("Một nhận định, người học nói đúng hay sai.")
        preview_value = {"text": "Im lặng là đồng ý.", "answer": FALSE, "true_text": "Đúng", "false_text": "Sai"}

    def refuse_faults(self, value) -> None:
        if same_words([value["true_text"], value["false_text"]]):
            error = ValidationError(gettext("Hai phương án có chữ giống nhau; hãy sửa hoặc bỏ một."))
            raise StructBlockValidationError(block_errors={"false_text": error})


def freeze(value) -> tuple[dict, dict, dict[str, str]]:
    texts = common_texts(value)
    for id, name in ((TRUE, "true"), (FALSE, "false")):
        texts[id] = (value.get(f"{name}_text") or "").strip()
        if feedback := (value.get(f"{name}_feedback") or "").strip():
            texts[f"{id}.feedback"] = feedback
    return {"choices": [{"id": TRUE}, {"id": FALSE}]}, {"right": [value["answer"]]}, texts


def compose(identity: str, text: str, choices: list[dict], **more: str) -> dict:
    """`choices` holds two: the first says that the statement is true, the second that it is false."""
    if len(choices) != 2 or sum(bool(choice.get("right")) for choice in choices) != 1:
        raise ValueError(gettext("Câu đúng – sai cần đúng hai phương án, một phương án đúng."))
    first, second = choices
    return {
        **composed_texts(text, more),
        "answer": TRUE if first.get("right") else FALSE,
        "true_text": first["text"].strip(),
        "false_text": second["text"].strip(),
        "true_feedback": (first.get("feedback") or "").strip(),
        "false_feedback": (second.get("feedback") or "").strip(),
    }


def choice_order(structure: Mapping, rng: Random | None) -> list[str]:
    return [TRUE, FALSE]
