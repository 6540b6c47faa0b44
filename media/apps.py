from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "media"
    label = "media"
    verbose_name = "Thư viện"

    def ready(self):
        # models can be imported from here on
        from media import renditions, stored
        from media.checking import scanning
        from media.consents import ending
        from media.replacing import scheduled, waiting, words
        from media.sounds import making

        renditions.connect()
        # before what sets a new file aside
        ending.connect()
        stored.connect()
        making.connect()
        scanning.connect()
        waiting.connect()
        words.connect()
        scheduled.connect()
