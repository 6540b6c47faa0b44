"""A sheet of a file as raw rows, and the errors of a file as a whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

MAX_ROWS = 200_000
# places of cells, empty ones before a filled one included: a row of forty bytes can have its only cell in column 16,384
MAX_CELLS = 3_000_000


class TableError(Exception):
    """The file as a whole cannot be read; the message is one Vietnamese sentence that says what to do."""


class RawRow(NamedTuple):
    """`line` is the sheet's own row, the first being 1. `hidden`: the spreadsheet program does not show it."""

    line: int
    cells: list
    hidden: bool = False


class Merge(NamedTuple):
    """A merged cell of several rows: its first and last row, and its first column, the leftmost being 0."""

    first: int
    last: int
    column: int


@dataclass(frozen=True)
class Sheet:
    """`rows` gives every row with a value, from the top at each call; it may raise TableError."""

    name: str
    rows: Callable[[], Iterator[RawRow]]
    visible: bool = True
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    # sentences about how the sheet was read
    notes: tuple[str, ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "rows", _bounded(self.rows))


def _bounded(rows: Callable[[], Iterator[RawRow]]) -> Callable[[], Iterator[RawRow]]:
    def counted() -> Iterator[RawRow]:
        cells = 0
        for row in rows():
            cells += len(row.cells)
            if cells > MAX_CELLS:
                raise TableError(_("Tệp có hơn 3 triệu ô; hãy xóa các cột thừa bên phải hoặc chia thành nhiều tệp."))
            yield row

    return counted


def not_a_spreadsheet() -> TableError:
    return TableError(_("Tệp không phải bảng tính; hãy chọn tệp .xlsx hoặc .csv."))


def too_many_rows() -> TableError:
    return TableError(_("Tệp có hơn 200.000 dòng; hãy chia thành nhiều tệp nhỏ hơn."))
