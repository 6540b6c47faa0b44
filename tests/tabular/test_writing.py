"""Tables as files: what could be run as a formula is told as text, in the header too, and numbers stay numbers."""

import ast
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from tabular.formulas import CONTROL, harmless, unguarded
from tabular.writing import Dialect, Table, csv_lines, write_xlsx

ROOT = Path(settings.BASE_DIR)
RISKY = [
    "=1+1",
    "+84",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    "\x0b=1",
    "\x7f@x",
]


def sheet_of(table: Table):
    out = io.BytesIO()
    write_xlsx(table, out)
    return load_workbook(out).active


@pytest.mark.parametrize("text", RISKY)
def test_a_risky_text_is_guarded_in_cells_and_headers_of_both_kinds(text):
    guarded = harmless(text)
    assert guarded.startswith("'")
    (header, row) = "".join(csv_lines(Table("T", ["A", text], [("x", text)]))).removeprefix("\ufeff").split("\r\n")[:2]
    assert header.startswith(("A;'", "A;\"'"))
    assert row.startswith(("x;'", "x;\"'"))
    sheet = sheet_of(Table("T", [text], [(text,)], about=[(text, text)]))
    said = [cell for line in sheet.iter_rows() for cell in line if cell.value not in (None, "T")]
    assert [cell.value.startswith("'") for cell in said] == [True] * 4
    assert {cell.data_type for cell in said} == {"s"}


@pytest.mark.parametrize("text", [*RISKY, "'-7", "''=x", "' +x", "'Hà", "Hà = Lan", "", "'"])
def test_what_was_guarded_is_read_as_it_was(text):
    assert unguarded(harmless(text)) == CONTROL.sub("", text)


def test_control_characters_are_in_neither_kind_of_file():
    text = "a\x00b\x0bc\x1bd\x7fe\ufffef"
    assert harmless(text) == "abcdef"
    assert list(csv_lines(Table("T", [text], [(text,)])))[1:] == ["abcdef\r\n"]
    assert [row[0].value for row in sheet_of(Table("T", [text], [(text,)])).iter_rows()] == ["abcdef", "abcdef"]


def test_numbers_and_days_stay_what_they_are():
    row = (-1, -1.25, date(2026, 1, 1), None, "Xã A–B", True)
    table = Table("T", list("ABCDEF"), [row])
    assert list(csv_lines(table))[1:] == ["-1;-1,2;2026-01-01;;Xã A–B;True\r\n"]
    assert list(csv_lines(table, Dialect.ENGLISH))[1:] == ["-1,-1.2,2026-01-01,,Xã A–B,True\r\n"]
    cells = list(sheet_of(table).iter_rows(min_row=2))[0]
    assert [cell.value for cell in cells[:2]] == [-1, -1.25]
    assert cells[2].is_date
    assert [harmless(value) for value in (*row[:4], Decimal("-1"))] == [*row[:4], Decimal("-1")]


def test_a_translated_text_is_text():
    table = Table("T", ["A"], [(gettext_lazy("=1"),)])
    assert list(csv_lines(table))[1:] == ["'=1\r\n"]
    assert sheet_of(table)["A2"].value == "'=1"


# files that are read in again and never given to anybody
READ_AGAIN = {"courses/demo/staging.py"}
WRITERS = {"writer", "DictWriter", "Workbook"}


def test_nothing_else_writes_a_table():
    modules = set()
    for folder in ("site", "courses", "campaigns", "media"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(node, "func", None) and (getattr(node.func, "attr", "") or getattr(node.func, "id", ""))
                if name in WRITERS:
                    modules.add(path.relative_to(ROOT).as_posix())
    assert modules - READ_AGAIN == {"site/tabular/writing.py"}
