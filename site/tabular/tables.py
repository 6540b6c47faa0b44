"""Uploaded tables: known columns, checked cells, and one clear sentence for every error.

`read_table` gives rows whose cells are clean text (NFC, single spaces), dates or None. An error of the whole file
raises TableError; an error of a cell is a CellError on its row. What a file has besides its rows (headings, a row of
column numbers, totals, signatures, sheets of something else) is passed over and told to the listener.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from letters.keystrokes import typed_in
from tabular.cells import CellError, Line, clean_text
from tabular.columns import Column, checked
from tabular.headings import Heading, heading_of, missing_columns, why_ignored
from tabular.lines import why_passed_over
from tabular.old_letters import Proposal, could_be, is_broken, likeliest, proposal
from tabular.questions import LEAVE_OUT, Choice, Listener, Question, QuestionKind, taken
from tabular.readings import AS_IT_IS, Reading
from tabular.sheets import RawRow, Sheet, TableError
from tabular.spreadsheets import sheets_of

__all__ = ["Column", "Table", "TableError", "TableRow", "read_table"]

# where the header is looked for: the rows of a national heading, a title and a few remarks
ROWS_ABOVE = 40
# SAMPLE: rows that say in which old letters a sheet is written
MOST_DOUBTS, SAMPLE = 1000, 300
HIDDEN_ROW = QuestionKind(
    "dong_an",
    gettext_lazy("Dòng đang bị ẩn trong bảng tính, có thể do bộ lọc"),
    (Choice("nhap", gettext_lazy("Nhập cả dòng bị ẩn")), LEAVE_OUT),
)
OLD_LETTERS = QuestionKind(
    "kieu_chu",
    gettext_lazy("Chữ gõ bằng kiểu cũ (TCVN3, VNI, VISCII) hoặc bị đọc sai bảng mã"),
    (Choice("doi", gettext_lazy("Đổi như đề nghị")), Choice("giu", gettext_lazy("Giữ như trong tệp")), LEAVE_OUT),
)
KEYSTROKES = QuestionKind(
    "kieu_go",
    gettext_lazy("Tên còn nguyên phím gõ dấu (VIQR, Telex, VNI), bộ gõ chưa đổi thành chữ"),
    OLD_LETTERS.choices,
)


@dataclass
class TableRow:
    """`values` has every column; a cell that could not be read is None in it. `cells` are those of the file, `beyond`
    those that stand below no heading.
    """

    line: Line
    # the code as it stands in the file
    item: str
    values: dict
    cells: dict[str, object]
    beyond: list = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)

    def __getitem__(self, column: str):
        return self.values[column]


class Unheard:
    """A listener for tables that nobody uploads."""

    def ask(
        self,
        kind: QuestionKind,
        item: str,
        line: Line,
        column: str,
        words: str,
        more: tuple[Choice, ...] = (),
        group: str = "",
    ) -> str:
        return taken(Question(kind, item, line, column, words, (*more, *kind.choices), ""))

    def note(self, item: str, line: Line | None, reason: str) -> None:
        pass

    pass_over = note


@dataclass
class Part:
    """A sheet that is read. `name` and `place` tell it from the other ones of its file."""

    sheet: Sheet
    heading: Heading
    name: str
    place: int


@dataclass
class Table:
    """An iterator over the rows, to be used once, that tells the listener what it passes over.

    `unread` names the visible sheets that have some of the columns only.
    """

    parts: list[Part]
    listener: Listener
    unread: list[str]
    reading: Reading = AS_IT_IS
    # the ways of old letters found so far, and names that read well but may be in them, too
    _ways: set[str] = field(default_factory=set)
    _doubtful: list[tuple[str, Line, str, Proposal]] = field(default_factory=list)
    _likely: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[TableRow]:
        for part in self.parts:
            # one word may read well in several old letters, hundreds do not
            sample = (cell for raw in islice(part.sheet.rows(), SAMPLE) for cell in raw.cells)
            self._likely = likeliest(cell for cell in sample if isinstance(cell, str))
            yield from self._rows(part)
        for item, line, text, found in self._doubtful:
            if found.way in self._ways:
                params = {"text": text, "read": clean_text(found.text), "way": found.way}
                reason = _("“%(text)s” có thể là “%(read)s” theo %(way)s; hãy xem lại, tệp có những tên kiểu chữ ấy.")
                self.listener.note(item, line, reason % params)

    def _rows(self, part: Part) -> Iterator[TableRow]:
        heading, merged = part.heading, Counter[str]()
        for raw in filled_down(part.sheet, {place: column.name for place, column in heading.columns}, merged):
            if raw.line <= heading.line:
                merged.clear()
                continue
            line = Line(raw.line, part.name, part.place)
            if why := why_passed_over(heading, raw.cells):
                self.listener.pass_over(self._item(heading, raw), line, why)
            else:
                yield self._row(heading, line, raw)
        for name, count in merged.items():
            reason = _("Cột có ô gộp; giá trị của ô gộp được hiểu cho mọi dòng của nó, thêm %(count)d dòng.")
            self.listener.note(name, Line(heading.line, part.name, part.place), reason % {"count": count})

    def _item(self, heading: Heading, raw: RawRow) -> str:
        """The code of a line, else its first words."""
        code = heading.columns[0][0]
        texts = [*raw.cells[code : code + 1], *raw.cells]
        return next(filter(None, map(clean_text, texts)), "")[:40]

    def _row(self, heading: Heading, line: Line, raw: RawRow) -> TableRow:
        cells = {column: raw.cells[place] if place < len(raw.cells) else None for place, column in heading.columns}
        cells.update(heading.lacking)
        mended = self.reading.mends(line)
        if mended:
            cells.update({column: mended[column.name] for column in cells if column.name in mended})
        named = {column.name: value for column, value in cells.items()}
        row = TableRow(line, clean_text(next(iter(cells.values())))[:40], {}, named, list(raw.cells[heading.width :]))
        # shifted cells make every other complaint misleading, until somebody looked at them
        shifted = not mended and any(cell is not None and clean_text(cell) for cell in row.beyond)
        try:
            if not shifted:
                self._ask(row.item, line, raw.hidden, cells)
        except CellError as error:
            row.errors.append(error)
        for column, value in cells.items():
            row.values[column.name] = None
            try:
                row.values[column.name] = _read(column, value)
            except CellError as error:
                row.errors.append(error)
        if shifted:
            why = _("Dòng có nhiều ô hơn tiêu đề; hãy đặt ô chứa dấu phẩy trong ngoặc kép.")
            row.errors = [CellError("", why)]
        return row

    def _ask(self, item: str, line: Line, hidden: bool, cells: dict[Column, object]) -> None:
        """Asks what only the sender knows of a row as such; writes into `cells` what old letters and keys say."""
        if hidden:
            self.listener.ask(HIDDEN_ROW, item, line, "", _("Dòng này đang bị ẩn trong bảng tính."))
        read, typed = {}, {}
        for column, value in cells.items():
            if not isinstance(value, str):
                continue
            if not value.isascii() and (found := proposal(value, self._likely)):
                read[column] = found
            elif column.is_name and (keys := typed_in(value)):
                typed[column] = Proposal(*keys)
            elif column.is_name and len(self._doubtful) < MOST_DOUBTS:
                self._doubtful += [(item, line, clean_text(value), other) for other in could_be(value)]
        self._ways |= {found.way for found in read.values()}
        for kind, proposed in ((OLD_LETTERS, read), (KEYSTROKES, typed)):
            if proposed and self._is_converted(kind, item, line, cells, proposed):
                cells.update({column: found.text for column, found in proposed.items()})

    def _is_converted(
        self, kind: QuestionKind, item: str, line: Line, cells: dict[Column, object], proposed: dict[Column, Proposal]
    ) -> bool:
        words = "; ".join(
            _("“%(text)s” đọc theo %(way)s là “%(read)s”")
            % {"text": clean_text(cells[column]), "way": found.way, "read": clean_text(found.text)}
            for column, found in proposed.items()
        )
        return self.listener.ask(kind, item, line, next(iter(proposed)).name, f"{words}.") == "doi"


def _read(column: Column, value):
    if isinstance(value, str) and is_broken(value, is_name=column.is_name, is_code=column.is_code):
        reason = _("Chữ trong “%(text)s” đã hỏng; hãy gõ lại, hoặc lưu tệp gốc dưới dạng “CSV UTF-8” rồi nhập lại.")
        raise CellError(column.name, reason % {"text": clean_text(value)[:40]})
    return checked(column, value)


def filled_down(sheet: Sheet, columns: dict[int, str], merged: Counter[str]) -> Iterator[RawRow]:
    """The sheet's rows, each with the values of the merged cells that reach down to it; counts these by column."""
    coming, open_ones = list(reversed(sheet.merges)), {}
    for raw in sheet.rows():
        while coming and coming[-1].first <= raw.line:
            merge = coming.pop()
            if merge.column in columns and merge.first == raw.line and merge.column < len(raw.cells):
                open_ones[merge.column] = merge.first, merge.last, raw.cells[merge.column]
        for place, (first, last, value) in open_ones.items():
            if first < raw.line <= last:
                raw.cells.extend([None] * (place + 1 - len(raw.cells)))
                raw.cells[place] = value
                merged[columns[place]] += 1
        yield raw


