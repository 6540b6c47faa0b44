from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Chiến dịch"

    def ready(self):
        from campaigns import commune_rights, in_menu, on_home, review_mail, spaces_in_time, taken_messages
        from people.successions import reach_changed

        on_home.offer()
        in_menu.offer_schools()
        commune_rights.announce()
        review_mail.connect()
        taken_messages.connect()
        reach_changed.connect(spaces_in_time.map_changed, dispatch_uid="campaigns.spaces")
