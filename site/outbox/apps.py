from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OutboxConfig(AppConfig):
    name = "outbox"

    def ready(self):
        # they register themselves by being imported, once the models are there
        from outbox import chores, mail  # noqa: F401

        autodiscover_modules("effects")
