"""Who was chosen from a list is forgotten after a day."""

from datetime import datetime

from courses.acts.choice import forget_old
from outbox.clock import every


@every("courses.reminders.forget_choices", minutes=60)
def forget_choices(now: datetime) -> None:
    forget_old(now)
