"""Finds the heading of a table among what stands above it, and the columns in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tabular.cells import clean_text, plain_key
from tabular.columns import Column
from tabular.old_letters import readings
from tabular.readings import AS_IT_IS, Reading
from tabular.sheets import TableError

# never stored: sensitive personal data (law 91/2025/QH15)
SENSITIVE = {"dan_toc", "ton_giao", "cccd", "cmnd", "can_cuoc", "so_cccd", "so_cmnd", "can_cuoc_cong_dan"}
# the number of the row, which every list has, and what our file of wrong rows says of each
NUMBERS = {"stt", "tt", "so_tt", "so_thu_tu", "dong", "can_sua"}
# “Từ ngày (ngày/tháng/năm)”, “Mã cán bộ (*)”
REMARK = re.compile(r"\([^)]*\)|\*")


@dataclass(frozen=True)
class Heading:
    """`columns` with their places; `width` cells have a heading; `ignored` are the headings that are not read, and
    `lacking` the columns without a heading that need none, each with what every row holds there.
    """

    line: int
    keys: tuple[str, ...]
    columns: tuple[tuple[int, Column], ...]
    missing: tuple[str, ...]
    width: int
    ignored: tuple[str, ...]
    lacking: tuple[tuple[Column, str | None], ...] = ()

    @property
    def names_elsewhere(self) -> bool:
        """Whether what tells a row, its unit or its day, stands in no column of the file."""
        return any(text and (column.beside or column.is_date) for column, text in self.lacking)

    def is_repeated_in(self, cells: list) -> bool:
        """Whether the row says the same headings again, as at the top of a printed page."""
        return len(cells) >= len(self.keys) and all(
            plain_key(clean_text(cell)) == key for cell, key in zip(cells, self.keys, strict=False)
        )


def heading_of(line: int, cells: list, columns: Sequence[Column], reading: Reading = AS_IT_IS) -> Heading:
    """What the row is as a heading. Raises TableError where it has every column, and one of them twice."""
    names = [clean_text(cell) for cell in cells]
    keys = [plain_key(name) for name in names]
    places, twice = _mapped(keys, reading) if reading.columns else _found(cells, columns)
    lacking = [
        column
        for column in columns
        if column.name not in places and (column.optional or column.instead in places or reading.lacks(column))
    ]
    missing = tuple(column.name for column in columns if column.name not in places and column not in lacking)
    if twice and not missing:
        raise TableError(_("Cột %(name)s có hai lần trong tiêu đề; hãy bỏ bớt một cột.") % {"name": twice})
    return Heading(
        line,
        tuple(keys),
        tuple((places[column.name], column) for column in columns if column.name in places),
        missing,
        max((place for place, name in enumerate(names) if name), default=-1) + 1,
        tuple(
            name
            for place, (name, key) in enumerate(zip(names, keys, strict=True))
            if key and place not in places.values() and key not in NUMBERS
        ),
        tuple((column, reading.always.get(column.name)) for column in lacking),
    )


def _mapped(keys: list[str], reading: Reading) -> tuple[dict[str, int], str]:
    """By our column the place of the file's that was chosen for it."""
    return {column: keys.index(key) for column, key in reading.columns.items() if key in keys}, ""


def _found(cells: list, columns: Sequence[Column]) -> tuple[dict[str, int], str]:
    """By our column the place where it stands, and one that stands there twice, or ""."""
    known = {alias: column.name for column in columns for alias in (column.name, *column.aliases)}
    places: dict[str, int] = {}
    read, twice = set(), ""
    # a heading that says it exactly goes before one with a remark, or in old letters
    for look in (_plainly, _without_remark, _in_old_letters):
        for place, cell in enumerate(cells):
            column = next(filter(None, map(known.get, look(cell))), None) if place not in read else None
            if column is None:
                continue
            if column in places and look is _plainly:
                twice = column
            elif column not in places:
                places[column] = place
                read.add(place)
    return places, twice


class MissingColumns(TableError):
    """The table has no heading for columns that it must have."""


def missing_columns(missing: Sequence[str], columns: Sequence[Column]) -> MissingColumns:
    return MissingColumns(
        _("Tiêu đề thiếu cột %(missing)s; dòng tiêu đề phải có đủ các cột %(all)s.")
        % {"missing": ", ".join(missing), "all": ", ".join(column.name for column in columns)}
    )


def why_ignored(name: str) -> str:
    if plain_key(name) in SENSITIVE:
        return _("Cột “%(name)s” không được nhập: là dữ liệu cá nhân nhạy cảm, hãy xóa khỏi tệp.") % {"name": name}
    return _("Cột “%(name)s” không được nhập.") % {"name": name}


# what a cell may be called


def _plainly(cell) -> list[str]:
    return [plain_key(clean_text(cell))]


def _without_remark(cell) -> list[str]:
    return [plain_key(REMARK.sub(" ", clean_text(cell)))]


def _in_old_letters(cell) -> list[str]:
    """In whichever reads as a heading, since one word may read well in several."""
    return [key for read in readings(cell).values() for key in _without_remark(read)] if isinstance(cell, str) else []
