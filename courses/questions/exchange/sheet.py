"""Reads questions from a spreadsheet: one row a question, for people who never heard of the other formats."""

import re
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from courses.questions.exchange.item import Item, Reading, Unreadable
from courses.questions.kinds.typed import CASE
from letters.folding import searched
from tabular.cells import CellError, plain_key
from tabular.spreadsheets import sheets_of
from tabular.tables import ROWS_ABOVE, Column, TableRow, read_table

LETTERS = "ABCDEFGH"
OPTIONS = [f"phuong_an_{letter.lower()}" for letter in LETTERS]
COLUMNS = [
    Column("cau_hoi", required=True, max_length=4000, aliases=("cau", "noi_dung")),
    Column("dang", max_length=40, aliases=("kieu", "loai")),
    Column("dap_an", required=True, max_length=1000, aliases=("dung", "dap_an_dung")),
    *(Column(name, max_length=1000, aliases=(name[-1],)) for name in OPTIONS),
    Column("ten", max_length=200, aliases=("ten_ngan", "ma_cau")),
    Column("nhom", max_length=120),
    Column("giai_thich", max_length=4000, aliases=("vi_sao",)),
    Column("goi_y", max_length=1000),
    Column("nhan", max_length=200),
]
# what somebody may write for a kind, as searched
KINDS = {
    "": "",
    "chon mot": "single_choice",
    "chon nhieu": "multiple_choice",
    "dung sai": "true_false",
    "tra loi ngan": "short_answer",
    "dien so": "numeric",
}


def read(path: Path) -> Reading:
    """May raise TableError."""
    reading = Reading()
    for row in read_table(path, _columns(path)):
        label = row.values.get("ten") or (row["cau_hoi"] or "")[:60]
        try:
            if row.errors:
                raise row.errors[0]
            reading.items.append(_item(row))
        except (CellError, Unreadable) as error:
            reading.reject(label, row.line, getattr(error, "reason", str(error)))
    return reading


def _columns(path: Path) -> list[Column]:
    """Those that the file has, and those without which no row is a question."""
    asks = {COLUMNS[0].name, *COLUMNS[0].aliases}
    said: set[str] = set()
    for sheet in sheets_of(path):
        for row in islice(sheet.rows(), ROWS_ABOVE) if sheet.visible else ():
            keys = {plain_key(str(cell)) for cell in row.cells if cell}
            said |= keys if keys & asks else set()
    return [column for column in COLUMNS if column.required or said & {column.name, *column.aliases}]


def _item(row: TableRow) -> Item:
    values = row.values
    options = [(letter, values[name]) for letter, name in zip(LETTERS, OPTIONS, strict=True) if values.get(name)]
    said = " ".join(searched(values.get("dang") or "").split())
    if said not in KINDS:
        raise Unreadable(
            _("Dạng “%(kind)s” không có; ghi chọn một, chọn nhiều, đúng sai, trả lời ngắn hoặc điền số.")
            % {"kind": values["dang"]}
        )
    kind = KINDS[said] or _guessed(row["dap_an"], options)
    choices, own = KINDS_OF_ROW[kind](row["dap_an"], options)
    return Item(
        kind,
        row["cau_hoi"],
        tuple(choices),
        own,
        title=values.get("ten") or "",
        category=values.get("nhom") or "",
        explanation=values.get("giai_thich") or "",
        hint=values.get("goi_y") or "",
        tags=tuple(tag.strip() for tag in (values.get("nhan") or "").split("|") if tag.strip()),
        line=row.line,
    )


def _guessed(answer: str, options: list) -> str:
    """The kind of a row that does not say it."""
    if options:
        return "multiple_choice" if len(_letters(answer)) > 1 else "single_choice"
    return "true_false" if searched(answer) in ("dung", "sai") else "short_answer"


def _letters(answer: str) -> list[str]:
    return [letter for letter in re.split(r"[\s,;|/]+", answer.upper()) if letter]


def _chosen(answer: str, options: list) -> tuple[list[dict], dict]:
    wanted, known = _letters(answer), [letter for letter, _text in options]
    if unknown := [letter for letter in wanted if letter not in known]:
        raise Unreadable(_("Đáp án “%(letter)s” không là chữ của phương án nào.") % {"letter": unknown[0]})
    return [{"text": text, "right": letter in wanted, "feedback": ""} for letter, text in options], {}


def _true_false(answer: str, options: list) -> tuple[list[dict], dict]:
    said = searched(answer)
    if said not in ("dung", "sai"):
        raise Unreadable(_("Câu đúng – sai: đáp án ghi “đúng” hoặc “sai”."))
    return [{"text": "Đúng", "right": said == "dung"}, {"text": "Sai", "right": said == "sai"}], {}


def _typed(answer: str, options: list) -> tuple[list[dict], dict]:
    return [{"text": text.strip()} for text in answer.split("|") if text.strip()], {"folds": [CASE]}


def _number(answer: str, options: list) -> tuple[list[dict], dict]:
    value, _sign, tolerance = answer.replace("+-", "±").partition("±")
    return [{"value": value.strip(), "tolerance": tolerance.strip() or "0"}], {}


KINDS_OF_ROW = {
    "single_choice": _chosen,
    "multiple_choice": _chosen,
    "true_false": _true_false,
    "short_answer": _typed,
    "numeric": _number,
}
