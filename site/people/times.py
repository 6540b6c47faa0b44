"""Facts with two times: the days on which they hold, and the period in which the system believed them.

A record is never edited: a correction stamps `superseded_at` on the old row and inserts a new one, so that a recount
*as known on* a past day gives that day's figures.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from letters.numbers import is_number


def today() -> date:
    """The current day in Asia/Ho_Chi_Minh."""
    return timezone.localdate()


def year_typed(typed: str, first: int, last: int) -> int:
    """The year that an address or a form names, if it is one of these; else this year."""
    year = int(typed) if len(typed) == 4 and is_number(typed) else 0
    return year if first <= year <= last else today().year


def add_months(day: date, months: int) -> date:
    """The same day `months` later, clamped to the end of a shorter month: 29/2/2024 + 24 months is 28/2/2026."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1])) if year <= date.max.year else date.max


def end_of_day(day: date) -> datetime:
    """The first instant after `day` in Asia/Ho_Chi_Minh, aware."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def known_until(known_on: date) -> datetime:
    """The first instant of which nothing is known: after the day, or after the moment where it is a datetime."""
    return known_on + timedelta(microseconds=1) if isinstance(known_on, datetime) else end_of_day(known_on)


def known_on(day: date | None, prefix: str = "") -> Q:
    """Rows believed at the end of `day`, or at the moment where it is an aware datetime; None means believed now.
    `prefix` is a lookup path ending in `__`.
    """
    if day is None:
        return Q(**{f"{prefix}superseded_at": None})
    limit = known_until(day)
    return Q(**{f"{prefix}recorded_at__lt": limit}) & (
        Q(**{f"{prefix}superseded_at": None}) | Q(**{f"{prefix}superseded_at__gte": limit})
    )


def covering(day: date, start: str = "start", end: str = "end") -> Q:
    """Rows whose inclusive span holds `day`; a NULL end is open."""
    return Q(**{f"{start}__lte": day}) & (Q(**{end: None}) | Q(**{f"{end}__gte": day}))


class RecordQuerySet(models.QuerySet):
    def current(self):
        return self.filter(superseded_at=None)

    def known_on(self, day: date | None):
        return self.filter(known_on(day))

    def supersede(self, at: datetime) -> int:
        return self.filter(superseded_at=None).update(superseded_at=at)


class Record(models.Model):
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    # NULL: still believed
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def was_believed(self, at: datetime) -> bool:
        return self.recorded_at <= at and (self.superseded_at is None or self.superseded_at > at)

    def touched_since(self, at: datetime) -> bool:
        return self.recorded_at > at or (self.superseded_at is not None and self.superseded_at > at)
