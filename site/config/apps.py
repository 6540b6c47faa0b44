"""Project-wide wiring that belongs to no domain app."""

import gc

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self):
        # importing a module of checks registers them; the apps must be loaded first
        from config import checks  # noqa: F401

        # manage.py stops it while the apps load
        gc.enable()
