"""On which days and at which hours people are told what can wait. Pure: days off and the hour are passed in."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# nobody's telephone rings after this hour, in Asia/Ho_Chi_Minh
CLOSES = time(18)
# days that are made up for after the system stood still; what fell earlier is in the list behind the link anyway
MOST_MISSED = 14
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days whose messages fall on one working day: after `after`, up to and including `last`."""

    after: date
    last: date

    def holds(self, day: date) -> bool:
        return self.after < day <= self.last


def is_working(day: date, off: Container[date]) -> bool:
    return day.weekday() < 5 and day not in off


def working_from(day: date, off: Container[date]) -> date:
    """The first working day from `day` on. A list of days off that had no end would hold more than a year."""
    for days in range(400):
        if is_working(day + days * _DAY, off):
            return day + days * _DAY
    return day


def window_of(day: date, told: date | None, off: Container[date]) -> Window:
    """What falls on `day`: everything since the day last `told`, at most two weeks; where nobody was ever told, what
    fell since the last working day.
    """
    if told is None:
        before = day - _DAY
        while not is_working(before, off) and (day - before).days < MOST_MISSED:
            before -= _DAY
        return Window(before, day)
    return Window(max(told, day - MOST_MISSED * _DAY), day)


def open_from(moment: datetime, opens: time, off: Container[date]) -> datetime:
    """`moment` itself (local, aware) where something may go out then, else the next moment at which it may."""
    day = moment.date()
    if is_working(day, off) and opens <= moment.time() < CLOSES:
        return moment
    if moment.time() >= opens:
        day += _DAY
    return datetime.combine(working_from(day, off), opens, tzinfo=moment.tzinfo)
