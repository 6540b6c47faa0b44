"""Tells the rows of a table from what else stands in its sheet: column numbers, totals, signatures."""

import re

from django.utils.translation import gettext as _

from tabular.cells import clean_text, read_date
from tabular.headings import Heading

# with what is reckoned in the column: (5)=(3)+(4)
NUMBER = re.compile(r"(?:cột\s*)?[(\[-]?(\d{1,2})[)\].-]?(?:\s*=[\d\s()\[\].+:*x/-]*)?", re.IGNORECASE)
LETTER = re.compile(r"(?:cột\s*)?[(\[-]?([A-ZĐ])[)\].-]?", re.IGNORECASE)
TOTAL = re.compile(r"(?:tổng (?:cộng|số)|(?:tổng|cộng)\s*(?:[:(\d]|$))", re.IGNORECASE)
# “Tổng toàn xã”, “Cộng khối Đảng”; no family name
SUM = re.compile(r"tổng\s|cộng\s(?:toàn|khối|dồn|các|chung)\b", re.IGNORECASE)
# “Đà Nẵng, ngày 01 tháng 7 năm 2026” above a signature
SIGNED_ON = re.compile(r"(?:[^,]*,\s*)?ngày\b.*\btháng\b.*\bnăm\b.*", re.IGNORECASE)


def why_passed_over(heading: Heading, cells: list) -> str:
    """Why the line is no row, as a sentence; "" where it is one."""
    if heading.is_repeated_in(cells):
        return _("Lặp lại tiêu đề nên bỏ qua.")
    texts = [clean_text(cell) for cell in cells]
    if _are_column_numbers([text for text in texts if text]):
        return _("Đánh số các cột nên bỏ qua.")
    if not any(column.anchors for _place, column in heading.columns) or _is_row(heading, cells, texts):
        return ""
    return _("Không có tên bên cạnh đơn vị hay ngày nên bỏ qua.")


def _are_column_numbers(texts: list[str]) -> bool:
    """(1) (2) (3), A B C, or A B 1 2 3: every cell, counted on by one."""
    numbers = [int(match[1]) for text in texts if (match := NUMBER.fullmatch(text))]
    letters = [match[1].upper() for text in texts if (match := LETTER.fullmatch(text))]
    if len(numbers) + len(letters) != len(texts):
        return False
    if numbers:
        return len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return len(letters) > 2 and letters == [chr(ord("A") + place) for place in range(len(letters))]


def _is_row(heading: Heading, cells: list, texts: list[str]) -> bool:
    filled = [(cells[place], column) for place, column in heading.columns if place < len(texts) and texts[place]]
    if any(column.is_date and _is_day(cell) for cell, column in filled):
        return True
    filled = [(cell, column) for cell, column in filled if not (column.is_date and SIGNED_ON.fullmatch(str(cell)))]
    names = [clean_text(cell) for cell, column in filled if column.anchors]
    if not names or TOTAL.match(names[0]):
        return False
    if SUM.match(names[0]) and not any(column.is_code and not column.beside for _cell, column in filled):
        return False
    if any(column.beside or column.is_date for _cell, column in filled):
        return True
    # the sender said that unit and day are the same for all: then a name and anything else is a row
    return heading.names_elsewhere and len(filled) > 1


def _is_day(cell) -> bool:
    try:
        return bool(read_date(cell))
    except ValueError:
        return False
