"""What `manage.py seed` asks of the campaigns: starter campaign and lessons, and in a trial two communes at work."""

from campaigns.activities.made.kind import seed_kinds
from campaigns.demo import found_school, name_languages, stage
from campaigns.starter.seeding import seed


def content(now, say, *, demo: bool) -> None:
    seed(now, say)
    seed_kinds()


def trial(now, say) -> None:
    name_languages()
    found_school(now)
    stage(now, say)
