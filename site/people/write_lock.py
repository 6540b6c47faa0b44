"""Shares SQLite's one write lock between the short transactions of long work and other writers."""

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection

# SQLite wakes nobody: a waiting writer looks again after up to a tenth of a second, and a writer that begins its next
# transaction at once nearly always wins
PAUSE = 0.06
# seconds that a transaction of long work may hold the lock; a learner's answer may have to wait as long
HOLD = 0.2
# on a busy machine a slice takes longer, and so do the writers who waited for it, one after the other: they get this
# part of the time that the slice took
SHARE, LONGEST_PAUSE = 1 / 3, 0.5

Thing = TypeVar("Thing")


# whether this process yields even where no web server could have anybody waiting
_always_yields = True


def make_way(after: float = 0.0) -> None:
    """Lets waiting writers go first, after a slice that took so many seconds. Does nothing on PostgreSQL, where rows
    are locked, or inside a transaction.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block and (_always_yields or is_served()):
        time.sleep(pause(after))


def pause(after: float) -> float:
    return min(max(PAUSE, after * SHARE), LONGEST_PAUSE)


@contextmanager
def no_waiting_while_nobody_is_served() -> Iterator[None]:
    """For a first start, which takes hundreds of turns: within, `make_way` yields only while a web server runs."""
    global _always_yields
    before, _always_yields = _always_yields, False
    try:
        yield
    finally:
        _always_yields = before


def _serving_mark() -> Path:
    return Path(settings.DATA_DIR) / "serving"


def serve() -> None:
    """Says that this process answers people, for as long as it or a child of it lives, however it ends."""
    # a folder that cannot be written to: whoever looks there believes that somebody is served
    with suppress(OSError):
        # never closed; waits where somebody looks at this moment
        fcntl.flock(os.open(_serving_mark(), os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_SH)


def is_served() -> bool:
    """Whether a web server runs over this DATA_DIR; true where nobody can know."""
    try:
        mark = os.open(_serving_mark(), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return True
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(mark)
    return False


def in_turns(things: Sequence[Thing], most: int, least: int = 20) -> Iterator[Sequence[Thing]]:
    """Yields `things` in batches; the caller writes each in one transaction. The first is small; later ones are as
    large as could be written in HOLD seconds at the pace of the last one, since machines and their load differ. On
    PostgreSQL all are as large as they may be: nobody waits but for the rows of the batch.
    """
    is_shared = connection.vendor == "sqlite"
    place, size = 0, min(least * 2, most) if is_shared else most
    while place < len(things):
        batch = things[place : place + size]
        place += len(batch)
        started = time.monotonic()
        yield batch
        took = max(time.monotonic() - started, 0.001)
        if is_shared:
            size = min(max(int(len(batch) * HOLD / took), least), most, 2 * size)
        make_way(took)
