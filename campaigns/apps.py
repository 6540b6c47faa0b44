from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Chiến dịch"

    def ready(self):
        from campaigns import commune_rights, review_mail, spaces_in_time  # noqa: F401
        from people.successions import reach_changed

        commune_rights.announce()
        reach_changed.connect(spaces_in_time.map_changed, dispatch_uid="campaigns.spaces")