def read_table(
    path: str | Path,
    columns: Sequence[Column],
    listener: Listener | None = None,
    *,
    first_place: int = 0,
    reading: Reading = AS_IT_IS,
) -> Table:
    """Raises TableError where the file cannot be read or no visible sheet has the heading.

    `first_place` keeps the rows of two files of one import apart; `reading` is what its sender said about the file.
    """
    listener = listener or Unheard()
    found: list[tuple[Sheet, Heading]] = []
    best: Heading | None = None
    unread = []
    sheets = sheets_of(path)
    for sheet in sheets:
        if not sheet.visible:
            listener.note(sheet.name, Line(1), _("Trang bị ẩn nên không đọc."))
            continue
        heading = heading_in(sheet, columns, reading)
        if heading and not heading.missing:
            found.append((sheet, heading))
        elif heading:
            listener.note(sheet.name, Line(heading.line), _why_not_read(heading, columns))
            unread += [sheet.name] if len(heading.missing) < len(columns) else []
            best = heading if best is None or len(heading.missing) < len(best.missing) else best
    if not found:
        raise missing_columns(best.missing if best else [column.name for column in columns], columns)
    parts = [
        Part(sheet, heading, sheet.name if len(found) > 1 else "", first_place + (number if len(found) > 1 else 0))
        for number, (sheet, heading) in enumerate(found, start=1)
    ]
    for part in parts:
        _tell(part, listener, named=len(sheets) > 1)
    return Table(parts, listener, unread, reading)


