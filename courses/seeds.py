"""What `manage.py seed` asks of the courses: units, courses and requirements, and in a trial a made-up year."""

from courses.demo.staging import beginning, stage
from courses.starter.seeding import seed


def content(now, say, *, demo: bool) -> None:
    # in a trial the province has known its units since the made-up year began
    seed(beginning(now) if demo else now, say)


def trial(now, say) -> None:
    stage(now, say)
