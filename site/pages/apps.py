from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        # models can be imported from here on
        from pages.wiring import connect

        connect(self)
