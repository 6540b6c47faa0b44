from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Đơn vị và con người"

    def ready(self):
        # models can be imported from here on
        from people.wiring import connect

        connect(self)
