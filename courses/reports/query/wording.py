"""Figures in words, ordering and tiles, from the dictionary of the `coverage` contract. Nothing is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from courses.retests.rules import Knowledge
from courses.standing.spans import State
from letters.order import text_order

# the order in which states are shown and in which the bar is stacked
SHOWN_STATES = [State.COMPLETED, State.IN_PROGRESS, State.NOT_STARTED, State.OVERDUE, State.EXPIRED]
MISSING_STATES = [State.EXPIRED, State.OVERDUE, State.IN_PROGRESS, State.NOT_STARTED]

# the value of `trang_thai` for the completed who rest on content that was not approved
UNAPPROVED = "chua-duyet"
# and for those of the completed by what the latest re-test told: the figure's key, and the standing's value
KNOWLEDGE = {"con-nam-vung": Knowledge.STILL_KNOWS, "can-on": Knowledge.TO_REVIEW, "chua-biet": Knowledge.NOT_KNOWN}

SORTS = {
    "ten": lambda row: row.name_order,
    "so": lambda row: row.figures["required"],
    "xong": lambda row: (row.figures["required"] > 0, row.share, row.figures["required"]),
    "thieu": lambda row: row.missing or 0,
    "qua_han": lambda row: row.late or 0,
    "mien": lambda row: row.figures["excused"] or 0,
    "chua": lambda row: row.figures["unconfirmed_units"],
}
DEFAULT_SORT = "xong"


@dataclass(frozen=True)
class UnitRow:
    """`figures` as of the contract; a count is None where a month end does not tell it (`courses.month_ends`)."""

    figures: dict
    # units whose roster changed after it was confirmed
    changed: int = 0
    # where everybody completed: in how many communes nobody holds the duty, in words
    nobody: str = ""

    @property
    def code(self) -> str | None:
        return self.figures["unit"]["code"]

    @property
    def name(self) -> str:
        return self.figures["unit"]["name"]

    @cached_property
    def name_order(self) -> str:
        return text_order(self.name)

    @property
    def missing(self) -> int | None:
        required, completed = self.figures["required"], self.figures["completed"]
        return None if completed is None else required - completed

    @property
    def late(self) -> int | None:
        return self._both("overdue", "expired")

    @property
    def learning(self) -> int | None:
        return self._both("in_progress", "not_started")

    def _both(self, *states: str) -> int | None:
        counts = [self.figures[state] for state in states]
        return None if None in counts else sum(counts)

    @property
    def share(self) -> Fraction:
        """Of the required who completed, exact, for the order; 0 where nobody is required or it is not told."""
        required = self.figures["required"]
        return Fraction(self.figures["completed"] or 0, required) if required else Fraction(0)

    @cached_property
    def percent(self) -> str:
        return percent_words(self.figures, self.changed, self.nobody)

    @property
    def is_told(self) -> bool:
        return self.figures["completed"] is not None

    @cached_property
    def is_full(self) -> bool:
        return is_full(self.figures, self.changed, self.nobody)

    @cached_property
    def emptiness(self) -> str:
        return emptiness(self.figures)

    @cached_property
    def level(self) -> str:
        """The shade of the tile: `x` if nobody is required, else 0 to 4; 4 only for a full unit."""
        percent = self.figures["percent"]
        if percent is None:
            return "x"
        return str(min(int(percent // 25), 4 if self.is_full else 3))


BAR = 600
CSS = {
    State.COMPLETED: "s1",
    State.IN_PROGRESS: "s2",
    State.NOT_STARTED: "s3",
    State.EXPIRED: "s4",
    State.OVERDUE: "s5",
}


@dataclass(frozen=True)
class Segment:
    """A state's share of the bar, which has BAR units; never too thin to see."""

    css: str
    x: int
    width: int


def is_full(figures: dict, changed: int, nobody: str = "") -> bool:
    """Everybody completed, every unit has confirmed its roster as it is, and no commune below names nobody."""
    is_open = figures["unconfirmed_units"] or changed or nobody
    return figures["required"] > 0 and figures["completed"] == figures["required"] and not is_open


def unheld_words(communes: int) -> str:
    return _("%d xã, phường chưa có ai giữ nhiệm vụ") % communes if communes else ""


def empty_words(communes: int) -> str:
    """Of a month end, which does not tell whether somebody holds the duty and is excused."""
    return _("%d xã, phường không có ai phải hoàn thành") % communes if communes else ""


def percent_words(figures: dict, changed: int = 0, nobody: str = "") -> str:
    """“67,8 %”, rounded down; a bare “100 %” only for a full unit. Beside 100 % stands how many are excused, and in how
    many communes nobody holds the duty: naming no one is no way to meet a target.
    """
    percent = figures["percent"]
    if percent is None:
        return "–"
    text = f"{percent:.1f}".removesuffix(".0").replace(".", ",") + " %"
    if percent == 100 and figures.get("excused"):
        text = _("%(text)s (miễn %(n)d)") % {"text": text, "n": figures["excused"]}
    if percent != 100:
        return text
    if changed:
        text = _("%s danh sách đã đổi sau khi xác nhận") % text
    elif not is_full(figures, changed):
        text = _("%s danh sách chưa xác nhận") % text
    return f"{text}, {nobody}" if nobody else text


def emptiness(figures: dict) -> str:
    """Why nobody is required here; "" where somebody is."""
    if figures["required"]:
        return ""
    if figures["excused"]:
        return _("Mọi người đều được miễn")
    if figures["unconfirmed_units"]:
        return _("Chưa có danh sách")
    return _("Không ai giữ nhiệm vụ này")


def segments(figures: dict) -> list[Segment]:
    start, drawn = 0, []
    for state in SHOWN_STATES:
        if count := figures[state.value]:
            x, end = (BAR * n // figures["required"] for n in (start, start + count))
            drawn.append(Segment(CSS[state], x, max(end - x, 3)))
            start += count
    return drawn


def ordered(
    children: list[dict], sort: str, changed: Mapping[str | None, int], unheld: Mapping[str | None, int]
) -> list[UnitRow]:
    """Units in the order of `sort`; “Trực thuộc” is last, and left out if empty. `changed` and `unheld` are by code."""
    codes = [child["unit"]["code"] for child in children]
    rows = [
        UnitRow(child, changed.get(code, 0), unheld_words(unheld.get(code, 0)))
        for code, child in zip(codes, children, strict=True)
    ]
    units = sorted((row for row in rows if row.code), key=lambda row: (row.name_order, row.code))
    units.sort(key=SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    return units + [row for row in rows if not row.code and (row.figures["required"] or row.figures["excused"])]


def read_sort(text: str) -> str:
    return text if text.removeprefix("-") in SORTS else DEFAULT_SORT
