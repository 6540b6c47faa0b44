from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = "Thư viện"

    def ready(self):
        from media import renditions

        renditions.connect()
