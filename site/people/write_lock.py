"""Shares SQLite's one write lock between the short transactions of long work and other writers."""

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.db import connection

# SQLite wakes nobody: a waiting writer looks again after up to a tenth of a second, and a writer that begins its next
# transaction at once nearly always wins
PAUSE = 0.06
# seconds that a transaction of long work may hold the lock; a learner's answer may have to wait as long
HOLD = 0.2

Thing = TypeVar("Thing")


def make_way() -> None:
    """Lets waiting writers go first. Does nothing on PostgreSQL, where rows are locked, or inside a transaction."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE)


def in_turns(things: Sequence[Thing], most: int, least: int = 20) -> Iterator[Sequence[Thing]]:
    """Yields `things` in batches; the caller writes each in one transaction. The first is small; later ones are as
    large as could be written in HOLD seconds at the pace of the last one, since machines and their load differ.
    """
    place, size = 0, min(least * 2, most)
    while place < len(things):
        batch = things[place : place + size]
        place += len(batch)
        started = time.monotonic()
        yield batch
        took = max(time.monotonic() - started, 0.001)
        size = min(max(int(len(batch) * HOLD / took), least), most, 2 * size)
        make_way()
