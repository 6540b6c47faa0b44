from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Chiến dịch"

    def ready(self):
        # models can be imported from here on
        from campaigns.wiring import connect

        connect()
