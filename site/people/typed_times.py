"""Days and times of day as people here type them: 5/12, ngày 5 tháng 12, 19h30, 7 giờ rưỡi tối. Pure.

What is not understood is refused with a sentence; nothing is guessed but a missing year, and that only where the field
looks ahead (the next such day, today too) or back (the last one). What was typed in full is `exact`; anything else is
shown in full before it is saved (`people.typed_fields`). Files are read by `tabular`, which wants the year.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
Value = TypeVar("Value")


class Looks(Enum):
    """Which day is meant where the year is missing."""

    AHEAD = "ahead"
    BACK = "back"
    # neither is likelier: the year is asked for
    NOWHERE = "nowhere"


class NotUnderstood(ValueError):
    """The message is one sentence that says what to type."""


@dataclass(frozen=True, slots=True)
class Read(Generic[Value]):
    """`exact`: nothing was made of what was typed but what stands there."""

    value: Value
    exact: bool


def plain(text: str) -> str:
    """Small letters without marks, đ as d, single spaces; "" for nothing."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    letters = "".join(one for one in text if unicodedata.category(one) not in ("Mn", "Cf"))
    return " ".join(re.sub(r"[‐-―−]", "-", letters).split())


# --- days

FULL_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
WEEKDAY = re.compile(r"(?:thu|t)\.? ?(hai|ba|tu|nam|sau|bay|[2-7])\b|(chu nhat|cn)\b")
WEEKDAY_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5} | {str(n): n - 2 for n in range(2, 8)}
SPOKEN_DAY = re.compile(
    r"(?:ngay )?(?:(?:mung|mong) )?(\d{1,2})(?: ?[/.-] ?| thang )(\d{1,2})"
    r"(?:(?: ?[/.-] ?|,? nam )(\d{4}|\d{2}))?"
)


def read_day(text: str, today: date, looks: Looks = Looks.NOWHERE) -> Read[date]:
    """Raises NotUnderstood."""
    said = plain(text)
    if match := FULL_DAY.fullmatch(said):
        return Read(_day(int(match[3]), int(match[2]), int(match[1]), text), exact=True)
    if match := ISO_DAY.fullmatch(said):
        return Read(_day(int(match[1]), int(match[3]), int(match[4]), text), exact="-" in said)
    weekday, rest = _without_weekday(said)
    match = SPOKEN_DAY.fullmatch(rest)
    if match is None:
        raise _no_day(text)
    day, month, year = match.groups()
    if year is None:
        found = _without_year(int(month), int(day), today, looks, text)
    else:
        found = _day(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day), text)
    if weekday is not None and found.weekday() != weekday:
        raise NotUnderstood(
            _("%(day)s là %(weekday)s; hãy sửa ngày hoặc thứ.")
            % {"day": f"{found:%d/%m/%Y}", "weekday": WEEKDAYS[found.weekday()]}
        )
    return Read(found, exact=False)


def _without_weekday(said: str) -> tuple[int | None, str]:
    """(weekday, the rest); Monday is 0, None for none."""
    match = WEEKDAY.match(said)
    if match is None:
        return None, said
    return (6 if match[2] else WEEKDAY_NUMBERS[match[1]]), said[match.end() :].lstrip(" ,")


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise NotUnderstood(_("“%(text)s” không có trong lịch; hãy xem lại ngày, tháng.") % {"text": text}) from error
    if not EARLIEST <= found <= LATEST:
        raise NotUnderstood(_("Năm %(year)d quá xa; hãy xem lại năm.") % {"year": year})
    return found


def _without_year(month: int, day: int, today: date, looks: Looks, text: str) -> date:
    if looks is Looks.NOWHERE:
        raise NotUnderstood(_("“%(text)s” thiếu năm; hãy ghi cả năm, như 05/12/2026.") % {"text": text})
    step = 1 if looks is Looks.AHEAD else -1
    # 29 February is at most eight years away
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - today).days * step >= 0:
            return found
    return _day(today.year, month, day, text)


def _no_day(text: str) -> NotUnderstood:
    return NotUnderstood(
        _("Không hiểu “%(text)s” là ngày nào. Ghi ngày/tháng/năm, như 24/11/2026.") % {"text": text.strip()[:60]}
    )


# --- times of day

