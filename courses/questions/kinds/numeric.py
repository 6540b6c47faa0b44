"""A number to be typed, with a tolerance and a unit.

Vietnamese writes 3,5 and 1.500; others write 3.5 and 1,500. A number that may be read both ways is right in either
reading: how somebody writes numbers is not what is asked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from courses.questions.kinds.asking import AskingBlock, common_texts, composed_texts, refuse
from courses.questions.kinds.kind import BadAnswer, Frozen, Mark, Text, stable_id
from courses.questions.kinds.typed import (
    CASE,
    MARKS,
    SPACES,
    WHOLE,
    Field,
    choice_order,
    earned,
    folded,
    guesses,
    posted_text,
    typed_in,
)

answer_template = "quiz/kinds/typed.html"
review_template = "quiz/kinds/typed_review.html"
MOST_ANSWERS = 10
# a number, then perhaps a unit; digits stand in groups or not
NUMBER = re.compile(r"([+-]?\d[\d.,  ]*)(.*)", re.DOTALL)
GROUPS = r"[+-]?\d{1,3}(?:%s\d{3})+"


# as an author writes it: a comma or a point before the decimals, and no groups
AUTHORS = r"\s*[+-]?\d{1,20}(?:[.,]\d{1,15})?\s*"
WRONG = {"invalid": _("Ghi một số, như 1500 hoặc 3,5.")}


class NumberBlock(blocks.StructBlock):
    # no CharBlock: a number is nothing to translate
    value = blocks.RegexBlock(AUTHORS, label=_("Số"), error_messages=WRONG)
    tolerance = blocks.RegexBlock(
        AUTHORS,
        label=_("Sai số cho phép"),
        default="0",
        help_text=_("Lệch tối đa về mỗi bên, kể cả bằng."),
        error_messages=WRONG,
    )
    share = blocks.IntegerBlock(label=_("Phần điểm, %"), default=WHOLE, min_value=1, max_value=WHOLE)
    feedback = blocks.TextBlock(label=_("Nhận xét"), rows=2, required=False, max_length=2000)

    class Meta:
        icon = "order"
        label = _("Số được nhận")


class Block(AskingBlock):
    accepted = blocks.ListBlock(NumberBlock(), label=_("Các số được nhận"))
    unit = blocks.CharBlock(label=_("Đơn vị"), required=False, max_length=40)
    unit_asked = blocks.BooleanBlock(
        label=_("Người học tự ghi đơn vị"),
        required=False,
        help_text=_("Không chọn thì đơn vị đứng sẵn cạnh ô. Số đúng mà thiếu hay sai đơn vị được nửa điểm."),
    )

    class Meta:
        icon = "order"
        label = _("Điền số")
        description = _("Gõ một số, có sai số cho phép và đơn vị.")
        preview_value = {
            "text": "Nạn nhân được lưu lại cơ sở trợ giúp nhiều nhất bao lâu?",
            "accepted": [{"value": "3", "tolerance": "0", "share": 100}],
            "unit": "tháng",
        }

    def refuse_faults(self, value) -> None:
        rows = [(row["value"], row["tolerance"], row["share"]) for row in value["accepted"]]
        refuse("accepted", fault_of_numbers(rows))
        if value.get("unit_asked") and not (value.get("unit") or "").strip():
            fault = ValidationError(gettext("Ghi đơn vị, hoặc bỏ chọn “Người học tự ghi đơn vị”."))
            raise StructBlockValidationError(block_errors={"unit": fault})


def readings(text: str) -> set[Fraction]:
    """Every number that the text may mean; empty for none."""
    text = re.sub(r"[\s ]", "", text).removesuffix(".").removesuffix(",")
    found = set()
    if re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?", text):
        found.add(Fraction(text.replace(",", ".")))
    for group, point in ((".", ","), (",", ".")):
        if re.fullmatch(GROUPS % re.escape(group) + rf"(?:{re.escape(point)}\d+)?", text):
            found.add(Fraction(text.replace(group, "").replace(point, ".")))
    return found


def number(text: str) -> Fraction | None:
    """None for what no author may write."""
    return Fraction(text.strip().replace(",", ".")) if re.fullmatch(AUTHORS, text) else None


def fault_of_numbers(rows: list[tuple[str, str, int]]) -> str:
    """One sentence about what is wrong with the (value, tolerance, share) rows, "" if nothing."""
    if not rows:
        return gettext("Cần ít nhất một số được nhận.")
    if len(rows) > MOST_ANSWERS:
        return gettext("Nhiều nhất %(most)d số được nhận.") % {"most": MOST_ANSWERS}
    for value, tolerance, _share in rows:
        if number(value) is None:
            return gettext("“%(value)s” không phải một số; ghi như 1500 hoặc 3,5.") % {"value": value}
        width = number(tolerance)
        if width is None or width < 0:
            return gettext("Sai số “%(value)s” không phải một số từ 0 trở lên.") % {"value": tolerance}
    if not any(share == WHOLE for *_row, share in rows):
        return gettext("Cần ít nhất một số được cả điểm (100 %).")
    return ""


def freeze(value) -> tuple[dict, dict, dict[str, str]]:
    """Numbers stay as the author wrote them; the unit is a text, so that a translation has its own."""
    texts, accepted = common_texts(value), []
    for child in value["accepted"].bound_blocks:
        row = child.value
        parts = {"value": row["value"].strip(), "tolerance": row["tolerance"].strip(), "share": row["share"]}
        accepted.append({"id": child.id, **parts})
        if feedback := (row.get("feedback") or "").strip():
            texts[f"{child.id}.feedback"] = feedback
    unit, asked = (value.get("unit") or "").strip(), bool(value.get("unit_asked"))
    if unit:
        texts["unit.accepted"] = unit
    whole = [" ".join(filter(None, [row["value"], unit if asked else ""])) for row in accepted if row["share"] == WHOLE]
    key = {"right": whole[:1], "accepted": accepted, "unit": unit if asked else ""}
    return {"unit_asked": asked}, key, texts


def compose(identity: str, text: str, choices: list[dict], **more) -> dict:
    """`choices` is [{"value", "tolerance", "share", "feedback"}], texts but for the share; `more` may say "unit" and
    "unit_asked"."""
    unit, asked = more.pop("unit", ""), more.pop("unit_asked", False)
    items = []
    for choice in choices:
        row = {"value": choice["value"].strip(), "tolerance": choice.get("tolerance", "0").strip()}
        row |= {"share": choice.get("share", WHOLE), "feedback": (choice.get("feedback") or "").strip()}
        own = stable_id(identity, "number", row["value"], row["tolerance"])
        items.append({"type": "item", "id": own, "value": row})
    return {**composed_texts(text, more), "accepted": items, "unit": unit.strip(), "unit_asked": asked}


def clean(structure: Mapping, posted: Mapping[str, list[str]]) -> dict:
    """{"choices": [what was typed]}, empty for nothing; what holds no number is asked again, not marked wrong."""
    typed = posted_text(posted)
    if typed and not parts_of(typed).numbers:
        raise BadAnswer(gettext("Cần một số, ví dụ 12 hoặc 3,5. Hãy ghi lại bằng chữ số."))
    return {"choices": [typed] if typed else []}


@dataclass(frozen=True)
class Parts:
    numbers: set[Fraction]
    unit: str


def parts_of(typed: str) -> Parts:
    found = NUMBER.fullmatch(typed.strip())
    return Parts(readings(found[1]), found[2].strip()) if found else Parts(set(), "")


def _is_unit(typed: str, question: Frozen) -> bool:
    folds = (CASE, MARKS, SPACES)
    units = filter(None, (question.key["unit"], question.text("unit.accepted")))
    return folded(typed, folds) in {folded(unit, folds) for unit in units}


def _is_near(given: Fraction, row: Mapping) -> bool:
    return abs(given - (number(row["value"]) or 0)) <= (number(row["tolerance"]) or 0)


def _found(question: Frozen, parts: Parts) -> Mapping | None:
    """The accepted row that earns most."""
    fits = [row for row in question.key["accepted"] if any(_is_near(each, row) for each in parts.numbers)]
    return max(fits, key=lambda row: row["share"], default=None)


def mark(question: Frozen, response: Mapping | None, out_of: int) -> Mark:
    """The share of the best number; half of it where a unit was asked for and is missing or another one."""
    parts = parts_of(typed_in(response))
    found = _found(question, parts)
    if found is None:
        return Mark(0, out_of)
    halved = bool(question.key["unit"]) and not _is_unit(parts.unit, question)
    return Mark(earned(found["share"], out_of) / (2 if halved else 1), out_of)


def answering(question: Frozen, order: list[str], response: Mapping | None) -> dict:
    typed, asked = typed_in(response), question.structure["unit_asked"]
    return {
        "instruction": gettext("Gõ số và đơn vị") if asked else gettext("Gõ một số"),
        "given": [typed] if typed else [],
        "numeric": not asked,
        "field": Field("choice", typed, unit=None if asked else question.text("unit.accepted") or None),
    }


def reviewing(question: Frozen, order: list[str], response: Mapping | None, *, reveal: bool = True) -> dict:
    typed, unit = typed_in(response), question.text("unit.accepted") or None
    found = _found(question, parts_of(typed))
    feedback = question.text(f"{found['id']}.feedback") if found else None
    if not reveal:
        return {"field": Field("choice", typed, feedback=feedback, unit=unit)}
    right = mark(question, response, WHOLE).right
    first = next(row["value"] for row in question.key["accepted"] if row["share"] == WHOLE)
    return {"field": Field("choice", typed, right, Text(first), feedback, unit)}
