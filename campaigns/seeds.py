"""What `manage.py seed` asks of the campaigns: starter campaign and lessons, and in a trial two communes at work."""

from campaigns.demo import stage
from campaigns.starter.seeding import seed


def content(now, say, *, demo: bool) -> None:
    seed(now, say)


def trial(now, say) -> None:
    stage(now, say)
