"""Where a task stands on a day, and what tasks add up to. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class TaskState(StrEnum):
    DONE = "xong"
    LATE = "muon"
    GOING = "dang_lam"
    AHEAD = "chua_den"
    LEFT_OUT = "bo"


LABELS = {
    TaskState.DONE: _("Đã xong"),
    TaskState.LATE: _("Quá hạn"),
    TaskState.GOING: _("Đang làm"),
    TaskState.AHEAD: _("Chưa đến ngày"),
    TaskState.LEFT_OUT: _("Không làm"),
}


@dataclass(frozen=True)
class Days:
    """The window of a task, inclusive, and whether the unit left it out with a reason."""

    first: date
    last: date
    left_out: bool = False


def state_on(day: date, days: Days, done_on: date | None) -> TaskState:
    """A task that was done late is done; one whose window has gone by without it is late."""
    if days.left_out:
        return TaskState.LEFT_OUT
    if done_on is not None and done_on <= day:
        return TaskState.DONE
    if day > days.last:
        return TaskState.LATE
    return TaskState.GOING if day >= days.first else TaskState.AHEAD


def was_late(days: Days, done_on: date | None) -> bool:
    return done_on is not None and done_on > days.last


def known_sum(numbers: Iterable[int | None]) -> int | None:
    """The sum of those known; None where none is: not known is never 0."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def next_year(day: date, years: int = 1) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def in_year(day: date, year: int) -> date:
    return next_year(day, year - day.year)
