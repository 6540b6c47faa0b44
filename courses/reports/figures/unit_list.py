"""The units one level below: a page of them as a table, all of them as tiles, each in the order that was asked for."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy

from courses.reports.figures import drawing
from courses.reports.query.query import ReportQuery
from courses.reports.query.wording import DEFAULT_SORT, UnitRow, ordered, read_sort
from people.times import covering
from people.units.unit import UnitFlag

COLUMNS = [
    ("ten", gettext_lazy("Đơn vị")),
    ("so", gettext_lazy("Phải hoàn thành")),
    ("xong", gettext_lazy("Đã hoàn thành")),
    ("hoc", gettext_lazy("Đang học, chưa bắt đầu")),
    ("qua_han", gettext_lazy("Quá hạn, hết hiệu lực")),
    ("mien", gettext_lazy("Được miễn")),
    ("chua", gettext_lazy("Chưa xác nhận danh sách")),
]
LEVELS = [
    ("0", gettext_lazy("dưới 25 %")),
    ("1", gettext_lazy("25 đến dưới 50 %")),
    ("2", gettext_lazy("50 đến dưới 75 %")),
    ("3", gettext_lazy("75 % trở lên")),
    ("4", gettext_lazy("đủ, đã xác nhận danh sách")),
    ("x", gettext_lazy("không có mẫu số")),
]
# tiles are shown from this many units on
TILES_FROM = 6
PAGE = 25
ALL = "tat-ca"
DEFAULT_TILES = "ten"
BORDER = "bien-gioi"
# what the tiles may be put in order by, and the words for it; among equals by name
TILE_ORDERS: dict[str, tuple[Any, Callable[[UnitRow], Any]]] = {
    DEFAULT_TILES: (gettext_lazy("Theo tên"), lambda row: 0),
    "cham": (gettext_lazy("Chậm nhất trước"), lambda row: (not row.missing, row.share, -(row.missing or 0))),
    "thieu": (gettext_lazy("Thiếu nhiều người nhất trước"), lambda row: -(row.missing or 0)),
    BORDER: (gettext_lazy("Giáp biên giới trước"), lambda row: 0),
}
SLOWEST = 3
NONE: Mapping[str | None, int] = {}


@dataclass(frozen=True)
class Asked:
    """How the units are to be shown, as the address says: `sort` and `page` of the table, `tiles` of the tile map."""

    sort: str = ""
    page: str = ""
    tiles: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Asked":
        return cls(parameters.get("xep", ""), parameters.get("trang", ""), parameters.get("o", ""))

    @property
    def table_sort(self) -> str:
        return read_sort(self.sort)

    @property
    def tile_order(self) -> str:
        return self.tiles if self.tiles in TILE_ORDERS else DEFAULT_TILES

    @property
    def opens(self) -> list[str]:
        """The folds that stand open, since an order was chosen in them."""
        return ["dv"] * bool(self.sort or self.page) + ["o"] * bool(self.tiles)

    def kept(self) -> dict[str, str]:
        """Of the address of whatever else is chosen."""
        return {
            "xep": self.table_sort if self.table_sort != DEFAULT_SORT else "",
            "o": self.tile_order if self.tile_order != DEFAULT_TILES else "",
        }


def units_part(
    query: ReportQuery,
    children: list[dict],
    changed: Mapping[str | None, int],
    asked: Asked,
    unheld: Mapping[str | None, int] = NONE,
) -> dict:
    """The units one level down: one page of them for the table, all for the tiles. `changed` and `unheld` are by code:
    changed rosters, and communes where nobody holds the duty.
    """
    rows = ordered(children, asked.table_sort, changed, unheld)
    if not any(row.code for row in rows):
        return {"lines": [], "tiles": [], "slowest": [], "opens": asked.opens}
    addresses = query.addresses(row.code for row in rows if row.code)
    lines: list[dict[str, Any]] = [{"row": row, "address": addresses[row.code] if row.code else ""} for row in rows]
    below = [line for line in lines if line["row"].code]
    columns = [_column(query, name, str(label), asked) for name, label in COLUMNS]
    paged = _paged(query, lines, asked)
    unconfirmed = [line for line in _with_direct(lines, children, changed) if line["row"].figures["unconfirmed_units"]]
    return {
        "sort": asked.table_sort,
        "opens": asked.opens,
        "lines": lines,
        "slowest": slowest(below),
        **paged,
        **_tiles(query, below, asked),
        "drawn_rows": drawing.unit_rows(paged["page_lines"], [column["label"] for column in columns]),
        "columns": columns,
        "unconfirmed": unconfirmed,
        "drawn_unconfirmed": drawing.unconfirmed_names(unconfirmed, query.unit.name),
    }


def slowest(lines: list[dict]) -> list[dict]:
    """The first of those where somebody lacks a valid completion, the smallest share first."""
    lacking = [line for line in lines if line["row"].missing]
    return nsmallest(
        SLOWEST, lacking, key=lambda line: (line["row"].share, -line["row"].missing, line["row"].name_order)
    )


def _tiles(query: ReportQuery, lines: list[dict], asked: Asked) -> dict:
    """The tile map, from TILES_FROM units on; one query where the border comes first, else none."""
    shown = _in_order(query, lines, asked.tile_order) if len(lines) >= TILES_FROM else []
    levels = Counter(line["row"].level for line in lines)
    return {
        "tiles": shown,
        "drawn_tiles": drawing.tiles(shown),
        "tile_order": asked.kept()["o"],
        "tile_orders": [
            {
                "label": label,
                "current": name == asked.tile_order,
                "address": query.address(**{**asked.kept(), "o": name, "trang": asked.page}),
            }
            for name, (label, _key) in TILE_ORDERS.items()
        ],
        "legend": [
            {"level": level, "label": label, "count": levels[level]} for level, label in LEVELS if levels[level]
        ],
    }


def _in_order(query: ReportQuery, lines: list[dict], order: str) -> list[dict]:
    _label, key = TILE_ORDERS[order]
    at_the_border = _at_the_border(query) if order == BORDER else set()
    return sorted(
        lines,
        key=lambda line: (line["row"].code not in at_the_border, key(line["row"]), line["row"].name_order),
    )


def _at_the_border(query: ReportQuery) -> set[str]:
    """The codes, on the map of the day, of all units that are flagged as bordering on Laos that day."""
    day = query.days.geography
    flags = UnitFlag.objects.known_on(query.days.known_on).filter(covering(day), kind=UnitFlag.Kind.BORDERS_LAOS)
    here = covering(day, "unit__valid_from", "unit__valid_to")
    return set(flags.filter(here).values_list("unit__code", flat=True))


def _with_direct(lines: list[dict], children: list[dict], changed: Mapping[str | None, int]) -> list[dict]:
    """Adds the people at the unit itself even where nobody there is required, since their roster counts."""
    own = [child for child in children if not child["unit"]["code"]]
    direct = [{"row": UnitRow(child, changed.get(None, 0)), "address": ""} for child in own]
    return [*lines, *(line for line in direct if line not in lines)]


def _paged(query: ReportQuery, lines: list[dict], asked: Asked) -> dict:
    """`asked.page` is a number, or `ALL` for one page with everything."""
    lines_page = Paginator(lines, len(lines) if asked.page == ALL else PAGE).get_page(asked.page)

    def address(number: int | str) -> str:
        return query.address(**{**asked.kept(), "trang": str(number)})

    return {
        "page_lines": lines_page,
        "earlier_lines": address(lines_page.number - 1) if lines_page.has_previous() else "",
        "later_lines": address(lines_page.number + 1) if lines_page.has_next() else "",
        "all_lines": address(ALL),
    }


def _column(query: ReportQuery, name: str, label: str, asked: Asked) -> dict:
    """A column heading with a link that sorts by it, or reverses the current sorting."""
    sort = asked.table_sort
    current = sort.removeprefix("-") == name
    turned = name if sort.startswith("-") or not current else f"-{name}"
    return {
        "label": label,
        "address": query.address(**{**asked.kept(), "xep": turned}) if name != "hoc" else "",
        "aria": ("descending" if sort.startswith("-") else "ascending") if current else "",
    }
