"""Project-wide wiring that belongs to no domain app."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self):
        # a check registers itself by being imported, once the apps are there
        from config import checks  # noqa: F401
