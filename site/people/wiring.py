"""Connects signals when Django is ready: the audit log, sessions, the starter duties."""

from allauth.account import signals as account_signals
from django.apps import apps as registry
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_migrate

from people.guarding import notices, sign_ins, withdrawal
from people.log import audit
from people.merging import queued
from people.postings.posting import seed_duties
from people.privacy import own_lists, own_messages
from people.privacy import queued as asked_queued
from people.reforms import queued as reforms_queued
from people.rights import giving
from people.rights.roles import role_changed
from people.signing_in import sessions
from people.undoing import map_rows, person_rows, posting_rows

# what is held about a person beside her account
OWN = (own_lists,)
# what waits for somebody on the staff
QUEUE = (queued, asked_queued, reforms_queued)
# how rows of changes about units, people and postings are undone
ROWS = (map_rows, person_rows, posting_rows)


def connect(config) -> None:
    audit.connect()
    giving.connect()
    withdrawal.connect()
    notices.connect()
    sign_ins.connect()
    own_messages.connect()
    post_migrate.connect(fill_duties, sender=config)
    user_logged_in.connect(sessions.begin)
    user_logged_in.connect(sign_ins.signed_in)
    user_logged_in.connect(notices.remind)
    user_logged_out.connect(sessions.finish)
    account_signals.password_changed.connect(sessions.password_changed)
    account_signals.password_set.connect(sessions.password_changed)
    role_changed.connect(sessions.role_given)


def fill_duties(apps=registry, **kwargs):
    """Creates the starter duties, so that a roster can be imported into a database that was only migrated. `flush`
    sends no `apps`.
    """
    try:
        duty = apps.get_model("people", "Duty")
    except LookupError:  # the migrations were reversed
        return
    seed_duties(duty.objects.using(kwargs["using"]))
