from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from pages import home_places, rights, search_index, share_pictures, version, workflow_mail

        version.connect()
        rights.connect()
        share_pictures.connect()
        workflow_mail.connect()
        search_index.connect()
        home_places.offer()
