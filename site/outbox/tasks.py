"""The wake-up through django-tasks: a task holds nothing of its own, it only drains the outbox.

Losing one costs a moment, never an effect: `manage.py worker` looks at the rows by itself every few seconds, and the
clock wakes for what is overdue.
"""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from outbox.draining import drain
from outbox.wake_ups import tell_workers


@task()
def drain_outbox() -> int:
    return drain(limit=50)


def wake() -> None:
    """Asks a worker to look at the outbox: by a task where none is queued, which tells the workers as any task does."""
    if DBTaskResult.objects.ready().filter(task_path=drain_outbox.module_path).exists():
        tell_workers()
    else:
        drain_outbox.enqueue()
