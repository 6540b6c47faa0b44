"""A few words to be typed, compared with the answers that are accepted.

The answers are the source's, so its key holds them; a translation adds its own words for each, and both are accepted.
"""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.questions.kinds.asking import AskingBlock, common_texts, composed_texts, refuse
from courses.questions.kinds.kind import Frozen, Mark, stable_id
from courses.questions.kinds.typed import (
    LONGEST,
    USUAL_FOLDS,
    WHOLE,
    Accepted,
    Field,
    best,
    choice_order,
    earned,
    folded,
    folds_block,
    guesses,
    posted_text,
    typed_in,
)

answer_template = "quiz/kinds/typed.html"
review_template = "quiz/kinds/typed_review.html"
MOST_ANSWERS = 20


class AcceptedBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Câu trả lời"), max_length=LONGEST)
    share = blocks.IntegerBlock(label=_("Phần điểm, %"), default=WHOLE, min_value=1, max_value=WHOLE)
    feedback = blocks.TextBlock(label=_("Nhận xét"), rows=2, required=False, max_length=2000)

    class Meta:
        icon = "edit"
        label = _("Câu trả lời được nhận")


class Block(AskingBlock):
    accepted = blocks.ListBlock(AcceptedBlock(), label=_("Các câu trả lời được nhận"))
    folds = folds_block(_("Không phân biệt dấu: “lao dong” cũng là “lao động”."))

    class Meta:
        icon = "edit"
        label = _("Trả lời ngắn")
        description = _("Gõ vài chữ; nhận mọi cách viết mà tác giả ghi.")
        preview_value = {
            "text": "Khi cần tư vấn về mua bán người, gọi số nào?",
            "accepted": [{"text": "111", "share": 100}, {"text": "số 111", "share": 100}],
            "folds": USUAL_FOLDS,
        }

    def refuse_faults(self, value) -> None:
        rows = [(row["text"], row["share"]) for row in value["accepted"]]
        refuse("accepted", fault_of_accepted(rows, value["folds"]))


def fault_of_accepted(rows: list[tuple[str, int]], folds: list[str]) -> str:
    """One sentence about what is wrong with the (text, share) rows, "" if nothing."""
    if not rows:
        return gettext("Cần ít nhất một câu trả lời được nhận.")
    if len(rows) > MOST_ANSWERS:
        return gettext("Nhiều nhất %(most)d câu trả lời được nhận.") % {"most": MOST_ANSWERS}
    if not any(share == WHOLE for _text, share in rows):
        return gettext("Cần ít nhất một câu trả lời được cả điểm (100 %).")
    alike = [folded(text, folds) for text, _share in rows]
    if len(set(alike)) < len(alike):
        return gettext("Hai câu trả lời được nhận là một, theo cách so đã chọn; hãy bỏ một.")
    return ""


def freeze(value) -> tuple[dict, dict, dict[str, str]]:
    """`key["right"]` is what somebody types who knows; the words of an answer are the text "<id>.accepted"."""
    texts, accepted = common_texts(value), []
    for child in value["accepted"].bound_blocks:
        words = (child.value["text"] or "").strip()
        accepted.append({"id": child.id, "text": words, "share": child.value["share"]})
        texts[f"{child.id}.accepted"] = words
        if feedback := (child.value.get("feedback") or "").strip():
            texts[f"{child.id}.feedback"] = feedback
    whole = [row["text"] for row in accepted if row["share"] == WHOLE]
    return {}, {"right": whole[:1], "accepted": accepted, "folds": sorted(value.get("folds") or [])}, texts


def compose(identity: str, text: str, choices: list[dict], **more) -> dict:
    """`choices` is [{"text", "share", "feedback"}], share in percent; `more` may say "folds"."""
    folds = more.pop("folds", USUAL_FOLDS)
    items = [
        {
            "type": "item",
            "id": stable_id(identity, "accepted", choice["text"].strip()),
            "value": {
                "text": choice["text"].strip(),
                "share": choice.get("share", WHOLE),
                "feedback": (choice.get("feedback") or "").strip(),
            },
        }
        for choice in choices
    ]
    return {**composed_texts(text, more), "accepted": items, "folds": list(folds)}


def clean(structure: Mapping, posted: Mapping[str, list[str]]) -> dict:
    """{"choices": [what was typed]}, empty for nothing."""
    typed = posted_text(posted)
    return {"choices": [typed] if typed else []}


def _accepted(question: Frozen) -> list[Accepted]:
    return [
        Accepted(row["id"], [row["text"], question.text(f"{row['id']}.accepted")], row["share"])
        for row in question.key["accepted"]
    ]


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """The share of the best accepted answer."""
    found = best(typed_in(response), _accepted(question), question.key["folds"])
    return Mark(earned(found.share, out_of) if found else 0, out_of)


def answering(question: Frozen, order: list[str], response: Mapping | None) -> dict:
    typed = typed_in(response)
    return {
        "instruction": gettext("Gõ câu trả lời"),
        "given": [typed] if typed else [],
        "field": Field("choice", typed),
    }


def reviewing(question: Frozen, order: list[str], response: Mapping | None, *, reveal: bool = True) -> dict:
    """What was typed has its remark even while the key stays hidden."""
    typed = typed_in(response)
    found = best(typed, _accepted(question), question.key["folds"])
    feedback = question.text(f"{found.id}.feedback") if found else None
    if not reveal:
        return {"field": Field("choice", typed, feedback=feedback)}
    first = next(row["id"] for row in question.key["accepted"] if row["share"] == WHOLE)
    right = bool(found and found.share == WHOLE)
    return {"field": Field("choice", typed, right, question.text(f"{first}.accepted"), feedback)}
