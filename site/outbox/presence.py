"""That this process is alive, told to the others: a thread prolongs its leases while the main thread works.

A killed process stops prolonging, so whatever it held is free when the lease runs out; nobody has to notice its death.
"""

import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from outbox.effects import LEASE, Effect, EffectState
from outbox.leases import Lease

logger = logging.getLogger("outbox")

_BIRTH = secrets.token_hex(4)


def _is_born() -> None:
    """A forked process is another one: a number of a process is used again in time."""
    global _BIRTH
    _BIRTH = secrets.token_hex(4)


os.register_at_fork(after_in_child=_is_born)

# (id, attempt) of the effects that this process is working on at this moment. One whose end could not be written,
# because the database went away, is not among them: its lease runs out and somebody takes it back.
_in_hand: set[tuple[int, int]] = set()


@contextmanager
def in_hand(effect_id: int, attempt: int) -> Iterator[None]:
    _in_hand.add((effect_id, attempt))
    try:
        yield
    finally:
        _in_hand.discard((effect_id, attempt))


def process_name() -> str:
    """Unique to this process, at most 64 characters."""
    return f"{settings.HOST_NAME[:40]}-{os.getpid()}-{_BIRTH}"


def host_of(process: str) -> str:
    """The machine of a process of this name."""
    return process.rsplit("-", 2)[0]


def hosts_at_work(now: datetime) -> set[str]:
    """The machines whose worker or clock is alive."""
    return {host_of(holder) for holder in Lease.objects.alive("", now).values_list("holder", flat=True)}


class Keeper(Thread):
    """Holds `names` and the effects that this process has in hand, until `stop()`."""

    def __init__(self, *names: str):
        super().__init__(name="keeper", daemon=True)
        self.names = names
        self.me = process_name()
        self.beat = max(settings.OUTBOX_LEASE / 5, 0.2)
        self._renewed_at: dict[str, float] = {}
        self._ended = Event()

    def holds(self, name: str) -> bool:
        """Whether `name` is surely ours: prolonged less than half a lease ago."""
        return monotonic() - self._renewed_at.get(name, float("-inf")) < LEASE / timedelta(seconds=2)

    def hold_now(self) -> None:
        now = timezone.now()
        for name in self.names:
            if Lease.objects.hold(name, self.me, now, LEASE):
                self._renewed_at[name] = monotonic()
            else:
                self._renewed_at.pop(name, None)
        for pk, attempt in list(_in_hand):
            mine = Effect.objects.filter(pk=pk, attempts=attempt, state=EffectState.RUNNING, worker=self.me)
            mine.update(lease_until=now + LEASE)

    def run(self):
        try:
            while not self._ended.wait(self.beat):
                try:
                    self.hold_now()
                except DatabaseError as error:
                    logger.warning("leases could not be prolonged: %s", type(error).__name__)
                    connection.close()
        finally:
            connection.close()

    def stop(self) -> None:
        self._ended.set()
        self.join(timeout=5)
        for name in self.names:
            Lease.objects.let_go(name, self.me)
