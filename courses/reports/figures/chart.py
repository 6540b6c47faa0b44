"""Geometry of the trend chart: people completed by day, the pace needed to the deadline, the forecast.

Pure functions from integers and days to coordinates in a 420 × 200 box; the template writes them as SVG, without
script or inline style.
"""

from dataclasses import dataclass
from datetime import date, timedelta

RIGHT, TOP, BOTTOM = 408, 14, 166
# width of a digit of the labels on the left, at the largest text size
DIGIT = 9


@dataclass(frozen=True)
class Line:
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Mark:
    at: int
    text: str


@dataclass(frozen=True)
class Chart:
    left: int
    done: Line
    needed: Line | None
    forecast: Line | None
    deadline_x: int | None
    heights: list[Mark]
    days: list[Mark]


def chart(points: list[tuple[date, int]], required: int, deadline: date | None, forecast: date | None) -> Chart | None:
    """`points` are sorted by day, the last is the as-of day; None where there are too few points for a line."""
    if len(points) < 2 or not required:
        return None
    first, last = points[0][0], points[-1][0]
    ends = [last, *(day for day in (deadline, forecast) if day and day > last and day - last < timedelta(days=400))]
    span = (max(ends) - first).days
    top = max(required, *(count for _, count in points))
    left = 12 + DIGIT * max(len(str(top)), 3)

    def place(day: date, count: int) -> tuple[int, int]:
        x = left + round((RIGHT - left) * (day - first).days / span)
        return x, BOTTOM - round((BOTTOM - TOP) * count / top)

    def ahead(day: date | None) -> Line | None:
        if day not in ends[1:]:
            return None
        x, y = place(day, required)
        return Line(f"M{here[0]} {here[1]}L{x} {y}", x, y)

    spots = [place(day, count) for day, count in points]
    here = spots[-1]
    path = "M" + "L".join(f"{x} {y}" for x, y in spots)
    middle = first + timedelta(days=span // 2)
    return Chart(
        left=left,
        done=Line(path, *here),
        needed=ahead(deadline),
        forecast=ahead(forecast),
        deadline_x=place(deadline, 0)[0] if deadline and first <= deadline <= max(ends) else None,
        heights=[Mark(place(first, n)[1], str(n)) for n in sorted({0, required // 2, required})],
        days=[Mark(place(day, 0)[0], f"{day:%d/%m/%y}") for day in (first, middle, max(ends))],
    )
