from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from pages import rights, search_index, share_pictures, version

        version.connect()
        rights.connect()
        share_pictures.connect()
        search_index.connect()
