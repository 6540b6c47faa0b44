from django.apps import AppConfig
from django.apps import apps as registry
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "Đơn vị và con người"

    def ready(self):
        from allauth.account import signals as account_signals
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from people.log import audit
        from people.rights.roles import role_changed
        from people.signing_in import sessions

        audit.connect()
        post_migrate.connect(fill_duties, sender=self)
        user_logged_in.connect(sessions.begin)
        user_logged_out.connect(sessions.finish)
        account_signals.password_changed.connect(sessions.password_changed)
        account_signals.password_set.connect(sessions.password_changed)
        role_changed.connect(sessions.role_given)


def fill_duties(apps=registry, **kwargs):
    """So that a roster can be imported into a database that was only migrated. `flush` sends no `apps`."""
    try:
        duty = apps.get_model("people", "Duty")
    except LookupError:  # migrated back to nothing
        return
    from people.postings.posting import seed_duties

    seed_duties(duty.objects.using(kwargs["using"]))
