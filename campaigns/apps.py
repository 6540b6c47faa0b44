from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Chiến dịch"

    def ready(self):
        from campaigns import on_home

        on_home.offer()