FULL_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?")
SPOKEN_TIME = re.compile(
    r"(?:luc )?(\d{1,2})(?:"
    r" ?(?:h|g|gio|:|\.)(?: ?(\d{1,2})(?: ?(?:p|ph|phut|'))?| ?(ruoi))?"
    r")?(?: ?(sang|trua|chieu|toi|dem|am|pm|sa|ch))?"
)
# from which hour to which a word may stand beside the hour as said, and which of these are twelve later
PARTS: dict[str, tuple[Collection[int], Collection[int]]] = {
    "sang": (range(0, 12), ()),
    "trua": (range(10, 14), ()),
    "chieu": (range(12, 19), range(1, 7)),
    "toi": (range(17, 24), range(5, 12)),
    "dem": ((*range(18, 24), *range(0, 5)), range(9, 12)),
    "am": (range(0, 12), ()),
    "sa": (range(0, 12), ()),
    "pm": (range(12, 24), range(1, 12)),
    "ch": (range(12, 24), range(1, 12)),
}


def read_time(text: str) -> Read[time]:
    """Raises NotUnderstood."""
    said = plain(text)
    if match := FULL_TIME.fullmatch(said):
        return Read(_time(int(match[1]), int(match[2]), int(match[3] or 0), text), exact=True)
    match = SPOKEN_TIME.fullmatch(said)
    # a number alone is no time
    if match is None or said.isdecimal():
        raise _no_time(text)
    hour, minute, half, part = match.groups()
    return Read(_time(_hour(int(hour), part, text), 30 if half else int(minute or 0), 0, text), exact=False)


def _hour(hour: int, part: str | None, text: str) -> int:
    if part is None:
        return hour
    as_said, later = PARTS[part]
    if part == "trua" and hour == 1:
        return 13
    if hour in later:
        return hour + 12
    if hour not in as_said:
        raise NotUnderstood(
            _("“%(text)s” có thể hiểu nhiều cách; hãy ghi giờ từ 0 đến 23, như 19:30.") % {"text": text.strip()[:60]}
        )
    return hour


def _time(hour: int, minute: int, second: int, text: str) -> time:
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise _no_time(text) from error


def _no_time(text: str) -> NotUnderstood:
    return NotUnderstood(_("Không hiểu “%(text)s” là mấy giờ; hãy ghi như 19:30.") % {"text": text.strip()[:60]})


# --- moments

ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[t ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)")
FULL_MOMENT = re.compile(r"(\d{1,2}[/-]\d{1,2}[/-]\d{4}) (\d{1,2}:\d{2}(?::\d{2})?)")


def read_moment(text: str, now: datetime, looks: Looks = Looks.AHEAD) -> Read[datetime]:
    """A day with a time of day, either first; the day alone is its first minute. Naive, as `now` is: both here."""
    said = plain(text)
    for form in (ISO_MOMENT, FULL_MOMENT):
        if match := form.fullmatch(said):
            return Read(_joined(match[1], match[2], now, looks).value, exact=True)
    found = []
    for place in (match.start() for match in re.finditer(r"[ ,]+", said)):
        first, rest = said[:place], said[place:].strip(" ,")
        for day, at in ((first, rest), (rest, first)):
            try:
                found.append(_joined(day, at, now, looks))
            except NotUnderstood:
                continue
    if len({one.value for one in found}) == 1:
        return found[0]
    if found:
        raise _no_moment(text)
    try:
        return Read(datetime.combine(read_day(text, now.date(), looks).value, time.min), exact=False)
    except NotUnderstood as refusal:
        raise _no_moment(text) from refusal


def _joined(day: str, at: str, now: datetime, looks: Looks) -> Read[datetime]:
    return Read(datetime.combine(read_day(day, now.date(), looks).value, read_time(at).value), exact=False)


def _no_moment(text: str) -> NotUnderstood:
    return NotUnderstood(
        _("Không hiểu “%(text)s” là lúc nào; hãy ghi ngày và giờ như 05/12/2026 19:30.") % {"text": text.strip()[:60]}
    )


# --- in full


def day_in_full(day: date) -> str:
    params = {"weekday": WEEKDAYS[day.weekday()], "day": day.day, "month": day.month, "year": day.year}
    return _("%(weekday)s, ngày %(day)d tháng %(month)d năm %(year)d") % params


def time_in_full(at: time) -> str:
    return _("%(hour)d giờ %(minute)02d") % {"hour": at.hour, "minute": at.minute}


def moment_in_full(at: datetime) -> str:
    return f"{time_in_full(at.time())}, {day_in_full(at.date())}"
