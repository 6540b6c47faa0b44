"""The pace of completions: the current one, the one needed for the deadline, and the forecast.

A pure function from counts and days to a `Pace`. Where a forecast would not be honest, `Pace.silence` says why.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WINDOW_DAYS = 30
# fewer completions than this in the window are too few for a forecast
FEWEST = 3
FARTHEST_DAYS = 730


class Silence(StrEnum):
    """Why no forecast is made."""

    DONE = "done"
    FUTURE = "future"  # the as-of day is in the future: there is nothing to extrapolate
    PAST = "past"  # the as-of day is past: the real figures exist
    SHORT = "short"  # less than a window of history
    FEW = "few"  # too few completions in the window
    FAR = "far"  # so slow that a day would be guesswork


@dataclass(frozen=True)
class Pace:
    remaining: int
    # None without a deadline; 0 on the day itself, negative past it
    days_left: int | None
    # people per day needed until the deadline, rounded up; None past it or when nobody remains
    needed: int | None
    # change of the number of completed people over the last WINDOW_DAYS; None without history
    gained: int | None
    forecast: date | None
    silence: Silence | None

    @property
    def in_time(self) -> bool | None:
        if self.forecast is None or self.days_left is None:
            return None
        return self.forecast_days <= self.days_left

    @property
    def forecast_days(self) -> int | None:
        return ceil_div(self.remaining * WINDOW_DAYS, self.gained) if self.forecast and self.gained else None

    @property
    def a_day(self) -> int | None:
        """People per day in the window, rounded down; None if less than one."""
        return self.gained // WINDOW_DAYS or None if self.gained and self.gained > 0 else None


def ceil_div(a: int, b: int) -> int:
    return -(-a // b)


def pace(
    required: int, completed: int, as_of: date, deadline: date | None, history: dict[date, int], today: date
) -> Pace:
    """`history` holds completed people by day; it must contain the day WINDOW_DAYS before `as_of` for a forecast."""
    remaining = required - completed
    days_left = (deadline - as_of).days if deadline else None
    needed = ceil_div(remaining, days_left) if remaining and days_left and days_left > 0 else None
    before = history.get(as_of - timedelta(days=WINDOW_DAYS))
    gained = None if before is None else completed - before
    silence = _silence(remaining, gained, as_of, today)
    forecast = None if silence or not gained else as_of + timedelta(days=ceil_div(remaining * WINDOW_DAYS, gained))
    return Pace(remaining, days_left, needed, gained, forecast, silence)


def _silence(remaining: int, gained: int | None, as_of: date, today: date) -> Silence | None:
    if remaining == 0:
        return Silence.DONE
    if as_of != today:
        return Silence.FUTURE if as_of > today else Silence.PAST
    if gained is None:
        return Silence.SHORT
    if gained < FEWEST:
        return Silence.FEW
    if ceil_div(remaining * WINDOW_DAYS, gained) > FARTHEST_DAYS:
        return Silence.FAR
    return None
