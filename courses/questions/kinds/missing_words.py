"""A passage with gaps "[1]", "[2]". A gap is filled by typing; one with wrong words, by picking from a list."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.questions.kinds.asking import AskingBlock, chosen_in, common_texts, composed_texts, refuse
from courses.questions.kinds.kind import BadAnswer, Frozen, Mark, Text, stable_id
from courses.questions.kinds.typed import LONGEST, USUAL_FOLDS, Accepted, best, folded, folds_block, kept

answer_template = "quiz/kinds/missing_words.html"
review_template = "quiz/kinds/missing_words_review.html"
MOST_GAPS, MOST_WORDS = 12, 12
MARK = re.compile(r"\[(\d{1,2})\]")
# the options of a gap are shuffled by the attempt's order
ORDER_TELLS = True


class GapBlock(blocks.StructBlock):
    right = blocks.ListBlock(
        blocks.CharBlock(label=_("Chữ đúng"), max_length=LONGEST), label=_("Chữ đúng"), min_num=1, max_num=MOST_WORDS
    )
    wrong = blocks.ListBlock(
        blocks.CharBlock(label=_("Chữ sai"), max_length=LONGEST),
        label=_("Chữ sai để chọn"),
        default=[],
        max_num=MOST_WORDS,
        help_text=_("Có chữ sai thì người học chọn trong danh sách; không có thì gõ."),
    )

    class Meta:
        icon = "edit"
        label = _("Chỗ trống")


class Block(AskingBlock):
    passage = blocks.TextBlock(
        label=_("Đoạn văn"),
        rows=5,
        max_length=4000,
        help_text=_("Ghi [1], [2]… ở chỗ trống, mỗi số một lần."),
    )
    gaps = blocks.ListBlock(GapBlock(), label=_("Các chỗ trống, theo số"))
    folds = folds_block(_("Chỉ cho chỗ trống phải gõ."))

    class Meta:
        icon = "openquote"
        label = _("Điền chỗ trống")
        description = _("Điền hay chọn chữ còn thiếu; đúng mấy chỗ được bấy nhiêu phần điểm.")
        preview_value = {
            "text": "Điền số cần gọi.",
            "passage": "Cần tư vấn thì gọi [1]; đang nguy hiểm thì gọi [2].",
            "gaps": [{"right": ["111"], "wrong": []}, {"right": ["113"], "wrong": ["115", "114"]}],
            "folds": USUAL_FOLDS,
        }

    def refuse_faults(self, value) -> None:
        gaps = [(list(gap["right"]), list(gap["wrong"])) for gap in value["gaps"]]
        refuse("gaps", fault_of_gaps(value["passage"], gaps, value["folds"]))


def fault_of_gaps(passage: str, gaps: list[tuple[list[str], list[str]]], folds: list[str]) -> str:
    """One sentence about what is wrong with the passage and its (right, wrong) words, "" if nothing."""
    marks = [int(found) for found in MARK.findall(passage)]
    if not gaps or len(gaps) > MOST_GAPS:
        return gettext("Cần từ một đến %(most)d chỗ trống.") % {"most": MOST_GAPS}
    if sorted(marks) != list(range(1, len(gaps) + 1)):
        wanted = ", ".join(f"[{number}]" for number in range(1, len(gaps) + 1))
        return gettext("Đoạn văn cần mỗi chỗ trống đúng một lần: %(marks)s.") % {"marks": wanted}
    for number, (right, wrong) in enumerate(gaps, 1):
        words = [folded(word, folds) for word in (*right, *wrong)]
        if not right:
            return gettext("Chỗ trống [%(number)d] chưa có chữ đúng.") % {"number": number}
        if len(set(words)) < len(words):
            return gettext("Chỗ trống [%(number)d] có hai chữ là một, theo cách so đã chọn.") % {"number": number}
    return ""


def freeze(value) -> tuple[dict, dict, dict[str, str]]:
    """An answered gap is "<gap id>=<word id>" where one picks, "<gap id>=<what was typed>" where one types."""
    texts, gaps, right, accepted = common_texts(value), [], [], []
    texts["passage"] = value["passage"].strip()
    for child in value["gaps"].bound_blocks:
        picked = bool(len(child.value["wrong"]))
        words = {side: list(child.value[side].bound_blocks) for side in ("right", "wrong")}
        for word in (*words["right"], *words["wrong"]):
            texts[word.id if picked else f"{word.id}.accepted"] = (word.value or "").strip()
        rights = [{"id": word.id, "text": (word.value or "").strip()} for word in words["right"]]
        accepted.append({"gap": child.id, "words": rights})
        options = [word.id for word in (*words["right"], *words["wrong"])] if picked else []
        gaps.append({"id": child.id, "options": options})
        right.append(f"{child.id}={rights[0]['id' if picked else 'text']}")
    return {"gaps": gaps}, {"right": right, "accepted": accepted, "folds": sorted(value.get("folds") or [])}, texts


def compose(identity: str, text: str, choices: list[dict], **more) -> dict:
    """`choices` is [{"right": [str, …], "wrong": [str, …]}] by number; `more` says "passage" and may say "folds"."""
    passage, folds = more.pop("passage"), more.pop("folds", USUAL_FOLDS)
    items = []
    for place, gap in enumerate(choices, 1):
        own = stable_id(identity, "gap", str(place))
        value = {side: _items(own, side, gap.get(side, [])) for side in ("right", "wrong")}
        items.append({"type": "item", "id": own, "value": value})
    return {**composed_texts(text, more), "passage": passage.strip(), "gaps": items, "folds": list(folds)}


def _items(gap: str, side: str, words: list[str]) -> list[dict]:
    words = [word.strip() for word in words]
    return [{"type": "item", "id": stable_id(gap, side, word), "value": word} for word in words]


def choice_order(structure: Mapping, rng: Random | None) -> list[str]:
    """The words of all lists, each list shuffled by itself."""
    order: list[str] = []
    for gap in structure["gaps"]:
        order += gap["options"] if rng is None else rng.sample(gap["options"], len(gap["options"]))
    return order


def guesses(structure: Mapping, order: list[str], rng: Random) -> list[list[str]]:
    """A word of each list by lot, nothing where one types."""
    return [[f"{gap['id']}={rng.choice(gap['options'])}" for gap in structure["gaps"] if gap["options"]]]


def clean(structure: Mapping, posted: Mapping[str, list[str]]) -> dict:
    """{"choices": ["<gap>=<word>", …]} in the order of the gaps; one left open is missing. A typed gap is posted as
    "w.<gap>", a picked one as "choice"; both are also taken as they are kept."""
    known = {gap["id"]: gap["options"] for gap in structure["gaps"]}
    given: dict[str, str] = {}
    values = [value for value in posted.get("choice", []) if value]
    values += [f"{gap}={words[-1]}" for gap in known if (words := posted.get(f"w.{gap}"))]
    for value in values:
        gap, _equals, word = value.partition("=")
        if gap not in known or known[gap] and word not in known[gap]:
            raise BadAnswer(gettext("Chữ đã chọn không có trong câu này. Hãy tải lại trang rồi điền lại."))
        if word := word if known[gap] else kept(word):
            given[gap] = word
    return {"choices": [f"{gap}={given[gap]}" for gap in known if gap in given]}


def _given(response: Mapping | None) -> dict[str, str]:
    return {gap: word for gap, _equals, word in (each.partition("=") for each in chosen_in(response))}


def _is_right(question: Frozen, place: int, word: str) -> bool:
    gap, accepted = question.structure["gaps"][place], question.key["accepted"][place]["words"]
    if gap["options"]:
        return word in {each["id"] for each in accepted}
    rows = [Accepted(each["id"], [each["text"], question.text(f"{each['id']}.accepted")]) for each in accepted]
    return best(word, rows, question.key["folds"]) is not None


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """out_of × right gaps / gaps, as a fraction."""
    given, gaps = _given(response), question.structure["gaps"]
    right = sum(_is_right(question, place, given.get(gap["id"], "")) for place, gap in enumerate(gaps))
    return Mark(Fraction(out_of * right, len(gaps)), out_of)


@dataclass(frozen=True)
class Option:
    value: str
    text: Text
    chosen: bool


@dataclass(frozen=True)
class Gap:
    """A gap as a template shows it; without options it is typed. `right` and `answer` are None while the key must stay
    hidden."""

    number: int
    name: str
    options: list[Option]
    value: str
    right: bool | None = None
    answer: Text | None = None

    @property
    def shown(self) -> str:
        """What stands in it."""
        return next((option.text for option in self.options if option.chosen), "") if self.options else self.value


@dataclass(frozen=True)
class Piece:
    """Words of the passage, then a gap, None at the end."""

    words: Text
    gap: Gap | None


def _gap(question: Frozen, place: int, order: list[str], given: Mapping[str, str], reveal: bool) -> Gap:
    gap = question.structure["gaps"][place]
    word = given.get(gap["id"], "")
    shuffled = [id for id in order if id in gap["options"]]
    options = [Option(f"{gap['id']}={id}", question.text(id), id == word) for id in shuffled]
    known: tuple = ()
    if reveal:
        first = question.key["accepted"][place]["words"][0]["id"]
        known = (_is_right(question, place, word), question.text(first if options else f"{first}.accepted"))
    name = "choice" if options else f"w.{gap['id']}"
    return Gap(place + 1, name, options, "" if options else word, *known)


def _pieces(question: Frozen, order: list[str], response: Mapping | None, reveal: bool) -> list[Piece]:
    """A translation may put the gaps into another order; one that it lost stands at the end."""
    passage, given = question.text("passage"), _given(response)
    parts, left = MARK.split(passage), list(range(len(question.structure["gaps"])))
    pieces = []
    for words, number in zip(parts[::2], [*parts[1::2], ""], strict=True):
        place = int(number or 0) - 1
        gap = _gap(question, place, order, given, reveal) if place in left else None
        if gap:
            left.remove(place)
        pieces.append(Piece(Text(words, passage.lang), gap))
    return pieces + [Piece(Text(" "), _gap(question, place, order, given, reveal)) for place in left]


def answering(question: Frozen, order: list[str], response: Mapping | None) -> dict:
    pieces = _pieces(question, order, response, reveal=False)
    filled = [piece.gap for piece in pieces if piece.gap and piece.gap.shown]
    return {
        "instruction": gettext("Điền vào từng chỗ trống"),
        "given": [Text(f"[{gap.number}] {gap.shown}") for gap in filled],
        "pieces": pieces,
    }


def reviewing(question: Frozen, order: list[str], response: Mapping | None, *, reveal: bool = True) -> dict:
    return {"pieces": _pieces(question, order, response, reveal)}
