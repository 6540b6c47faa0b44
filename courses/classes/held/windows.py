"""When a person's QR code takes her attendance. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

OPENS_BEFORE = timedelta(hours=1)
# who comes later is late
GRACE = timedelta(minutes=15)
# a queue at the door is still worked off then; afterwards only the list takes attendance
ENDS_AFTER = timedelta(hours=1)


class Window(StrEnum):
    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    OVER = "over"


class Times(Protocol):
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Now:
    """The meeting that is meant, how it stands, and from when its QR codes are taken. None: all are over."""

    meeting: Times | None
    window: Window
    opens_at: datetime | None = None


def window_of(meeting: Times, now: datetime) -> Window:
    if now < meeting.starts_at - OPENS_BEFORE:
        return Window.EARLY
    if now <= meeting.starts_at + GRACE:
        return Window.OPEN
    return Window.LATE if now <= meeting.ends_at + ENDS_AFTER else Window.OVER


def meant(meetings: Iterable[Times], now: datetime) -> Now:
    """The last meeting that has opened and is not over, else the next one."""
    windows = [(meeting, window_of(meeting, now)) for meeting in sorted(meetings, key=lambda one: one.starts_at)]
    going = [(meeting, window) for meeting, window in windows if window in (Window.OPEN, Window.LATE)]
    ahead = [(meeting, window) for meeting, window in windows if window is Window.EARLY]
    if not (chosen := going[-1:] or ahead[:1]):
        return Now(None, Window.OVER)
    meeting, window = chosen[0]
    return Now(meeting, window, meeting.starts_at - OPENS_BEFORE)
