from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from pages import home_places
        from pages.cms import groups as rights
        from pages.cms import workflow_mail
        from pages.search import index as search_index
        from pages.serving import version
        from pages.sharing import pictures as share_pictures

        version.connect()
        rights.connect()
        share_pictures.connect()
        workflow_mail.connect()
        search_index.connect()
        home_places.offer()
