"""The raw rows of a CSV or XLSX file, whatever its name says.

The content decides the kind. Memory stays bounded: rows are streamed, and a file beyond the limits is refused by
counting before it is loaded.
"""

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

MAX_ROWS = 200_000
# the limits of Excel itself
SHEET_ROWS = 1_048_576
# unpacked bytes of one part of a workbook: a part that openpyxl holds in memory, and one that is read row by row
MOST_BYTES_HELD = 200 * 1024 * 1024
MOST_BYTES_READ = 2 * 1024 * 1024 * 1024
CHUNK = 1024 * 1024
# some programs give every element a prefix: <x:row><x:c><x:v>
ROW_END = re.compile(rb"</(?:[\w.-]+:)?row\s*>")
VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)[\s>]")


class TableError(Exception):
    """The file as a whole cannot be read; the message is one Vietnamese sentence that says what to do."""


def raw_rows(path: str | Path) -> Iterator[tuple[int, list]]:
    """(line, cells) of every non-empty row; line counts the header as 1 and ignores quoted newlines.

    Raises TableError before the first row where the file cannot be read to its end.
    """
    path = Path(path)
    try:
        with path.open("rb") as handle:
            head = handle.read(4096)
    except FileNotFoundError:
        raise TableError(_("Không tìm thấy tệp %(path)s.") % {"path": path}) from None
    except IsADirectoryError:
        raise TableError(_("%(path)s là thư mục, không phải tệp.") % {"path": path}) from None
    except OSError as error:
        raise TableError(_("Không mở được tệp %(path)s: %(why)s.") % {"path": path, "why": error.strerror}) from None
    if not head.strip():
        raise TableError(_("Tệp trống, không có dòng nào."))
    if head.startswith(b"PK"):
        return _xlsx_rows(path)
    _refuse_other_kinds(head)
    return _csv_rows(path)


def _refuse_other_kinds(head: bytes) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError(
            _("Tệp là bảng tính kiểu cũ (.xls) hoặc có mật khẩu; hãy lưu lại thành .xlsx, không đặt mật khẩu.")
        )
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError(_("Tệp không dùng bảng mã UTF-8; hãy lưu lại dưới dạng “CSV UTF-8”."))
    if head.startswith((b"%PDF", b"{\\rtf")) or b"\x00" in head:
        raise not_a_spreadsheet()


def not_a_spreadsheet() -> TableError:
    return TableError(_("Tệp không phải bảng tính; hãy chọn tệp .xlsx hoặc .csv."))


def too_many_rows() -> TableError:
    return TableError(_("Tệp có hơn 200.000 dòng; hãy chia thành nhiều tệp nhỏ hơn."))


# --- CSV


def _csv_rows(path: Path) -> Iterator[tuple[int, list]]:
    delimiter = _delimiter(path)
    for rows, _row in enumerate(_csv_stream(path, delimiter)):
        if rows > MAX_ROWS:
            raise too_many_rows()
    return _csv_stream(path, delimiter)


def _csv_stream(path: Path, delimiter: str) -> Iterator[tuple[int, list]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.reader(handle, delimiter=delimiter, strict=True)
        line = 0
        while True:
            try:
                cells = next(reader, None)
            except UnicodeDecodeError:
                raise TableError(_("Tệp không dùng bảng mã UTF-8; hãy lưu lại dưới dạng “CSV UTF-8”.")) from None
            except csv.Error:
                raise TableError(
                    _("Dấu ngoặc kép sau dòng %(line)d không đóng đúng; hãy sửa rồi nhập lại.") % {"line": line}
                ) from None
            if cells is None:
                return
            line += 1
            if any(cell.strip() for cell in cells):
                yield line, cells


def _delimiter(path: Path) -> str:
    """Comma, or semicolon as Excel writes it under Vietnamese settings: the one that splits the header further."""
    counts = {}
    for delimiter in ",;":
        first = next(_csv_stream(path, delimiter), (1, []))
        counts[delimiter] = len(first[1])
    return max(counts, key=lambda delimiter: counts[delimiter])


# --- XLSX


def _xlsx_rows(path: Path) -> Iterator[tuple[int, list]]:
    # half a second of every start of a command, most of which read no workbook
    import openpyxl

    _check_archive(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
        sheet = book.worksheets[0]
    except Exception:  # openpyxl lets any error of a broken part through
        raise TableError(_("Tệp .xlsx bị hỏng; hãy mở bằng Excel, lưu lại rồi nhập lại.")) from None
    # some programs write a wrong sheet size, which openpyxl would believe
    sheet.reset_dimensions()
    return _xlsx_stream(book, sheet)


def _xlsx_stream(book, sheet) -> Iterator[tuple[int, list]]:
    rows = 0
    try:
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            filled = any(cell is not None and str(cell).strip() for cell in cells)
            rows += filled
            # the second count is for XML in an encoding that the first count cannot read
            if line > SHEET_ROWS or rows > MAX_ROWS + 1:
                raise too_many_rows()
            if filled:
                yield line, list(cells)
    except TableError:
        raise
    except Exception:
        raise TableError(_("Tệp .xlsx bị hỏng; hãy mở bằng Excel, lưu lại rồi nhập lại.")) from None
    finally:
        book.close()


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if "xl/workbook.xml" not in parts:
                raise not_a_spreadsheet()
            sheets = {name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")}
            # a few kilobytes can unpack to gigabytes; zipfile reads no more of a part than its header says
            for name, part in parts.items():
                if part.file_size > (MOST_BYTES_READ if name in sheets else MOST_BYTES_HELD):
                    raise TableError(_("Tệp .xlsx quá lớn; hãy chia thành nhiều tệp nhỏ hơn."))
            for name in sheets:
                with archive.open(parts[name]) as sheet:
                    if _more_rows_than_allowed(sheet):
                        raise too_many_rows()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise TableError(_("Tệp .xlsx bị hỏng; hãy mở bằng Excel, lưu lại rồi nhập lại.")) from None


def _more_rows_than_allowed(sheet: IO[bytes]) -> bool:
    """Counts rows with a value in the sheet's XML, a hundred times faster than reading its cells."""
    rows, rest = 0, b""
    while chunk := sheet.read(CHUNK):
        *whole, rest = ROW_END.split(rest + chunk)
        rows += sum(VALUE.search(row) is not None for row in whole)
        if rows > MAX_ROWS + 1:
            return True
        # keeps the end of a row that is cut in two; no legitimate tag is longer than this
        rest = rest[-8 * CHUNK :]
    return False
