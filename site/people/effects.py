"""What the clock does for people and sign-in."""

from datetime import datetime

from outbox.clock import daily
from people.sessions import forget_ended


@daily(at="03:12")
def forget_ended_sessions(now: datetime) -> None:
    """The list of devices keeps nothing of sessions that can no longer be used."""
    forget_ended(now)
