"""Coverage in words: lines of a table, tiles of a map, a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.activities.told.coverage import NONE, REACHED, UNKNOWN, Coverage, Row
from campaigns.activities.told.words import languages_words
from config.languages import NAMES
from tabular.writing import Table

# the tint of a tile: never its only sign
LEVELS = {REACHED: "4", NONE: "0", UNKNOWN: "x"}


def state_words(state: str) -> str:
    return {REACHED: _("đã đến"), NONE: _("xã ghi là không có"), UNKNOWN: _("chưa rõ")}[state]


@dataclass(frozen=True)
class Line:
    row: Row
    state: str
    level: str
    used: str
    missing: str
    spoken: str
    plays: str


def _line(row: Row) -> Line:
    plays = ", ".join(f"{month}/{year}: {number}" for (year, month), number in sorted(row.plays.items()))
    spoken = _("chưa ghi") if row.spoken is None else languages_words(sorted(row.spoken))
    used, missing = languages_words(sorted(row.used)), languages_words(sorted(row.missing))
    return Line(row, state_words(row.state), LEVELS[row.state], used, missing, spoken, plays)


def lines_of(found: Coverage) -> list[Line]:
    """Those on the list first, of them those that were not reached."""
    order = {UNKNOWN: 0, NONE: 1, REACHED: 2}
    rows = sorted(found.rows, key=lambda row: (not row.focus, order[row.state] if row.focus else 0))
    return [_line(row) for row in rows]


def tiles_of(found: Coverage) -> list[Line]:
    """In the order of names."""
    return [_line(row) for row in found.rows]


def language_rows(found: Coverage) -> Iterable[tuple[str, int, int]]:
    return [(NAMES[tag][0] if tag in NAMES else tag, used, spoken) for tag, used, spoken in found.by_language]


def coverage_table(found: Coverage, by_name: bool, now: datetime) -> Table:
    """Without names where the reader may not read the list by name."""
    window = found.window
    about: list[tuple[str, object]] = [
        (_("Từ ngày"), f"{window.first:%d/%m/%Y}"),
        (_("Đến hết ngày"), f"{window.last:%d/%m/%Y}"),
        (_("Bản đồ của ngày"), f"{window.geography:%d/%m/%Y}"),
        (_("Địa bàn trọng điểm đã đến"), f"{found.count(REACHED)}/{len(found.focus)}"),
        (_("Xã ghi là không có"), str(found.count(NONE))),
        (_("Chưa rõ"), str(found.count(UNKNOWN))),
        (_("Xã chưa rà soát"), str(found.not_assessed)),
        (_("Lập lúc"), f"{timezone.localtime(now):%H:%M, %d/%m/%Y}"),
    ]
    if window.at is not None:
        about.append((_("Theo những gì đã biết đến lúc"), f"{timezone.localtime(window.at):%H:%M, %d/%m/%Y}"))
    if not by_name:
        rows = [tuple(row) for row in language_rows(found)]
        return Table(_("Độ phủ"), [_("Tiếng"), _("Xã đã dùng"), _("Xã có nói")], rows, about)
    months = found.months
    columns = [
        *(
            "Mã xã",
            "Xã, phường",
            "Trọng điểm",
            "Tình trạng",
            "Hoạt động",
            "Lần cuối",
            "Tiếng đã dùng",
            "Tiếng nói ở xã",
        ),
        "Chưa dùng",
        *(f"Lượt loa {month:02}/{year}" for year, month in months),
    ]
    return Table(_("Độ phủ"), columns, [_cells(line, months) for line in lines_of(found)], about)


def _cells(line: Line, months) -> tuple:
    row = line.row
    focus = _("có") if row.focus else _("không") if row.assessed else _("chưa rà soát")
    told = (row.commune.code, row.commune.name, focus, line.state, row.activities, row.latest)
    return (*told, line.used, line.spoken, line.missing, *(row.plays.get(month, 0) for month in months))
