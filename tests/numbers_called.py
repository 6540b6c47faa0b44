"""Makes a number public as the site does: written, then called and confirmed by a second person."""

from datetime import date, datetime, time

from django.utils import timezone

from pages.contacts.confirming import confirm, propose
from pages.contacts.contact import Contact
from people.times import today


def called(contact: Contact, by, day: date | None = None) -> Contact:
    """`by` may confirm it and wrote none of it; what waits, else the row as it is, is confirmed by a call of `day`."""
    day = day or today()
    morning = timezone.make_aware(datetime.combine(day, time(8)))
    waiting = contact.waiting() or propose(contact, contact.said(), None, morning)
    contact.versions.filter(pk=waiting.pk).update(written_at=morning)
    confirm(waiting.pk, by, timezone.now(), day, waiting.number)
    contact.refresh_from_db()
    return contact


def public_contact(**fields) -> Contact:
    """A number that the public sees, where how it came there is of no concern; `called_on` is the day of its call."""
    called_on = fields.pop("called_on", today())
    contact = Contact.objects.create(**{"name": "Trung tâm", "when": "Cần hỏi", **fields})
    Contact.objects.filter(pk=contact.pk).update(public_since=timezone.now(), confirmed_on=called_on)
    contact.refresh_from_db()
    return contact
