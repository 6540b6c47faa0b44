"""Tables as files: CSV and XLSX, safe to open in a spreadsheet program. Whatever leaves as a table is written here.

CSV is UTF-8 with a byte-order mark, semicolons and decimal commas, because that is what Excel with Vietnamese regional
settings opens by a double click: the decimal sign there is the comma, so Excel takes the semicolon as separator, and
without the mark it reads the diacritics wrongly. `Dialect.ENGLISH` (commas, decimal points) is for other programs.
Days are ISO in CSV, which every setting reads as a day, and real dates in XLSX.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from tabular.formulas import harmless

BOM = "\ufeff"
# what stays what it is in a workbook; everything else is written as text
PLAIN = (int, float, date, type(None))
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
    write_sheets([table], out)


def write_sheets(tables: Iterable[Table], out) -> None:
    """The same with a sheet for each table; no two may have the same title."""
    # here and below, not above: importing it takes half a second, and most processes never write a workbook
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in tables:
        _write_sheet(book, table)
    book.save(out)


def _write_sheet(book, table: Table) -> None:
    # as above
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.title[:31])
    cell = _cell_maker(sheet)
    header = len(table.about) + 3 if table.about else 1
    sheet.freeze_panes = f"A{header + 1}"
    for number, name in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, min(len(name) + 4, 32))
    sheet.print_title_rows = f"{header}:{header}"
    sheet.page_setup.orientation = "landscape"
    if table.about:
        sheet.append([cell(table.title, bold=True)])
        for label, value in table.about:
            sheet.append([cell(label, bold=True), cell(value)])
        sheet.append([])
    sheet.append([cell(name, bold=True) for name in table.columns])
    ready = _ready_cells(cell)
    for row in table.rows:
        sheet.append(ready(row))


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _csv_text(value, decimal: str) -> str:
    if type(value) is str:
        return harmless(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", decimal)
    if isinstance(value, date):
        return value.isoformat()
    # a text that is translated when it is shown is text too
    return str(value) if isinstance(value, int) else harmless(str(value))


def _plain(value) -> Any:
    return value if isinstance(value, PLAIN) else harmless(str(value))


def _cell_maker(sheet) -> Callable:
    # loaded only where a workbook is written: a short command must not wait for it
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    def cell(value: Any, bold: bool = False):
        if not bold and isinstance(value, str):
            # nothing to be said of how it looks: a cell of its own would cost several times the text
            return harmless(value)
        made: Any = WriteOnlyCell(sheet, _plain(value))
        if isinstance(value, float):
            made.number_format = "0.0"
        elif isinstance(value, int):
            made.number_format = "#,##0"
        elif isinstance(value, date):
            made.number_format = "dd/mm/yyyy"
        if bold:
            made.font = Font(bold=True)
            made.alignment = Alignment(wrap_text=True, vertical="top")
        return made

    return cell


def _ready_cells(cell: Callable) -> Callable[[tuple], Iterator[Any]]:
    """Turns a row into what the sheet takes: a text as it is, and of numbers and days the one cell of their kind, since
    each is written before the next is asked for. A cell of its own for each value was most of what a long list cost.
    """
    kinds: dict[type, Any] = {}

    def ready(row: tuple) -> Iterator[Any]:
        for value in row:
            if not isinstance(value, PLAIN) or value is None:
                yield _plain(value)
                continue
            made = kinds.get(type(value))
            if made is None:
                made = kinds[type(value)] = cell(value)
            made.value = value
            yield made

    return ready
