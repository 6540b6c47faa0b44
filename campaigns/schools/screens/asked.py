"""What a reader asks of the coverage: school year, last day, level; what cannot be read becomes what is usual."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.schools.log.coverage import Coverage, Window, coverage
from campaigns.schools.log.whose import SEEING_KINDS
from campaigns.schools.log.years import first_day, last_day, school_year_of
from letters.numbers import is_number
from people.rights import scope
from people.times import today
from people.typed_fields import DayField
from people.typed_times import Looks
from people.units.levels import Level

FIRST_YEAR, LAST_YEAR = 2016, 2100


@dataclass(frozen=True)
class Question:
    window: Window
    level: str
    # why the day is another one than what was typed; "" where it is not
    note: str = ""
    # what stands in the field: the day, or what was not understood
    typed: str = ""

    @property
    def query(self) -> str:
        level = f"&cap={self.level}" if self.level else ""
        return f"nam={self.window.year}&den={self.window.day.isoformat()}{level}"


def question(request) -> Question:
    now = today()
    typed = request.GET.get("nam", "")
    year = int(typed) if is_number(typed) and len(typed) == 4 else school_year_of(now)
    year = year if FIRST_YEAR <= year <= LAST_YEAR else school_year_of(now)
    level = request.GET.get("cap", "")
    typed = request.GET.get("den", "").strip()[:100]
    day, note = _day(typed, year, now)
    return Question(
        Window(year, day), level if level in Level.values else "", note, typed if note else f"{day:%d/%m/%Y}"
    )


def _day(typed: str, year: int, now: date) -> tuple[date, str]:
    """The last day and what to say of it: what was typed if it is understood and in the school year."""
    first, last = first_day(year), last_day(year)
    try:
        asked = DayField(looks=Looks.BACK, asks=False).clean(typed) if typed else now
    except ValidationError:
        said = _("Không đọc được ngày “%(typed)s”; hãy ghi như 30/11/2026.") % {"typed": typed}
        return min(max(now, first), last), said
    day = min(max(asked, first), last)
    if typed and day != asked:
        return day, _("Năm học này từ %(a)s đến %(b)s.") % {"a": f"{first:%d/%m/%Y}", "b": f"{last:%d/%m/%Y}"}
    return day, ""


def seen_by(user, asked: Question) -> Coverage:
    """Of her reach."""
    under = None if scope.reaches_everything(user) else scope.role_units(user, SEEING_KINDS)
    return coverage(asked.window, under, asked.level)
