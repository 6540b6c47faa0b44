"""Uploaded tables: known columns, checked cells, and one clear sentence for every error.

`read_table` gives rows whose cells are clean text (NFC, single spaces), dates or None. An error of the whole file
raises TableError; an error of a cell is a CellError on its row.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from tabular.spreadsheets import TableError, raw_rows

__all__ = ["CellError", "Column", "Table", "TableError", "TableRow", "plain_key", "read_table"]

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")
# what a spreadsheet shows instead of a value
FAULTS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
# never stored: sensitive personal data (law 91/2025/QH15)
SENSITIVE = {"dan_toc", "ton_giao", "cccd", "cmnd", "can_cuoc", "so_cccd", "so_cmnd", "can_cuoc_cong_dan"}


@dataclass(frozen=True)
class Column:
    """A column with its key (`ma_can_bo`); with `required` no cell may be empty."""

    name: str
    required: bool = False
    is_date: bool = False
    max_length: int = 0
    # keys of other headings for this column
    aliases: tuple[str, ...] = ()


@dataclass
class CellError(Exception):
    column: str
    reason: str


@dataclass
class TableRow:
    """`line` counts the header as 1. `values` has every column; a cell that could not be read is None in it."""

    line: int
    values: dict
    errors: list[CellError] = field(default_factory=list)

    def __getitem__(self, column: str):
        return self.values[column]


@dataclass
class Table:
    """An iterator over the rows, to be used once. `ignored` names the columns that are not read."""

    columns: list[tuple[int, Column]]
    width: int
    ignored: list[str]
    _raw: Iterator[tuple[int, list]]

    def __iter__(self) -> Iterator[TableRow]:
        for line, cells in self._raw:
            yield self._row(line, cells)

    def _row(self, line: int, cells: list) -> TableRow:
        row = TableRow(line, {})
        for place, column in self.columns:
            row.values[column.name] = None
            try:
                row.values[column.name] = _checked(column, cells[place] if place < len(cells) else None)
            except CellError as error:
                row.errors.append(error)
        if any(clean_text(cell) for cell in cells[self.width :]):
            # shifted cells make every other complaint misleading
            row.errors = [CellError("", _("Dòng có nhiều ô hơn tiêu đề; hãy đặt ô chứa dấu phẩy trong ngoặc kép."))]
        return row


def read_table(path: str | Path, columns: Sequence[Column]) -> Table:
    """Raises TableError where the file cannot be read or its header lacks a column."""
    raw = raw_rows(path)
    _line, header = next(raw, (1, []))
    names = [clean_text(cell) for cell in header]
    keys = [plain_key(name) for name in names]
    places: dict[str, int] = {}
    known = {alias: column.name for column in columns for alias in (column.name, *column.aliases)}
    for place, key in enumerate(keys):
        name = known.get(key)
        if name in places:
            raise TableError(_("Cột %(name)s có hai lần trong tiêu đề; hãy bỏ bớt một cột.") % {"name": name})
        if name:
            places[name] = place
    if missing := [column.name for column in columns if column.name not in places]:
        raise TableError(
            _("Tiêu đề thiếu cột %(missing)s; dòng đầu phải có đủ các cột %(all)s.")
            % {"missing": ", ".join(missing), "all": ", ".join(column.name for column in columns)}
        )
    width = max((place for place, name in enumerate(names) if name), default=-1) + 1
    ignored = [name for name, key in zip(names, keys, strict=True) if key and key not in known]
    return Table([(places[column.name], column) for column in columns], width, ignored, raw)


def plain_key(text: str) -> str:
    """ "Mã cán bộ" → "ma_can_bo"."""
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_")


def why_ignored(name: str) -> str:
    if plain_key(name) in SENSITIVE:
        return _("Cột “%(name)s” không được nhập: là dữ liệu cá nhân nhạy cảm, hãy xóa khỏi tệp.") % {"name": name}
    return _("Cột “%(name)s” không được nhập.") % {"name": name}


def clean_text(value) -> str:
    """The text of a cell; a whole number loses its ".0", a date is written in ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # an array formula is an object with a `text`
    text = "=" + value.text.lstrip("=") if hasattr(value, "text") else str(value)
    text = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    return SPACES.sub(" ", text).strip()


def read_date(value) -> date:
    """Reads ISO, dd/mm/yyyy, or a date cell. Raises ValueError."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        text = clean_text(value)
        if match := ISO.fullmatch(text):
            year, month, day = map(int, match.groups())
        elif match := DAY_FIRST.fullmatch(text):
            day, month, year = map(int, match.groups())
        else:
            raise ValueError(text)
        value = date(year, month, day)
    if not EARLIEST <= value <= LATEST:
        raise ValueError(value)
    return value


def _checked(column: Column, value) -> str | date | None:
    text = clean_text(value)
    if text.startswith("="):
        raise CellError(column.name, _("Ô bắt đầu bằng dấu “=”; hãy thay công thức bằng giá trị."))
    if text in FAULTS:
        raise CellError(column.name, _("Ô báo lỗi %(fault)s; hãy ghi giá trị đúng.") % {"fault": text})
    if not text:
        if column.required:
            raise CellError(column.name, _("Ô bắt buộc đang để trống."))
        return None if column.is_date else ""
    if column.is_date:
        try:
            return read_date(value)
        except ValueError:
            raise CellError(
                column.name,
                _("Không đọc được ngày “%(text)s”; hãy ghi ngày/tháng/năm, như 31/12/2026.") % {"text": text[:40]},
            ) from None
    if column.max_length and len(text) > column.max_length:
        raise CellError(
            column.name,
            _("Ô dài %(length)d ký tự, nhiều nhất là %(most)d.") % {"length": len(text), "most": column.max_length},
        )
    return text
