"""Until when a completion is valid: n months, or, where a course is due anew each January, 31 January of the next year.

A change of the law ends what was learnt under the law before. Pure. All days are inclusive days in Asia/Ho_Chi_Minh.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from people.times import add_months


@dataclass(frozen=True, slots=True)
class NewLaw:
    """What a version of a rule, in force `since`, says of completions made before the day on which the law `begins`.

    They hold until `old_until` (None: until the day before `since`), or longer with a completion of the `refresher`
    ("": there is none).
    """

    begins: date
    since: date
    old_until: date | None = None
    refresher: str = ""

    def ends_on(self, made: date) -> date | None:
        """The first day on which a completion made on that day holds no more without the refresher; None where it was
        made under the new law.
        """
        if made >= self.begins:
            return None
        return max(self.since, self.old_until + timedelta(days=1)) if self.old_until else self.since


@dataclass(frozen=True, slots=True)
class Validity:
    """Of neither months nor January a completion does not lapse by itself; never of both."""

    months: int | None = None
    each_january: bool = False
    law: NewLaw | None = None

    def lapses_on(self, made: date, refreshed: bool = False) -> date | None:
        """The first day on which a completion made on that day is valid no more, month ends clamped; None for never.

        `refreshed`: its holder has completed the refresher of the new law.
        """
        days = [self._by_itself(made), self.law.ends_on(made) if self.law and not refreshed else None]
        return min((day for day in days if day), default=None)

    def _by_itself(self, made: date) -> date | None:
        if self.each_january:
            return date(made.year + 1, 2, 1) if made.year < date.max.year else date.max
        return add_months(made, self.months) if self.months else None

    def last_day(self, made: date, refreshed: bool = False) -> date | None:
        lapses = self.lapses_on(made, refreshed)
        return lapses - timedelta(days=1) if lapses else None
