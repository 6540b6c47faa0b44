"""Correcting somebody's name, e-mail or telephone by hand: a change with its earlier values, so it can be undone."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people.changes.change import BulkChange, ChangedRow, Deed, Journal, Origin
from people.log.audit import Act, record, record_contacts
from people.persons.contacts import FIELDS as ADDRESSES
from people.persons.contacts import ContactChange, contacts_changed
from people.persons.user import PERSON, User
from people.roster.acting import BY_HAND, ActReason


@transaction.atomic
def correct(person: User, values: dict[str, str | None], by, now: datetime, reason: str) -> BulkChange | None:
    """`values` by field (full_name, email, phone); returns the change, or None where nothing differs. May raise
    IntegrityError where an address was taken meanwhile.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    before = {name: getattr(person, name) for name, value in values.items() if getattr(person, name) != value}
    if not before:
        return None
    for name in before:
        setattr(person, name, values[name])
    person.save(update_fields=[*before])
    if old := {name: value for name, value in before.items() if name in ADDRESSES}:
        record_contacts([(person.pk, old)], now, by)
        contacts_changed.send(sender=User, changes=[ContactChange(person.pk, old)], by=by)
    journal = Journal.begin(BY_HAND, now, Origin(_("Sửa tên, liên hệ"), by))
    ActReason.objects.create(change=journal.change, reason=reason)
    after = {name: values[name] for name in before}
    row = ChangedRow(kind=PERSON, what=Deed.CHANGED, person_id=person.pk, before=before, after=after)
    journal.keep([row], now)
    record(Act.CHANGED_ROSTER, by, count=1, detail="sua", at=now)
    journal.finish(now)
    return journal.change
