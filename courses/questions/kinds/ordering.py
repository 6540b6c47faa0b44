"""Steps to be put into their order, by buttons that move one of them up or down."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.questions.kinds.asking import AskingBlock, chosen_in, common_texts, composed_texts, refuse, same_words
from courses.questions.kinds.kind import BadAnswer, Frozen, Mark, Text, stable_id

answer_template = "quiz/kinds/ordering.html"
review_template = "quiz/kinds/ordering_review.html"
# with two, whoever guesses earns at least half
LEAST_STEPS, MOST_STEPS = 3, 8
UP, DOWN, KEEP = "len", "xuong", "giu"
# the editor's order is the answer, so it is shuffled in every quiz
ORDER_TELLS = True


class Block(AskingBlock):
    steps = blocks.ListBlock(
        blocks.TextBlock(label=_("Việc"), rows=2, max_length=1000),
        label=_("Các việc, theo thứ tự đúng"),
        help_text=_("Người học thấy các việc đã trộn."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Xếp thứ tự")
        description = _("Xếp các việc; đổi chỗ một cặp liền nhau được nửa điểm.")
        preview_value = {
            "text": "Xếp các bước theo thứ tự từ trên xuống.",
            "steps": ["Mời ngồi nơi riêng tư", "Hỏi có an toàn không", "Nói điều sẽ làm tiếp"],
        }

    def refuse_faults(self, value) -> None:
        refuse("steps", fault_of_steps(list(value["steps"])))


def fault_of_steps(texts: list[str]) -> str:
    """One sentence about what is wrong with the steps, "" if nothing."""
    if len(texts) < LEAST_STEPS:
        return gettext("Cần ít nhất ba việc để xếp.")
    if len(texts) > MOST_STEPS:
        return gettext("Nhiều nhất %(most)d việc; hãy bỏ bớt hoặc tách thành hai câu.") % {"most": MOST_STEPS}
    if same_words(texts):
        return gettext("Hai việc có chữ giống nhau; hãy sửa hoặc bỏ một.")
    return ""


def freeze(value) -> tuple[dict, dict, dict[str, str]]:
    children = value["steps"].bound_blocks
    texts = common_texts(value) | {child.id: (child.value or "").strip() for child in children}
    ids = [child.id for child in children]
    return {"choices": [{"id": id} for id in ids]}, {"right": ids}, texts


def compose(identity: str, text: str, choices: list[dict], **more: str) -> dict:
    """`choices` is [{"text"}] in the right order; the id of a step depends on its text."""
    texts = [choice["text"].strip() for choice in choices]
    items = [{"type": "item", "id": stable_id(identity, "step", step), "value": step} for step in texts]
    return {**composed_texts(text, more), "steps": items}


def choice_order(structure: Mapping, rng: Random | None) -> list[str]:
    """A drawn order is never the right one: whoever moves nothing must not have it."""
    ids = [choice["id"] for choice in structure["choices"]]
    if rng is None:
        return ids
    drawn = rng.sample(ids, len(ids))
    return drawn if drawn != ids else [*ids[1:], ids[0]]


def guesses(structure: Mapping, order: list[str], rng: Random) -> list[list[str]]:
    """It is left as shown."""
    return [list(order)]


def clean(structure: Mapping, posted: Mapping[str, list[str]]) -> dict:
    """{"choices": [id, …]} in the order given, after the posted move ("<id>:len", "<id>:xuong" or "giu").

    "choice" is the order of who answered before, "shown" that of who did not; the latter alone is no answer.
    """
    move = posted.get("move", [""])[-1]
    order = list(posted.get("choice") or (posted.get("shown", []) if move else []))
    known = sorted(choice["id"] for choice in structure["choices"])
    if order and sorted(order) != known:
        raise BadAnswer(_("Các việc gửi lên không khớp với câu này. Hãy tải lại trang rồi xếp lại."))
    return {"choices": moved(order, move)}


def moved(order: list[str], move: str) -> list[str]:
    """The order after one step went up or down; a move that nothing can make changes nothing."""
    id, _colon, way = move.rpartition(":")
    if id not in order or way not in (UP, DOWN):
        return order
    place = order.index(id)
    other = place - 1 if way == UP else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """All for the right order, half when exactly one neighbouring pair is swapped, else nothing."""
    right, given = list(question.key["right"]), chosen_in(response)
    if given == right:
        return Mark(out_of, out_of)
    pairs = [(place, place + 1) for place in range(len(right) - 1)]
    swapped = ([*right[:a], right[b], right[a], *right[b + 1 :]] for a, b in pairs)
    return Mark(Fraction(out_of, 2) if given in swapped else 0, out_of)


@dataclass(frozen=True)
class Step:
    """One step as a template shows it. `place` is its right place, None while the key must stay hidden."""

    id: str
    text: Text
    right: bool | None = None
    place: int | None = None


def answering(question: Frozen, order: list[str], response: Mapping | None) -> dict:
    given = chosen_in(response)
    return {
        "instruction": gettext("Dùng nút lên, xuống"),
        "given": [question.text(id) for id in given],
        "answered": bool(given),
        "steps": [Step(id, question.text(id)) for id in given or order],
    }


def reviewing(question: Frozen, order: list[str], response: Mapping | None, *, reveal: bool = True) -> dict:
    right, given = list(question.key["right"]), chosen_in(response)
    steps = [
        Step(id, question.text(id), right[place] == id, right.index(id) + 1) if reveal else Step(id, question.text(id))
        for place, id in enumerate(given)
    ]
    return {"steps": steps, "in_order": [question.text(id) for id in right] if reveal else []}
