"""The sheets of an XLSX workbook, read from their XML row by row, since openpyxl's streaming mode shows neither hidden
rows nor merged cells, and spends half a minute on a hundred thousand blank rows that only have a format.

A sheet is gone through twice: once as bytes, to count rows and find merged cells, then as XML without its blank
rows.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from tabular.sheets import MAX_ROWS, Merge, RawRow, Sheet, TableError, not_a_spreadsheet, too_many_rows
from tabular.workbook_cells import Book, column_number, finished, local

# so many blank rows with a format are worth a word
MANY_BLANK = 1000
# the limit of Excel itself
SHEET_ROWS = 1_048_576
# unpacked bytes of one part of a workbook: a part that is held in memory, and one that is read row by row
MOST_BYTES_HELD = 40 * 1024 * 1024
MOST_BYTES_READ = 2 * 1024 * 1024 * 1024
CHUNK = 1024 * 1024
# bytes of XML that become elements at once
PIECE = 32 * 1024
# some programs give every element a prefix: <x:row><x:c><x:v>
ROW_START = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])[^>]*>")
NUMBER = b" r="
ROW_END = re.compile(rb"(</(?:[\w.-]+:)?row\s*>)")
VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)[\s>]")
MERGE = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^>]*?ref=[\"']\$?([A-Z]{1,3})\$?(\d+):\$?[A-Z]{1,3}\$?(\d+)")
COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^>]*>")
REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
# a row that was drawn together until nothing is seen of it
NO_HEIGHT = re.compile(r"0+(?:\.0*)?")
FAULTS: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, NotImplementedError, RuntimeError, EOFError, OSError),
    *(LookupError, ValueError, TypeError, AttributeError, OverflowError),
)


def broken() -> TableError:
    return TableError(_("Tệp .xlsx bị hỏng; hãy mở bằng Excel, lưu lại rồi nhập lại."))


def workbook_sheets(path: Path) -> list[Sheet]:
    """All sheets in the workbook's order. Raises TableError where it cannot be read or is beyond the limits."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if "xl/workbook.xml" not in parts:
                raise not_a_spreadsheet()
            # a few kilobytes can unpack to gigabytes; zipfile reads no more of a part than its header says
            for name, part in parts.items():
                if part.file_size > (MOST_BYTES_READ if _is_sheet(name) else MOST_BYTES_HELD):
                    raise TableError(_("Tệp .xlsx quá lớn; hãy chia thành nhiều tệp nhỏ hơn."))
            surveys = {name: _survey(archive, name) for name in parts if _is_sheet(name)}
            book = Book.of(archive)
    except FAULTS:
        raise broken() from None
    return [
        Sheet(
            name,
            _reader(path, part, book),
            visible,
            surveys[part].merges,
            surveys[part].hidden_columns,
            _told_of_blank_rows(surveys[part].blank),
        )
        for name, part, visible in book.sheets
        if part in surveys
    ]


def unpacked_bytes(file) -> int:
    """What all parts say that they are; of a file that is no archive what it is itself."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return sum(part.file_size for part in archive.infolist())
    except FAULTS:
        return file.seek(0, 2)
    finally:
        file.seek(0)


def _is_sheet(name: str) -> bool:
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


# --- first, as bytes


@dataclass
class _Survey:
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    # rows that have no value, only a format
    blank: int = 0


def _survey(archive: zipfile.ZipFile, name: str) -> _Survey:
    """Counts rows with a value, a hundred times faster than reading their cells, and finds what stands around them."""
    survey, rows, rest, first = _Survey(), 0, b"", True
    with archive.open(name) as sheet:
        while chunk := sheet.read(CHUNK):
            if first:
                survey.hidden_columns = _hidden_columns(chunk)
                first = False
            *whole, rest = ROW_END.split(rest + chunk)
            filled = sum(VALUE.search(row) is not None for row in whole)
            rows, survey.blank = rows + filled, survey.blank + len(whole) // 2 - filled
            if rows > MAX_ROWS + 1:
                raise too_many_rows()
            # keeps the end of a row that is cut in two; no legitimate tag is longer than this
            rest = rest[-8 * CHUNK :]
    survey.merges = sorted(
        Merge(int(top), int(bottom), column_number(letters.decode()))
        for letters, top, bottom in MERGE.findall(rest)
        if int(bottom) > int(top)
    )
    return survey


def _told_of_blank_rows(blank: int) -> tuple[str, ...]:
    said = _("Bỏ qua %(count)d dòng trống, chỉ có định dạng.")
    return (said % {"count": blank},) if blank >= MANY_BLANK else ()


def _hidden_columns(head: bytes) -> set[int]:
    hidden: set[int] = set()
    for tag in COLUMN.findall(head.partition(b"sheetData")[0]):
        if re.search(rb"\bhidden=[\"'](?:1|true)", tag):
            first, last = (int(re.search(rb"\b%s=[\"'](\d+)" % end, tag)[1]) for end in (b"min", b"max"))  # type: ignore[index]
            hidden |= set(range(first - 1, min(last, 1000)))
    return hidden


# --- then, as XML


def _reader(path: Path, part: str, book: Book) -> Callable[[], Iterator[RawRow]]:
    def rows() -> Iterator[RawRow]:
        count = 0
        try:
            with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
                for row in _rows(stream, book):
                    count += 1
                    # the second count is for XML in an encoding that the first count cannot read
                    if row.line > SHEET_ROWS or count > MAX_ROWS + 1:
                        raise too_many_rows()
                    yield row
        except FAULTS:
            raise broken() from None

    return rows


def _rows(stream: IO[bytes], book: Book) -> Iterator[RawRow]:
    line = 0
    for element in finished(_events(stream), {"row"}, until="sheetData"):
        line = int(element.get("r") or line + 1)
        cells: list = []
        for cell in element:
            if local(cell) == "c":
                reference = REFERENCE.fullmatch(cell.get("r", ""))
                place = column_number(reference[1]) if reference else len(cells)
                if place > 16_384:
                    raise ValueError(place)
                cells += [None] * (place - len(cells))
                cells.append(book.value(cell))
        if any(cell is not None and str(cell).strip() for cell in cells):
            hidden = element.get("hidden") in ("1", "true") or bool(NO_HEIGHT.fullmatch(element.get("ht", "")))
            yield RawRow(line, cells, hidden)


def _events(stream: IO[bytes]) -> Iterator:
    parser: ElementTree.XMLPullParser = ElementTree.XMLPullParser(("start", "end"))
    for piece in _without_blank_rows(stream):
        # who looks for a heading reads the first rows only
        for first in range(0, len(piece), PIECE):
            parser.feed(piece[first : first + PIECE])
            yield from parser.read_events()


def _without_blank_rows(stream: IO[bytes]) -> Iterator[bytes]:
    """The sheet's XML without its blank rows, except where a row without a number follows one, since it counts on."""
    rest = last = b""
    while chunk := stream.read(CHUNK):
        *pieces, rest = ROW_END.split(rest + chunk)
        kept = []
        for row, end in zip(pieces[0::2], pieces[1::2], strict=True):
            *_earlier, start = [None, *ROW_START.finditer(row)]
            if last and not (start and NUMBER in start[0]):
                kept.append(last)
            last = b""
            if VALUE.search(row) or not start:
                kept += [row, end]
            else:
                kept.append(row[: start.start()])
                last = start[0] + end
        yield b"".join(kept)
        if len(rest) > 8 * CHUNK:
            yield rest
            rest = b""
    yield rest
