from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = "Chiến dịch"

    def ready(self):
        from campaigns.communes import rights as commune_rights
        from campaigns.communes import taken_messages
        from campaigns.messages import in_menu, on_home
        from campaigns.review import mail as review_mail
        from campaigns.spaces import schedule as spaces_in_time
        from people.units.successions import reach_changed

        on_home.offer()
        in_menu.offer_schools()
        commune_rights.announce()
        review_mail.connect()
        taken_messages.connect()
        reach_changed.connect(spaces_in_time.map_changed, dispatch_uid="campaigns.spaces.spaces")
