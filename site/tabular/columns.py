"""The columns of a contract, and the check of one cell."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from tabular.cells import CellError, clean_text, read_date
from tabular.formulas import is_quoted_code, unguarded

# what a spreadsheet shows instead of a value
FAULTS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
# a spreadsheet keeps fifteen digits of a number; the others become zeros
MOST_EXACT = 10**15
# how a spreadsheet writes a code into CSV that it took for a large number or for a day
LARGE_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg ?\d{1,2})"
DAY_OF_A_MONTH = re.compile(rf"\d{{1,2}}-{MONTH}(?:-\d{{2,4}})?|{MONTH}-\d{{2}}", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column with its key (`ma_can_bo`); with `required` no cell may be empty.

    What `is_code` or `is_name` says who or what is meant, so a cell that a spreadsheet has changed is refused. A line
    is a row of the table if an `anchors` cell stands beside a filled `beside` or date cell, or if it has a day; where
    no column `anchors`, every line is a row. An `optional` column need have no heading; one with `instead` need not
    where that other column has one.
    """

    name: str
    required: bool = False
    is_date: bool = False
    is_code: bool = False
    is_name: bool = False
    anchors: bool = False
    beside: bool = False
    max_length: int = 0
    optional: bool = False
    instead: str = ""
    # keys of other headings for this column
    aliases: tuple[str, ...] = ()


def checked(column: Column, value) -> str | date | None:
    """The cell as clean text, as a day where the column holds days, or None for no day. Raises CellError."""
    text = clean_text(value)
    if text.startswith("="):
        raise CellError(column.name, _("Ô bắt đầu bằng dấu “=”; hãy thay công thức bằng giá trị."))
    # what people put before a code or a day, or what our own files guard against being run or taken for that
    text = text[1:] if column.is_code and is_quoted_code(text) else unguarded(text)
    if text in FAULTS:
        raise CellError(column.name, _("Ô báo lỗi %(fault)s; hãy ghi giá trị đúng.") % {"fault": text})
    if not text:
        if column.required:
            raise CellError(column.name, _("Ô bắt buộc đang để trống."))
        return None if column.is_date else ""
    if column.is_date:
        return _day(column, value, text)
    if taken_for := _taken_for(column, value, text):
        reason = _("Bảng tính đã đổi ô này thành %(what)s; hãy định dạng cột là Văn bản (Text) rồi gõ lại giá trị.")
        raise CellError(column.name, reason % {"what": taken_for})
    if (column.is_code or column.is_name) and not any(map(str.isalnum, text)):
        # an office's sign for a cell that it left open
        raise CellError(column.name, _("Ô chỉ có “%(text)s”; hãy ghi giá trị đúng.") % {"text": text[:40]})
    if column.max_length and len(text) > column.max_length:
        raise CellError(
            column.name,
            _("Ô dài %(length)d ký tự, nhiều nhất là %(most)d.") % {"length": len(text), "most": column.max_length},
        )
    return text


def _day(column: Column, value, text: str) -> date:
    try:
        # with an apostrophe in front a spreadsheet leaves it as it was typed
        return read_date(value.lstrip("'’‘`´ ") if isinstance(value, str) else value)
    except ValueError:
        if isinstance(value, int | float) and not isinstance(value, bool):
            reason = _("Ô là số %(text)s, không phải ngày; hãy định dạng cột là Ngày (Date) và xem lại từng ngày.")
        else:
            reason = _("Không đọc được ngày “%(text)s”; hãy ghi ngày/tháng/năm, như 31/12/2026.")
        raise CellError(column.name, reason % {"text": text[:40]}) from None


def _taken_for(column: Column, value, text: str) -> str:
    """What a spreadsheet made of the cell that nobody typed, in words; "" where it may be what was typed."""
    if isinstance(value, bool):
        return _("%(text)s (đúng/sai)") % {"text": text.upper()}
    if isinstance(value, int | float) and abs(value) >= MOST_EXACT:
        return _("số và làm tròn mất chữ số")
    if not (column.is_code or column.is_name):
        return ""
    if isinstance(value, date | datetime | time | timedelta):
        return _("ngày giờ %(text)s") % {"text": text}
    if text.upper() in ("TRUE", "FALSE"):
        return _("%(text)s (đúng/sai)") % {"text": text.upper()}
    if column.is_code and isinstance(value, float) and not value.is_integer():
        return _("số lẻ %(text)s") % {"text": text}
    if column.is_code and LARGE_NUMBER.fullmatch(text):
        return _("số và làm tròn mất chữ số")
    if column.is_code and not text.isalnum() and (DAY_OF_A_MONTH.fullmatch(text) or _is_day(text)):
        return _("ngày %(text)s") % {"text": text}
    return ""


def _is_day(text: str) -> bool:
    try:
        return bool(read_date(text))
    except ValueError:
        return False
