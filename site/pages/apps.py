from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self):
        from pages import rights, version, workflow_mail

        version.connect()
        rights.connect()
        workflow_mail.connect()
