"""Rows, each to be given one of the texts of a second list, in a select of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.questions.kinds.asking import AskingBlock, chosen_in, common_texts, composed_texts, refuse, same_words
from courses.questions.kinds.kind import BadAnswer, Frozen, Mark, Text, stable_id

answer_template = "quiz/kinds/matching.html"
review_template = "quiz/kinds/matching_review.html"
LEAST_PAIRS, MOST_PAIRS = 2, 8
# side by side in the editor's order, each row would stand before its own answer
ORDER_TELLS = True


class PairBlock(blocks.StructBlock):
    left = blocks.TextBlock(label=_("Vế trái"), rows=2, max_length=500)
    right = blocks.TextBlock(label=_("Ghép với"), rows=2, max_length=500)

    class Meta:
        icon = "link"
        label = _("Cặp")


class Block(AskingBlock):
    pairs = blocks.ListBlock(PairBlock(), label=_("Các cặp đúng"), help_text=_("Người học thấy vế phải đã trộn."))

    class Meta:
        icon = "link"
        label = _("Ghép đôi")
        description = _("Ghép mỗi vế với một vế khác; đúng mấy cặp được bấy nhiêu phần điểm.")
        preview_value = {
            "text": "Ghép mỗi lúc với số cần gọi.",
            "pairs": [{"left": "Cần tư vấn", "right": "111"}, {"left": "Đang nguy hiểm", "right": "113"}],
        }

    def refuse_faults(self, value) -> None:
        pairs = list(value["pairs"])
        refuse("pairs", fault_of_pairs([pair["left"] for pair in pairs], [pair["right"] for pair in pairs]))


def fault_of_pairs(left: list[str], right: list[str]) -> str:
    """One sentence about what is wrong with the pairs, "" if nothing."""
    if len(left) < LEAST_PAIRS:
        return gettext("Cần ít nhất hai cặp.")
    if len(left) > MOST_PAIRS:
        return gettext("Nhiều nhất %(most)d cặp; hãy bỏ bớt hoặc tách thành hai câu.") % {"most": MOST_PAIRS}
    if same_words(left) or same_words(right):
        return gettext("Hai vế có chữ giống nhau; hãy sửa hoặc bỏ một.")
    return ""


def target_of(row: str) -> str:
    """The id of a row's right answer, which a page can show without saying whose it is."""
    return stable_id("target", row)


def freeze(value) -> tuple[dict, dict, dict[str, str]]:
    """An answered row is "<row id>=<target id>", in the key as in a response."""
    texts, rows = common_texts(value), []
    for child in value["pairs"].bound_blocks:
        rows.append(child.id)
        texts[child.id] = (child.value["left"] or "").strip()
        texts[target_of(child.id)] = (child.value["right"] or "").strip()
    structure = {"rows": [{"id": row} for row in rows], "targets": [{"id": target_of(row)} for row in rows]}
    return structure, {"right": [f"{row}={target_of(row)}" for row in rows]}, texts


def compose(identity: str, text: str, choices: list[dict], **more: str) -> dict:
    """`choices` is [{"left", "right"}]; the id of a pair depends on its left side."""
    pairs = [{"left": choice["left"].strip(), "right": choice["right"].strip()} for choice in choices]
    items = [{"type": "item", "id": stable_id(identity, "pair", pair["left"]), "value": pair} for pair in pairs]
    return {**composed_texts(text, more), "pairs": items}


def rows_of(structure: Mapping) -> list[str]:
    return [row["id"] for row in structure["rows"]]


def choice_order(structure: Mapping, rng: Random | None) -> list[str]:
    """The targets; the rows stand as they were written."""
    ids = [target["id"] for target in structure["targets"]]
    return ids if rng is None else rng.sample(ids, len(ids))


def guesses(structure: Mapping, order: list[str], rng: Random) -> list[list[str]]:
    """Each target once, by lot."""
    drawn = rng.sample(order, len(order))
    return [[f"{row}={target}" for row, target in zip(rows_of(structure), drawn, strict=True)]]


def clean(structure: Mapping, posted: Mapping[str, list[str]]) -> dict:
    """{"choices": ["<row>=<target>", …]} in the order of the rows; a row left open is missing."""
    chosen: dict[str, str] = {}
    targets = {target["id"] for target in structure["targets"]}
    for value in filter(None, posted.get("choice", [])):
        row, _equals, target = value.partition("=")
        if row not in rows_of(structure) or target not in targets:
            raise BadAnswer(gettext("Vế đã chọn không có trong câu này. Hãy tải lại trang rồi ghép lại."))
        if chosen.setdefault(row, target) != target:
            raise BadAnswer(gettext("Mỗi vế trái chỉ ghép với một vế phải."))
    return {"choices": [f"{row}={chosen[row]}" for row in rows_of(structure) if row in chosen]}


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """out_of × right rows / rows, as a fraction."""
    right = set(question.key["right"])
    return Mark(Fraction(out_of * len(right & set(chosen_in(response))), len(right)), out_of)


@dataclass(frozen=True)
class Target:
    value: str
    text: Text
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One row as a template shows it. `right` and `answer` are None while the key must stay hidden."""

    id: str
    text: Text
    targets: list[Target]
    right: bool | None = None
    answer: Text | None = None

    @property
    def chosen(self) -> Target | None:
        return next((target for target in self.targets if target.chosen), None)


def _rows(question: Frozen, order: list[str], response: Mapping | None, reveal: bool) -> list[Row]:
    given = chosen_in(response)
    answers = dict(pair.split("=") for pair in question.key["right"]) if reveal else {}
    rows = []
    for row in rows_of(question.structure):
        values = {target: f"{row}={target}" for target in order}
        targets = [Target(value, question.text(target), value in given) for target, value in values.items()]
        known = (f"{row}={answers[row]}" in given, question.text(answers[row])) if reveal else ()
        rows.append(Row(row, question.text(row), targets, *known))
    return rows


def answering(question: Frozen, order: list[str], response: Mapping | None) -> dict:
    rows = _rows(question, order, response, reveal=False)
    given = [Text(f"{row.text} → {row.chosen.text}", row.text.lang) for row in rows if row.chosen]
    return {"instruction": gettext("Chọn trong từng ô"), "given": given, "rows": rows}


def reviewing(question: Frozen, order: list[str], response: Mapping | None, *, reveal: bool = True) -> dict:
    return {"rows": _rows(question, order, response, reveal)}
