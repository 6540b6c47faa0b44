"""Hands in, as they were saved, the attempts whose time is over: the server's clock decides, not somebody's device."""

from datetime import datetime

from courses.attempts.attempt import Attempt
from courses.attempts.time_over import GRACE
from courses.quizzes.submitting import submit
from outbox.clock import every
from people.write_lock import make_way


@every("courses.quizzes.time_over.hand_in", minutes=1)
def hand_in(now: datetime) -> int:
    """How many; each is a transaction. What was touched meanwhile is handed in already."""
    rows = Attempt.objects.filter(submitted_at=None, closes_at=None, ends_at__lt=now - GRACE)
    done = 0
    for attempt in rows.select_related("person").order_by("ends_at", "pk").iterator(100):
        submit(attempt, now)
        done += 1
        make_way()
    return done
