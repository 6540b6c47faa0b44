from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Đơn vị và con người"

    def ready(self):
        from people import audit

        audit.connect()
        post_migrate.connect(fill_duties, sender=self)


def fill_duties(apps=registry, **kwargs):
    """So that a roster can be imported into a database that was only migrated. `flush` sends no `apps`."""
    try:
        duty = apps.get_model("people", "Duty")
    except LookupError:  # migrated back to nothing
        return
    from people.postings import seed_duties

    seed_duties(duty.objects.using(kwargs["using"]))