def heading_in(sheet: Sheet, columns: Sequence[Column], reading: Reading = AS_IT_IS) -> Heading | None:
    """The heading with the fewest columns missing among the first rows; None where the sheet is empty."""
    best = None
    everywhere = dict.fromkeys(range(200), "")
    for raw in islice(filled_down(sheet, everywhere, Counter()), ROWS_ABOVE):
        heading = heading_of(raw.line, raw.cells, columns, reading)
        if best is None or len(heading.missing) < len(best.missing):
            best = heading
        if not heading.missing:
            break
    return best


def _why_not_read(heading: Heading, columns: Sequence[Column]) -> str:
    if len(heading.missing) == len(columns):
        return _("Trang không có tiêu đề của bảng nên không đọc.")
    return _("Tiêu đề của trang thiếu cột %(missing)s nên không đọc.") % {"missing": ", ".join(heading.missing)}


def _tell(part: Part, listener: Listener, *, named: bool) -> None:
    heading, sheet = part.heading, part.sheet
    line = Line(heading.line, part.name, part.place)
    if named:
        listener.note(sheet.name, Line(heading.line), _("Đã đọc trang này."))
    for reason in sheet.notes:
        listener.note("", line, reason)
    above = sum(1 for raw in islice(sheet.rows(), ROWS_ABOVE) if raw.line < heading.line)
    if above:
        listener.note("", line, _("Bỏ qua %(count)d dòng phía trên tiêu đề.") % {"count": above})
    for name in heading.ignored:
        listener.note(name, line, why_ignored(name))
    for place, column in heading.columns:
        if place in sheet.hidden_columns:
            listener.note(column.name, line, _("Cột đang bị ẩn trong bảng tính nhưng vẫn được đọc."))
