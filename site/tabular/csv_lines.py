"""Rows as CSV that spreadsheet programs with Vietnamese settings open by a double click, safe from formulas."""

import csv
import io
from collections.abc import Iterable, Iterator

BOM = "\ufeff"
# a cell that begins so can be run as a formula (OWASP, CSV injection)
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value):
    """Text that could be taken for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(RISKY) else value


def csv_lines(columns: list[str], rows: Iterable[tuple]) -> Iterator[str]:
    """Line by line, the mark first; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    out.write(BOM)
    writer.writerow(columns)
    yield _taken(out)
    for row in rows:
        writer.writerow(["" if value is None else harmless(value) for value in row])
        yield _taken(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text
