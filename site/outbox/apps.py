from django.apps import AppConfig
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from outbox.wake_ups import tell_workers


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self):
        # models can be imported from here on
        from django_tasks_db.compat import task_enqueued

        # jobs and handlers register themselves by being imported
        from outbox import chores, effects, mail, tasks  # noqa: F401

        effects.wakes_by(tasks.wake)
        autodiscover_modules("effects")
        task_enqueued.connect(_tell_of_task, dispatch_uid="outbox")


def _tell_of_task(sender, **kwargs) -> None:
    """What Wagtail queues wakes a worker as an effect does."""
    transaction.on_commit(tell_workers, robust=True)
