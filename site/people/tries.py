"""Counts of tries, shared by all processes and hosts: Redis's own counters, else one row of the database each, changed
by one statement. A window opens with the first try and closes by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import connection, models


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
    _refuse_full(counts, taken(counts, now))
    if settings.TRIES_IN_CACHE:
        return _take_in_cache(counts, now)
    numbers = _stepped(_TAKE, [(one.key, 1, now + timedelta(seconds=one.seconds)) for one in counts], now)
    # another try came between the look and the count
    if over := [one for one in counts if numbers[one.key] > one.most]:
        found = taken(over, now)
        give_back(counts, now)
        _refuse_full(over, found)


def _refuse_full(counts: Sequence[Count], found: dict[str, tuple[int, datetime]]) -> None:
    full = [(found[one.key][1], one) for one in counts if one.key in found and found[one.key][0] >= one.most]
    if full:
        until, count = max(full, key=lambda pair: pair[0])
        raise Full(count, until)


def give_back(counts: Sequence[Count], now: datetime) -> None:
    if settings.TRIES_IN_CACHE:
        for count in counts:
            _step(count.key, -1)
    else:
        # a row that was cleared away comes back with nothing in it
        _stepped(_GIVE_BACK, [(one.key, 0, now) for one in counts], now)


# One statement for all rows: Django needs several times as long to write what the database does. A row is made or
# changed in one act, so nobody's try is lost to who makes the same row, be her clock read a little before.
_ROWS = 'INSERT INTO people_trycount ("key", "count", "until") VALUES {rows} ON CONFLICT ("key") DO UPDATE SET '
_OPEN = "people_trycount.until > {now}"
_TAKE = (
    _ROWS
    + f"""
    "count" = CASE WHEN {_OPEN} THEN people_trycount.count + 1 ELSE 1 END,
    "until" = CASE WHEN {_OPEN} THEN people_trycount.until ELSE excluded.until END
    RETURNING "key", "count"
    """
)
_GIVE_BACK = (
    _ROWS
    + f"""
    "count" = people_trycount.count - 1 WHERE {_OPEN} AND people_trycount.count > 0 RETURNING "key", "count"
    """
)


def _stepped(statement: str, rows: list[tuple[str, int, datetime]], now: datetime) -> dict[str, int]:
    """{key: what its row counts now}. Rows are locked in one order by everybody, so that nobody waits for who waits for
    them.
    """
    stored = connection.ops.adapt_datetimefield_value
    values = [value for key, count, until in sorted(rows) for value in (key, count, stored(until))]
    sql = statement.format(rows=", ".join(["(%s, %s, %s)"] * len(rows)), now="%s")
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *[stored(now)] * statement.count("{now}")])
        return dict(cursor.fetchall())


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
