"""Undoing what was done to an account behind its owner's back: the old address, and nothing open but a new slip."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from people.guarding.notices import UNDONE_WITHIN, AccountNotice
from people.guarding.withdrawal import withdraw
from people.log.audit import Act, record
from people.persons.contacts import FIELDS
from people.persons.user import User
from people.signing_in.sessions import DeviceSession, end


@transaction.atomic
def restore(notice: AccountNotice, by, now: datetime) -> bool:
    """Restores the address of before, ends slips, links, sessions and second steps set up since, and leaves no
    password: she asks for a new slip. `by` None: by the link. False where it was undone or too old already.
    """
    open_still = AccountNotice.objects.filter(pk=notice.pk, undone_at=None, at__gt=now - UNDONE_WITHIN)
    if not open_still.update(undone_at=now):
        return False
    person = User.objects.select_for_update(no_key=True).get(pk=notice.person_id)
    for name in FIELDS:
        if name in notice.old and not _taken(name, notice.old[name], person):
            setattr(person, name, notice.old[name])
    person.set_unusable_password()
    person.save(update_fields=[*FIELDS, "password"])
    withdraw([person.pk], now)
    Authenticator.objects.filter(user=person, created_at__gte=notice.at).delete()
    for session in DeviceSession.objects.filter(person=person):
        end(session)
    # what was done after it is undone with it
    AccountNotice.objects.filter(person=person, at__gte=notice.at, undone_at=None).update(undone_at=now)
    record(Act.RESTORED_ACCOUNT, by, person=person, detail=notice.what, at=now)
    return True


def _taken(name: str, value: str | None, person: User) -> bool:
    """Whether somebody else bears this address by now."""
    match = {"email__iexact": value} if name == "email" else {name: value}
    return bool(value) and User.objects.filter(**match).exclude(pk=person.pk).exists()
