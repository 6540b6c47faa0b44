"""Uploaded tables: known columns, checked cells, and one clear sentence for every error.

`read_table` gives rows whose cells are clean text (NFC, single spaces), dates or None. An error of the whole file
raises TableError; an error of a cell is a CellError on its row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from tabular.cells import CellError, Line, clean_text, plain_key, read_date
from tabular.spreadsheets import TableError, raw_rows

__all__ = ["Column", "Table", "TableError", "TableRow", "read_table", "why_ignored"]

# what a spreadsheet shows instead of a value
FAULTS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
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
class TableRow:
    """`line` counts the header as 1. `values` has every column; a cell that could not be read is None in it."""

    line: Line
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
        row = TableRow(Line(line), {})
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


def why_ignored(name: str) -> str:
    if plain_key(name) in SENSITIVE:
        return _("Cột “%(name)s” không được nhập: là dữ liệu cá nhân nhạy cảm, hãy xóa khỏi tệp.") % {"name": name}
    return _("Cột “%(name)s” không được nhập.") % {"name": name}


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
