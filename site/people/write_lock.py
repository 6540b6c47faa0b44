"""Taking turns at SQLite's one write lock, between the short transactions of long work."""

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.db import connection

# SQLite wakes nobody: who waits for the lock looks again after up to a tenth of a second, and a writer that begins its
# next transaction at once is nearly always there first
PAUSE = 0.06
# seconds that a transaction of long work may hold the lock; an answer that is saved meanwhile waits for it
HOLD = 0.2

Thing = TypeVar("Thing")


def make_way() -> None:
    """Lets those write who wait. Nothing on PostgreSQL, where rows are locked, or while a transaction is open."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(PAUSE)


def in_turns(things: Sequence[Thing], most: int, least: int = 20) -> Iterator[Sequence[Thing]]:
    """`things` in batches, each to be written in one transaction by whoever asks for the next.

    The first is small; after that a batch is as large as could be written in HOLD seconds at the pace of the last one,
    since machines and their load differ.
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
