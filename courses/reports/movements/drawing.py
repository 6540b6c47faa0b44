"""Geometry of a bridge: a bar for the first day, one for each cause that brings or takes, one for the second day.

Pure. The template writes it as SVG in a box 420 wide, without script or inline style; the table beside it says the
same.
"""

from collections.abc import Collection
from dataclasses import dataclass

from courses.movements.bridge import Bridge

LEFT, RIGHT, NUMBER = 146, 372, 420
ROW, THICK, TOP = 28, 14, 8
# where the smaller total is more than this part of the scale, the scale begins below it instead of at nothing
CUT_FROM = 0.6


@dataclass(frozen=True)
class Bar:
    """`css` is `whole` for a day, `more` or `less` for a cause; `text_y` is the line of its words."""

    label: str
    number: str
    css: str
    x: int
    y: int
    width: int
    text_y: int
    # where the sum stands after this bar: a line leads to the next
    sum_x: int


@dataclass(frozen=True)
class Waterfall:
    """`begins` is the number at the left edge: 0, unless both days are far from it."""

    bars: list[Bar]
    height: int
    begins: int
    thick: int = THICK
    left: int = LEFT
    right: int = RIGHT
    number: int = NUMBER


def waterfall(bridge: Bridge, states: Collection[str], first: str, last: str) -> Waterfall | None:
    """`first` and `last` name the days. None where nobody is counted on either."""
    start, end = bridge.start(states), bridge.end(states)
    steps = _steps(bridge, states)
    sums = [start]
    for _label, number in steps:
        sums.append(sums[-1] + number)
    top, low = max(sums), min(sums)
    if not top:
        return None
    begins = _begins(low, top) if steps else 0

    def at(number: int) -> int:
        return LEFT + round((RIGHT - LEFT) * (number - begins) / max(top - begins, 1))

    rows = [(first, f"{start}", "whole", begins, start, start)]
    for (label, number), before in zip(steps, sums, strict=False):
        after = before + number
        ends = min(before, after), max(before, after)
        rows.append((label, signed(number), "more" if number > 0 else "less", *ends, after))
    rows.append((last, f"{end}", "whole", begins, end, end))
    bars = [
        Bar(label, number, css, at(low), TOP + ROW * row, max(at(high) - at(low), 2), TOP + ROW * row + 12, at(stands))
        for row, (label, number, css, low, high, stands) in enumerate(rows)
    ]
    return Waterfall(bars, TOP + ROW * len(rows), begins)


def _steps(bridge: Bridge, states: Collection[str]) -> list[tuple[str, int]]:
    """Each cause that brings or takes anybody, what it brings before what it takes."""
    steps = []
    for line in bridge.lines:
        brought, took = line.brought(states), line.took(states)
        steps += [(str(line.cause.label), number) for number in (brought, -took) if number]
    return steps


def _begins(low: int, top: int) -> int:
    if low <= top * CUT_FROM:
        return 0
    return max(0, low - max((top - low) // 2, 1))


def signed(number: int) -> str:
    """“+3”, “−3” with a true minus, “0”."""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"
