"""Until when a completion is valid: n months, or, where a course is due anew each January, 31 January of the next year.

Pure. All days are inclusive days in Asia/Ho_Chi_Minh.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from people.times import add_months


@dataclass(frozen=True, slots=True)
class Validity:
    """Of neither, a completion never lapses; never of both."""

    months: int | None = None
    each_january: bool = False

    def lapses_on(self, made: date) -> date | None:
        """The first day on which a completion made on that day is valid no more, month ends clamped; None for never."""
        if self.each_january:
            return date(made.year + 1, 2, 1) if made.year < date.max.year else date.max
        return add_months(made, self.months) if self.months else None

    def last_day(self, made: date) -> date | None:
        lapses = self.lapses_on(made)
        return lapses - timedelta(days=1) if lapses else None
