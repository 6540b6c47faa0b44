"""Tables as files: CSV and XLSX, safe to open in a spreadsheet program.

CSV is UTF-8 with a byte-order mark, semicolons and decimal commas, because that is what Excel with Vietnamese regional
settings opens by a double click: the decimal sign there is the comma, so Excel takes the semicolon as separator, and
without the mark it reads the diacritics wrongly. `Dialect.ENGLISH` (commas, decimal points) is for other programs.
Days are ISO in CSV, which every setting reads as a day, and real dates in XLSX.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

# a cell that begins so can be run as a formula (OWASP, CSV injection)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Dialect(Enum):
    VIETNAMESE = (";", ",")
    ENGLISH = (",", ".")


@dataclass(frozen=True)
class Table:
    """`about` says what the figures are (label, value); it heads an XLSX sheet.

    Rows hold str, int, float, date or None.
    """

    title: str
    columns: list[str]
    rows: Iterable[tuple]
    about: list[tuple[str, object]] = field(default_factory=list)


def harmless(value):
    """The value without control characters, with an apostrophe before text that could be taken for a formula."""
    if not isinstance(value, str):
        return value
    value = ILLEGAL_CHARACTERS_RE.sub("", value)
    return "'" + value if value.lstrip(" ").startswith(RISKY) else value


def csv_lines(table: Table, dialect: Dialect = Dialect.VIETNAMESE) -> Iterator[str]:
    """The file line by line, the mark first, so that a long table need not stand in memory."""
    separator, decimal = dialect.value
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    out.write(BOM)
    writer.writerow([harmless(name) for name in table.columns])
    yield _taken(out)
    for row in table.rows:
        writer.writerow([_csv_text(value, decimal) for value in row])
        yield _taken(out)


def write_xlsx(table: Table, out) -> None:
    """Writes a workbook with one sheet to a binary file: what it is about, then the table under a frozen header."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.title[:31])
    header = len(table.about) + 3 if table.about else 1
    sheet.freeze_panes = f"A{header + 1}"
    for number, name in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, min(len(name) + 4, 32))
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation = "landscape"
    if table.about:
        sheet.append([_cell(sheet, table.title, bold=True)])
        for label, value in table.about:
            sheet.append([_cell(sheet, label, bold=True), _cell(sheet, value)])
        sheet.append([])
    sheet.append([_cell(sheet, name, bold=True) for name in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _csv_text(value, decimal: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", decimal)
    if isinstance(value, date):
        return value.isoformat()
    return str(harmless(value))


def _cell(sheet, value, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, harmless(value))
    if isinstance(value, float):
        cell.number_format = "0.0"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
