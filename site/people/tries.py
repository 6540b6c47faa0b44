"""Counts of tries, shared by all processes and hosts: Redis's own counters, else one row of the database each, changed
in a short transaction of its own. A window opens with the first try and closes by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction

# no two that try at the same moment read the time further apart
BEFORE_ANY_NOW = timedelta(minutes=5)


@dataclass(frozen=True)
class Count:
    """What is counted: at most `most` within `seconds` of the first."""

    key: str
    most: int
    seconds: int


@dataclass(frozen=True)
class Full(Exception):
    count: Count
    until: datetime


class TryCount(models.Model):
    key = models.CharField(max_length=100, unique=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "lần thử"


def taken(counts: Sequence[Count], now: datetime) -> dict[str, tuple[int, datetime]]:
    """{key: (tries in the open window, its end)}, without those that have none; one read."""
    keys = [count.key for count in counts]
    if settings.TRIES_IN_CACHE:
        found = cache.get_many([*keys, *map(_end, keys)])
        return {key: (found[key], _time(found[_end(key)])) for key in keys if found.get(key) and _end(key) in found}
    rows = TryCount.objects.filter(key__in=keys, until__gt=now, count__gt=0)
    return {key: (count, until) for key, count, until in rows.values_list("key", "count", "until")}


def take(counts: Sequence[Count], now: datetime) -> None:
    """Counts one try everywhere, or raises Full and counts it nowhere. What is full costs one read and no write."""
    if settings.TRIES_IN_CACHE:
        _refuse_full(counts, taken(counts, now))
        return _take_in_cache(counts, now)
    rows = {row.key: row for row in TryCount.objects.filter(key__in=[count.key for count in counts])}
    _refuse_full(counts, {key: (row.count, row.until) for key, row in rows.items() if row.until > now})
    _make_missing(counts, {*rows}, now)
    with transaction.atomic():
        rows = _locked(counts)
        open_now = {key: (row.count, row.until) for key, row in rows.items() if row.until > now}
        _refuse_full(counts, open_now)
        for count in counts:
            # cleared away in this very moment: the next try makes it anew
            row = rows.get(count.key)
            if row is None:
                continue
            if count.key in open_now:
                row.count += 1
            else:
                row.count, row.until = 1, now + timedelta(seconds=count.seconds)
        TryCount.objects.bulk_update(rows.values(), ["count", "until"])


def _make_missing(counts: Sequence[Count], there: set[str], now: datetime) -> None:
    """Before any row is locked: who waits for the same new row must hold nothing that its maker wants.

    A new row's window is over for whoever tries at the same moment too, be her clock read a little before this one.
    """
    missing = sorted({count.key for count in counts} - there)
    new = [TryCount(key=key, count=0, until=now - BEFORE_ANY_NOW) for key in missing]
    if new:
        TryCount.objects.bulk_create(new, ignore_conflicts=True)


def _refuse_full(counts: Sequence[Count], found: dict[str, tuple[int, datetime]]) -> None:
    full = [(found[one.key][1], one) for one in counts if one.key in found and found[one.key][0] >= one.most]
    if full:
        until, count = max(full, key=lambda pair: pair[0])
        raise Full(count, until)


def _locked(counts: Sequence[Count]) -> dict[str, TryCount]:
    """Locked in one order by everybody, so that nobody waits for who waits for them."""
    rows = TryCount.objects.filter(key__in=[count.key for count in counts]).order_by("key")
    return {row.key: row for row in rows.select_for_update()}


def give_back(counts: Sequence[Count], now: datetime) -> None:
    if settings.TRIES_IN_CACHE:
        for count in counts:
            _step(count.key, -1)
        return
    with transaction.atomic():
        rows = [row for row in _locked(counts).values() if row.until > now and row.count]
        for row in rows:
            row.count -= 1
        TryCount.objects.bulk_update(rows, ["count"])


def forget(keys: Sequence[str]) -> None:
    if settings.TRIES_IN_CACHE:
        cache.delete_many([*keys, *map(_end, keys)])
    else:
        TryCount.objects.filter(key__in=keys).delete()


def forget_ended(now: datetime) -> None:
    TryCount.objects.filter(until__lt=now).delete()


# --- Redis: each counter is changed by one command


def _end(key: str) -> str:
    return f"{key}:end"


def _time(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def _step(key: str, by: int) -> int | None:
    """None where the window closed meanwhile."""
    try:
        return cache.incr(key, by)
    except ValueError:
        return None


def _take_in_cache(counts: Sequence[Count], now: datetime) -> None:
    done: list[Count] = []
    for count in counts:
        cache.add(_end(count.key), now.timestamp() + count.seconds, count.seconds)
        cache.add(count.key, 0, count.seconds)
        number = _step(count.key, 1)
        if number is not None:
            done.append(count)
        if number is not None and number > count.most:
            give_back(done, now)
            until = cache.get(_end(count.key)) or now.timestamp() + count.seconds
            raise Full(count, _time(until))
