"""When the time of an attempt ends: by the server's clock alone, with two minutes for what was on its way."""

from datetime import datetime, timedelta

# answers that waited for the line, or were typed on a slow clock
GRACE = timedelta(minutes=2)


def ends_at(began: datetime, minutes: int, closes_at: datetime | None) -> datetime | None:
    """`minutes` 0 is no limit; None: it does not end."""
    ends = [began + timedelta(minutes=minutes)] if minutes else []
    return min([*ends, *([closes_at] if closes_at else [])], default=None)
