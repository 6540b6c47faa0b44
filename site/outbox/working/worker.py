"""The worker: drains the outbox, and runs the tasks that Wagtail queues through django-tasks.

It looks when it is woken (`outbox.wake_ups`), when the next effect falls due, and every IDLE_WAIT seconds whatever
happens. It takes back what a killed worker left: effects by their own lease, django-tasks' rows by the lease of the
worker that had claimed them.
"""

import logging
import signal
from datetime import datetime, timedelta
from threading import Event

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from outbox.draining import drain
from outbox.effects import Effect
from outbox.leases import Lease
from outbox.presence import Keeper, process_name
from outbox.wake_ups import WakeUps
from outbox.working.growth import Growth

logger = logging.getLogger("outbox")

# seconds until a worker looks by itself: a lost wake-up costs as much
IDLE_WAIT = 15.0
# the same where nothing can wake it
UNHEARD_WAIT = 0.5
TAKE_BACK_EVERY = timedelta(seconds=IDLE_WAIT)
MOST_CLAIMS = 5
# a task claimed by a worker that holds no lease with us (django-tasks' own `db_worker`) is believed dead only after
# this
FOREIGN_LIMIT = timedelta(hours=1)


def take_back_tasks(now: datetime) -> int:
    """Queues again the tasks whose worker is gone, giving up those that killed several; returns how many."""
    running = list(DBTaskResult.objects.running())
    if not running:
        return 0
    alive = {
        name.removeprefix("worker:") for name in Lease.objects.alive("worker:", now).values_list("name", flat=True)
    }
    ours = set(Lease.objects.filter(name__startswith="worker:").values_list("holder", flat=True))
    count = 0
    for row in running:
        claimed_by = row.worker_ids[-1] if row.worker_ids else ""
        if claimed_by in alive or (claimed_by not in ours and row.started_at and row.started_at > now - FOREIGN_LIMIT):
            continue
        status = TaskResultStatus.FAILED if len(row.worker_ids) >= MOST_CLAIMS else TaskResultStatus.READY
        count += DBTaskResult.objects.filter(
            pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
        ).update(status=status, finished_at=now if status == TaskResultStatus.FAILED else None)
    return count


def run_tasks(limit: int = 20) -> bool:
    """Runs at most `limit` queued tasks; False when there was none."""
    if not DBTaskResult.objects.ready().exists():  # claiming locks the whole SQLite database: not for nothing
        return False
    TaskRunner(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=limit,
        worker_id=process_name(),
        excluded_queue_names=[],
    ).run()
    return True


class Worker:
    """`renews`: whoever started it starts another one when it ends, so it ends when it has grown and is idle."""

    def __init__(self, *, renews: bool = False):
        self.growth = Growth() if renews else None
        self.stopping = Event()
        self.keeper = Keeper(f"worker:{process_name()}")
        self.wake_ups = WakeUps()
        self._last_take_back: datetime | None = None

    def stop(self, *_signal) -> None:
        """Ends after the effect in hand; what is left waits for the next worker."""
        self.stopping.set()
        self.wake_ups.wake()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        logger.info("worker starts")
        self.keeper.start()
        try:
            while not self.stopping.is_set():
                try:
                    wait = self.look()
                except DatabaseError as error:
                    logger.warning("worker: the database is away (%s)", type(error).__name__)
                    connection.close()
                    self.stopping.wait(5)
                    continue
                if not wait or self.stopping.is_set():
                    continue
                if self.growth and self.growth.is_too_much():
                    break
                self.wake_ups.wait(wait)
        finally:
            self.wake_ups.close()
            self.keeper.stop()
            logger.info("worker ends")

    def look(self) -> float:
        """Does one piece of work; how many seconds to wait for the next, 0 after one that was there."""
        now = timezone.now()
        close_old_connections()
        # before it looks: what is asked for from here on wakes it
        self.wake_ups.open()
        if not self.keeper.holds(self.keeper.names[0]):
            self.keeper.hold_now()
        if self._last_take_back is None or now - self._last_take_back >= TAKE_BACK_EVERY:
            take_back_tasks(now)
            self._last_take_back = now
        return 0.0 if self._one_round() else self._idle_wait(now)

    def _idle_wait(self, now: datetime) -> float:
        """Until the next effect falls due, or a dead worker's lease runs out; what comes earlier wakes."""
        longest = IDLE_WAIT if self.wake_ups.is_heard else UNHEARD_WAIT
        due = Effect.objects.next_due()
        # a hair later, so that it is due when it is looked at
        return longest if due is None else min(longest, max((due - now).total_seconds(), 0) + 0.05)

    def _one_round(self) -> bool:
        did = drain(limit=1)
        return bool(run_tasks(limit=5) or did)
