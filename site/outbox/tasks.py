"""The wake-up through django-tasks: a task holds nothing of its own, it only drains the outbox.

Losing one costs a moment, never an effect: `manage.py worker` looks at the rows by itself, and the clock wakes for what
is overdue.
"""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from outbox.draining import drain


@task()
def drain_outbox() -> int:
    return drain(limit=50)


def wake() -> None:
    """Asks a worker to look at the outbox, unless it is asked already."""
    if not DBTaskResult.objects.ready().filter(task_path=drain_outbox.module_path).exists():
        drain_outbox.enqueue()
