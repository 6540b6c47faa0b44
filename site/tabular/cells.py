"""The cells of a table as text, days, and errors with one clear sentence."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.utils.translation import gettext as _

from letters.folding import searched, visible

# a time of day behind a day says nothing about a posting
TIME = (
    r"(?:[ T]+(?:(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?: ?(?:AM|PM|SA|CH))?"
    r"|(?:[01]?\d|2[0-3]) ?(?:h|g|giờ)(?: ?[0-5]\d)?))?"
)
SIGN = r" ?[/.\-\u2010-\u2013\u2212] ?"
DAY_FIRST = re.compile(rf"(\d{{1,2}}){SIGN}(\d{{1,2}}){SIGN}(\d{{4}}){TIME}", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"(\d{{4}}){SIGN}(\d{{1,2}}){SIGN}(\d{{1,2}}){TIME}", re.IGNORECASE)
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass
class CellError(Exception):
    column: str
    reason: str


class Line(int):
    """The number of a row in its own sheet, the sheet's name where the file has several, and the sheet's place."""

    sheet: str
    place: int

    def __new__(cls, number: int, sheet: str = "", place: int = 0) -> Self:
        line = super().__new__(cls, number)
        line.sheet, line.place = sheet, place
        return line

    def __str__(self) -> str:
        return _("%(line)d (trang “%(sheet)s”)") % {"line": self, "sheet": self.sheet} if self.sheet else repr(self)

    @property
    def key(self) -> str:
        """What the row is known by among all rows of its file."""
        return f"{self.place}.{int(self)}" if self.place else str(int(self))


def plain_key(text: str) -> str:
    """ "Mã cán bộ" → "ma_can_bo"."""
    return re.sub(r"[^a-z0-9]+", "_", searched(text)).strip("_")


def clean_text(value) -> str:
    """The text of a cell; a whole number loses its ".0", a date is written in ISO."""
    if value is None:
        return ""
    # most cells: nothing in them to be cleaned
    if type(value) is str and value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # an array formula is an object with a `text`
    text = "=" + value.text.lstrip("=") if hasattr(value, "text") else str(value)
    return visible(text)


def read_date(value) -> date:
    """Reads dd/mm/yyyy, yyyy-mm-dd with one of the signs people write, or a date cell. Raises ValueError."""
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        text = clean_text(value)
        if match := YEAR_FIRST.fullmatch(text):
            year, month, day = map(int, match.groups())
        elif match := DAY_FIRST.fullmatch(text):
            day, month, year = map(int, match.groups())
        else:
            raise ValueError(text)
        value = date(year, month, day)
    if not EARLIEST <= value <= LATEST:
        raise ValueError(value)
    return value
