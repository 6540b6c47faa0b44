"""Taking ready effects under a lease, running them, and recording how each ended.

Several workers may drain at once: PostgreSQL skips the rows that another holds, SQLite's immediate transaction lets one
take at a time. An attempt that lost its lease changes nothing more, whatever it still does.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.effects import HANDLERS, LEASE, TRIES, Effect, EffectState, Job, LeaseLost, Refused, TryLater
from outbox.presence import in_hand, process_name

logger = logging.getLogger("outbox")

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)


def take(now: datetime, worker: str, kinds: set[str] | None = None) -> Effect | None:
    """The next ready row, now leased to `worker`; None when nothing is ready."""
    ready = Effect.objects.ready(now)
    if kinds is not None:
        ready = ready.filter(kind__in=kinds)
    if not ready.exists():  # no write lock for an empty queue
        return None
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True)
        row = ready.order_by("available_at", "pk").first()
        # SQLite: BEGIN IMMEDIATE already holds the only write lock; the condition guards every other database
        if row is None or not Effect.objects.filter(pk=row.pk, state=row.state, attempts=row.attempts).update(
            state=EffectState.RUNNING, attempts=F("attempts") + 1, worker=worker, lease_until=now + LEASE, error=""
        ):
            return None
    row.state, row.attempts, row.worker, row.lease_until = EffectState.RUNNING, row.attempts + 1, worker, now + LEASE
    return row


def drain(now: datetime | None = None, *, limit: int = 1000, worker: str = "", kinds: set[str] | None = None) -> int:
    """Runs what is ready, at most `limit` rows; returns how many were tried.

    `now` fixes the time (tests); without it, it is read at each row.
    """
    count = 0
    while count < limit and (row := take(now or timezone.now(), worker or process_name(), kinds)):
        with in_hand(row.pk, row.attempts):
            perform(row, (lambda: now) if now else timezone.now)
        count += 1
    return count


def run_at_once(row: Effect) -> Effect:
    """Performs the effect now unless a worker has taken it; only one of them does."""
    until = timezone.now() + LEASE
    mine = Effect.objects.filter(pk=row.pk, state=EffectState.WAITING, attempts=row.attempts).update(
        state=EffectState.RUNNING, attempts=row.attempts + 1, worker="web", lease_until=until
    )
    row.refresh_from_db()
    if mine:
        perform(row)
        row.refresh_from_db()
    return row


def perform(row: Effect, clock: Callable[[], datetime] = timezone.now) -> None:
    """Runs the handler of a taken row and records how it ended."""
    job = Job(row, clock)
    handler = HANDLERS.get(row.kind)
    tries = handler.tries if handler else TRIES
    try:
        if row.attempts > tries:
            raise Refused(
                _("Việc này bị ngắt giữa chừng nhiều lần nên đã dừng; anh chị hãy thử lại hoặc báo quản trị.")
            )
        if handler is None:
            raise TryLater(5, _("Máy chủ chưa có phần xử lý cho việc này."))
        result = handler.run(job)
    except LeaseLost:
        logger.warning("effect %s kind=%s lost its lease at attempt %d", row.pk, row.kind, row.attempts)
    except Refused as refusal:
        _fail(job, str(refusal))
    except TryLater as later:
        _put_off(job, tries, later.wait, str(later))
    except Exception as error:
        # only the class: a message may hold somebody's name or address
        logger.exception("effect %s kind=%s attempt %d: %s", row.pk, row.kind, row.attempts, type(error).__name__)
        # four times fourfold is longer than the longest; more of it would overflow a timedelta
        wait = min(FIRST_WAIT * 4 ** min(row.failures, 4), LONGEST_WAIT)
        _put_off(job, tries, wait, _("Máy chủ gặp lỗi khi làm việc này."))
    else:
        # in the same write: a killed attempt must not leave a row that is neither done nor can be done again
        forgotten: dict = {"payload": {}} if handler.forgets else {}
        _finish(job, state=EffectState.DONE, error="", result={**row.result, **(result or {})}, **forgotten)


def _put_off(job: Job, tries: int, wait: timedelta, sentence: str) -> None:
    if job.attempt >= tries:
        _fail(job, sentence)
        return
    at = job.clock() + wait
    job.mine().update(
        state=EffectState.WAITING,
        failures=F("failures") + 1,
        available_at=at,
        lease_until=None,
        worker="",
        error=sentence[:400],
    )


def _fail(job: Job, sentence: str) -> None:
    logger.warning("effect %s kind=%s failed for good at attempt %d", job.effect.pk, job.effect.kind, job.attempt)
    handler = HANDLERS.get(job.effect.kind)
    with transaction.atomic():
        failed = _finish(job, state=EffectState.FAILED, error=sentence[:400])
        if failed and handler and handler.given_up:
            handler.given_up(job)


def _finish(job: Job, **fields) -> bool:
    """False where another worker took the row back."""
    return bool(job.mine().update(finished_at=job.clock(), lease_until=None, worker="", **fields))
