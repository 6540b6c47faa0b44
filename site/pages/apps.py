from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from pages import rights, share_pictures, version

        version.connect()
        rights.connect()
        share_pictures.connect()
