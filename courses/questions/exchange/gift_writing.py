"""Writes GIFT. What it cannot say is named, and so is a question of a kind that it does not have."""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from django.utils.translation import gettext as _

from courses.questions.exchange.item import Item, Remark, Unreadable
from courses.questions.kinds.numeric import number
from courses.questions.kinds.typed import CASE


def write(items: Iterable[Item]) -> tuple[str, list[Remark]]:
    """(the file, what of each question it does not say)."""
    parts, remarks, category = [], [], None
    for place, item in enumerate(items, 1):
        notes: list[str] = []
        try:
            text = one(item, notes)
        except Unreadable as error:
            remarks.append(Remark(item.title, place, str(error)))
            continue
        if item.category != category:
            category = item.category
            parts.append(f"$CATEGORY: $course$/top/{category}\n" if category else "$CATEGORY: $course$/top\n")
        parts.append(text)
        remarks += [Remark(item.title, place, note) for note in notes]
    return "\n".join(parts), remarks


def one(item: Item, notes: list[str]) -> str:
    if item.kind not in WRITERS:
        raise Unreadable(_("GIFT không có dạng này nên câu không ra tệp."))
    if item.hint:
        notes.append(_("Gợi ý không ghi được trong GIFT."))
    tags = "".join(f" [tag:{tag}]" for tag in item.tags if "]" not in tag)
    head = f"//{tags}\n" if tags else ""
    general = f"\n####{escaped(item.explanation)}" if item.explanation else ""
    before, inside, after = WRITERS[item.kind](item, notes)
    title = f"::{escaped(item.title)}::" if item.title else ""
    return f"{head}{title}{_form(before)}{before} {{{inside}{general}\n}}{after}\n"


def _form(text: str) -> str:
    """A text that begins like the name of a format must not be taken for one."""
    return "[plain]" if re.match(r"\s*\[(html|moodle|plain|markdown)\]", text) else ""


def escaped(text: str) -> str:
    text = re.sub(r"([\\~=#{}:])", r"\\\1", text.strip())
    return re.sub(r"\r?\n", r"\\n", text)


def _remark(feedback: str) -> str:
    return f"#{escaped(feedback)}" if feedback else ""


def _lines(signed: Iterable[tuple[str, str, str]]) -> str:
    return "".join(f"\n{sign}{escaped(text)}{_remark(feedback)}" for sign, text, feedback in signed)


def _choice(item: Item, notes: list[str]) -> tuple[str, str, str]:
    rows = [("=" if each["right"] else "~", each["text"], each.get("feedback") or "") for each in item.choices]
    return escaped(item.text), _lines(rows), ""


def _choices(item: Item, notes: list[str]) -> tuple[str, str, str]:
    if sum(bool(each["right"]) for each in item.choices) == 1:
        notes.append(_("“Chọn nhiều” với một ý đúng thành “Chọn một” trong GIFT."))
    share = f"{float(Fraction(100, sum(bool(each['right']) for each in item.choices))):.5f}".rstrip("0").rstrip(".")
    rows = [(f"~%{share if each['right'] else '-' + share}%", each["text"], each["feedback"]) for each in item.choices]
    return escaped(item.text), _lines(rows), ""


def _true_false(item: Item, notes: list[str]) -> tuple[str, str, str]:
    true, false = item.choices
    if (true["text"], false["text"]) != ("Đúng", "Sai"):
        notes.append(
            _("Chữ “%(true)s”, “%(false)s” không ghi được; GIFT chỉ nói đúng hay sai.")
            % {"true": true["text"], "false": false["text"]}
        )
    right, wrong = (true, false) if true["right"] else (false, true)
    remarks = f"#{escaped(wrong['feedback'] or '')}#{escaped(right['feedback'] or '')}"
    return escaped(item.text), ("T" if true["right"] else "F") + (remarks if remarks != "##" else ""), ""


def _matching(item: Item, notes: list[str]) -> tuple[str, str, str]:
    if any("->" in pair["left"] for pair in item.choices):
        raise Unreadable(_("Vế trái có dấu -> nên không ghi được trong GIFT."))
    rows = "".join(f"\n={escaped(pair['left'])} -> {escaped(pair['right'])}" for pair in item.choices)
    return escaped(item.text), rows, ""


def _shared(row) -> str:
    return "=" if row["share"] == 100 else f"=%{row['share']}%"


def _short(item: Item, notes: list[str]) -> tuple[str, str, str]:
    if item.own["folds"] != [CASE]:
        notes.append(_("Cách so câu trả lời không ghi được; GIFT chỉ không phân biệt chữ hoa."))
    if any("->" in row["text"] for row in item.choices):
        raise Unreadable(_("Câu trả lời có dấu -> nên không ghi được trong GIFT."))
    return escaped(item.text), _lines((_shared(row), row["text"], row["feedback"]) for row in item.choices), ""


def _numeric(item: Item, notes: list[str]) -> tuple[str, str, str]:
    if item.own["unit"]:
        notes.append(_("Đơn vị “%(unit)s” không ghi được trong GIFT.") % {"unit": item.own["unit"]})
    rows = []
    for row in item.choices:
        if number(row["value"]) is None or number(row["tolerance"]) is None:
            raise Unreadable(_("Số không ghi được trong GIFT."))
        value, tolerance = (row[name].strip().replace(",", ".") for name in ("value", "tolerance"))
        rows.append(f"\n{_shared(row)}{value}:{tolerance}{_remark(row['feedback'])}")
    return escaped(item.text), "#" + "".join(rows), ""


def _gap(item: Item, notes: list[str]) -> tuple[str, str, str]:
    if len(item.choices) != 1:
        raise Unreadable(_("GIFT chỉ có một chỗ trống một câu."))
    before, mark, after = item.own["passage"].partition("[1]")
    if not after.strip():
        raise Unreadable(_("Chỗ trống đứng cuối đoạn nên không ghi được trong GIFT."))
    if item.text != _("Điền chỗ trống."):
        notes.append(_("Lời dẫn “%(text)s” không ghi được trong GIFT.") % {"text": item.text[:60]})
    (gap,) = item.choices
    if not gap["wrong"] and item.own["folds"] != [CASE]:
        notes.append(_("Cách so câu trả lời không ghi được; GIFT chỉ không phân biệt chữ hoa."))
    rows = [*(("=", word, "") for word in gap["right"]), *(("~", word, "") for word in gap["wrong"])]
    return escaped(before), _lines(rows), f" {escaped(after)}"


WRITERS: dict[str, Callable[[Item, list[str]], tuple[str, str, str]]] = {
    "single_choice": _choice,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "matching": _matching,
    "short_answer": _short,
    "numeric": _numeric,
    "missing_words": _gap,
}
