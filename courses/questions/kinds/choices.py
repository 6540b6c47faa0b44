"""What the choice kinds share: the editing block, freezing, validation and template contexts."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from courses.questions.kinds.asking import AskingBlock, chosen_in, common_texts, composed_texts, refuse, same_words
from courses.questions.kinds.kind import BadAnswer, Frozen, Text, stable_id

answer_template = "quiz/kinds/choices.html"
review_template = "quiz/kinds/choices_review.html"
MOST_CHOICES = 12


class ChoiceBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=gettext_lazy("Phương án"), rows=2, max_length=1000)
    right = blocks.BooleanBlock(label=gettext_lazy("Đúng"), required=False)
    feedback = blocks.TextBlock(label=gettext_lazy("Nhận xét khi chọn"), rows=2, required=False, max_length=2000)

    class Meta:
        icon = "radio-full"
        label = gettext_lazy("Phương án")


class ChoicesBlock(AskingBlock):
    exactly_one: bool

    choices = blocks.ListBlock(ChoiceBlock(), label=gettext_lazy("Các phương án"))

    def refuse_faults(self, value) -> None:
        choices = value["choices"]
        right = sum(bool(choice["right"]) for choice in choices)
        texts = [choice["text"] for choice in choices]
        refuse("choices", fault_of_choices(texts, right, exactly_one=self.exactly_one))


def fault_of_choices(texts: list[str], right: int, *, exactly_one: bool) -> str:
    """One sentence about what is wrong with the choices, "" if nothing; `right` is the number of right ones."""
    if len(texts) < 2:
        return _("Cần ít nhất hai phương án.")
    if len(texts) > MOST_CHOICES:
        return _("Nhiều nhất %(most)d phương án; hãy bỏ bớt hoặc tách thành hai câu.") % {"most": MOST_CHOICES}
    if same_words(texts):
        return _("Hai phương án có chữ giống nhau; hãy sửa hoặc bỏ một.")
    if right == 0:
        return _("Chưa có phương án đúng; hãy đánh dấu “Đúng” ở ít nhất một phương án.")
    if exactly_one and right > 1:
        return _("Chỉ được một phương án đúng; nếu có nhiều, hãy dùng dạng “Chọn nhiều”.")
    return ""


def freeze(value) -> tuple[dict, dict, dict[str, str]]:
    """The text of a choice has its id as key, its feedback "<id>.feedback"."""
    texts = common_texts(value)
    children = value["choices"].bound_blocks
    for child in children:
        texts[child.id] = (child.value["text"] or "").strip()
        if feedback := (child.value.get("feedback") or "").strip():
            texts[f"{child.id}.feedback"] = feedback
    structure = {"choices": [{"id": child.id} for child in children]}
    key = {"right": [child.id for child in children if child.value["right"]]}
    return structure, key, texts


def compose(identity: str, text: str, choices: list[dict], **more: str) -> dict:
    """`choices` is [{"text", "right", "feedback"}]. The id of a choice depends on its text, so a moved choice keeps
    its id and its translations."""
    items = [
        {
            "type": "item",
            "id": stable_id(identity, "choice", choice["text"].strip()),
            "value": {
                "text": choice["text"].strip(),
                "right": bool(choice.get("right")),
                "feedback": (choice.get("feedback") or "").strip(),
            },
        }
        for choice in choices
    ]
    return {**composed_texts(text, more), "choices": items}


def choice_order(structure: Mapping, rng: Random | None) -> list[str]:
    ids = [choice["id"] for choice in structure["choices"]]
    if rng is not None:
        rng.shuffle(ids)
    return ids


def guesses(structure: Mapping, order: list[str], rng: Random) -> list[list[str]]:
    """One choice is ticked, also where several are right."""
    return [[id] for id in order]


def picks(response: Mapping) -> list[str]:
    """The options that were picked."""
    return chosen_in(response)


def clean(structure: Mapping, posted: Mapping[str, list[str]], *, one: bool) -> dict:
    """{"choices": [id, …]} in the question's order, so that equal answers are equal. None chosen: an empty list."""
    chosen = {value for value in posted.get("choice", []) if value}
    known = [choice["id"] for choice in structure["choices"]]
    if not chosen <= set(known):
        raise BadAnswer(_("Phương án đã chọn không có trong câu này. Hãy tải lại trang rồi chọn lại."))
    if one and len(chosen) > 1:
        raise BadAnswer(_("Câu này chỉ được chọn một phương án."))
    return {"choices": [id for id in known if id in chosen]}


@dataclass(frozen=True)
class Choice:
    """One choice as a template shows it. `right` is None while the key must stay hidden."""

    id: str
    text: Text
    chosen: bool
    right: bool | None = None
    feedback: Text | None = None


def answering(question: Frozen, order: list[str], response: Mapping | None, *, input_type: str) -> dict:
    chosen = chosen_in(response)
    return {
        "instruction": _("Chọn một") if input_type == "radio" else _("Chọn tất cả ý đúng"),
        "given": [question.text(id) for id in order if id in chosen],
        "input_type": input_type,
        "choices": [Choice(id, question.text(id), id in chosen) for id in order],
    }


def reviewing(question: Frozen, order: list[str], response: Mapping | None, *, reveal: bool = True) -> dict:
    """Without `reveal` only what was chosen has its remark, and no choice says whether it is right."""
    chosen, right = chosen_in(response), set(question.key["right"])
    choices = [
        Choice(
            id,
            question.text(id),
            id in chosen,
            id in right if reveal else None,
            question.text(f"{id}.feedback") if reveal or id in chosen else None,
        )
        for id in order
    ]
    return {
        "choices": choices,
        "right_chosen": sum(bool(choice.right and choice.chosen) for choice in choices),
        "right_total": len(right) if reveal else 0,
    }
