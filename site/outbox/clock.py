"""What happens at its own time: one clock for the whole installation, held by a lease in the database.

An app registers its jobs in the `<app>/effects.py` that also registers its handlers:

    from outbox.clock import daily, every

    @every("outbox.chores.publish_scheduled", minutes=1)
    def publish_scheduled(now): ...

    @daily("courses.daily_counts.daily_counts", at="01:30")  # Asia/Ho_Chi_Minh; a missed one runs at the next start
    def count_yesterday(now): ...

The name is kept in the database, so it stays whatever becomes of the function: another name is another job, which runs
once more on the same day. A job takes the aware time `now`, is idempotent, and fails alone: the others run.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

logger = logging.getLogger("outbox.clock")


class ClockRun(models.Model):
    """When a job last ran; the row is what makes a missed day be made up for."""

    job = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    # NULL: never finished without an error since
    finished_at = models.DateTimeField(null=True)

    def __str__(self):
        return self.job


@dataclass(frozen=True)
class ClockJob:
    name: str
    run: Callable[[datetime], object]
    every: timedelta | None
    at: time | None

    def due_at(self, last: datetime | None, now: datetime) -> bool:
        """Whether it is to run now, having last started at `last`."""
        if self.at is None:
            return last is None or self.every is None or now - last >= self.every
        local = timezone.localtime(now)
        today_at = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        latest = today_at if local >= today_at else today_at - timedelta(days=1)
        return last is None or last < latest


JOBS: dict[str, ClockJob] = {}


def every(name: str, *, minutes: float):
    return _register(name, timedelta(minutes=minutes), None)


def daily(name: str, *, at: str):
    """`at` is "hh:mm" in Asia/Ho_Chi_Minh."""
    return _register(name, None, time.fromisoformat(at))


def _register(name: str, interval: timedelta | None, at: time | None):
    def register(function):
        JOBS[name] = ClockJob(name, function, interval, at)
        return function

    return register


def tick(now: datetime) -> list[str]:
    """Runs every job that is due; returns the names of those that ran through."""
    last = dict(ClockRun.objects.values_list("job", "started_at"))
    ran = []
    for job in list(JOBS.values()):
        if not job.due_at(last.get(job.name), now):
            continue
        ClockRun.objects.update_or_create(job=job.name, defaults={"started_at": now})
        try:
            job.run(now)
        except Exception as error:
            logger.exception("clock job %s: %s", job.name, type(error).__name__)
        else:
            ClockRun.objects.filter(job=job.name).update(finished_at=timezone.now())
            ran.append(job.name)
    return ran
