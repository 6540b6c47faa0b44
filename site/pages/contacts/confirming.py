"""Writing a number, its second call, and taking it off: the one way by which a contact changes.

What is written waits beside what the public sees. A second person, who wrote no part of it, calls the number herself;
then it is public. Taking off acts at once, and putting back is written like a change, so it needs a second call too.
A number of the whole country is compared with its source instead: nobody calls 113 to see whether somebody answers.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pages.contacts import who
from pages.contacts.contact import Contact, ContactCall
from pages.contacts.dialling import home, is_national
from pages.contacts.mail import tell_writer
from pages.contacts.national import national_faults
from pages.contacts.versions import ContactTakenOff, ContactVersion, VersionState
from people.times import today


class Fault(models.TextChoices):
    """Why a second person gives a number back; the first two are known by a call."""

    NO_ANSWER = "no_answer", _("Không ai bắt máy")
    WRONG = "wrong", _("Số sai, không đúng nơi")
    WORDS = "words", _("Lời ghi chưa đúng")


@transaction.atomic
def propose(contact: Contact, said: Mapping[str, Any], by, now: datetime) -> ContactVersion | None:
    """Lets this form wait for its second call, instead of one that waits already; None where the public sees it so.

    `by` is None for the starter content. Raises ValidationError by field where a national number stands in it.
    """
    contact = _locked(contact.pk)
    if faults := national_faults(said, contact.unit_id is None):
        raise ValidationError(faults)
    waiting = contact.waiting()
    if waiting is not None and waiting.said() == said:
        return waiting
    _supersede(contact, by, now)
    if not contact.is_public:
        for name, value in said.items():
            setattr(contact, name, value)
        contact.save()
    elif contact.said() == said and _is_vouched_for(contact):
        return None
    return ContactVersion.objects.create(contact=contact, written_by=by, written_at=now, **said)


@transaction.atomic
def confirm(version_id: int, by, now: datetime, called_on: date | None, dialled: str, why: str = "") -> Contact:
    """Makes the version public that the confirmer saw. `called_on` and `dialled`, the number as she dialled it, are of
    her own call; a national number has none. Raises ValidationError with a sentence.
    """
    version = _answerable(version_id, by)
    contact = version.contact
    if faults := national_faults(version.said(), contact.unit_id is None):
        raise ValidationError([fault.message for fault in faults.values()])
    national = contact.unit_id is None and is_national(version.number)
    if not national:
        _check_call(version, called_on, dialled)
        _note_call(version, by, called_on, True, now)
    _decide(version, VersionState.CONFIRMED, by, now, why)
    for name, value in version.said().items():
        setattr(contact, name, value)
    contact.public_since = now
    contact.confirmed_on, contact.confirmed_by = (None, None) if national else (called_on, by)
    contact.validate_constraints()
    contact.save()
    return contact


@transaction.atomic
def give_back(version_id: int, by, now: datetime, fault: Fault, why: str = "") -> Contact:
    """Returns the version to who wrote it. A public number that she called in vain goes off at once."""
    version = _answerable(version_id, by)
    contact = version.contact
    said = f"{Fault(fault).label}. {why}".strip()
    _decide(version, VersionState.RETURNED, by, now, said)
    if fault != Fault.WORDS and not (contact.unit_id is None and is_national(version.number)):
        call = _note_call(version, by, timezone.localdate(now), False, now)
        _heed(contact, call)
    return contact


@transaction.atomic
def take_off(contact: Contact, by, why: str, now: datetime) -> None:
    """Off every page at once, and what waits unchanged with it; a correction that waits goes on waiting. Raises
    ValidationError where there is nothing to take off.
    """
    contact = _locked(contact.pk)
    if not who.may_take_off(by, contact):
        raise ValidationError(gettext("Anh chị không gỡ được số này."))
    waiting = contact.waiting()
    if not contact.is_public and waiting is None:
        raise ValidationError(gettext("Số này đã gỡ xuống rồi."))
    _take_off(contact, by, why, now)


@transaction.atomic
def record_call(contact: Contact, by, called_on: date, answered: bool, now: datetime) -> ContactCall:
    """Records a trial call, to the form that waits if there is one. It makes nothing public; a public number that
    nobody answers goes off at once, and one that somebody answers says the day. A future day raises ValidationError.
    """
    if called_on > today():
        raise ValidationError({"called_on": gettext("Ngày gọi thử không thể ở sau hôm nay.")})
    contact = _locked(contact.pk)
    called = contact.waiting() or contact
    call = ContactCall.objects.create(
        contact=contact, number=called.number, called_on=called_on, answered=answered, called_by=by, recorded_at=now
    )
    _heed(contact, call)
    return call


# --- parts


def _locked(pk: int) -> Contact:
    """Whoever writes, answers or takes off at the same moment comes one after the other."""
    return Contact.objects.select_for_update(of=("self",)).get(pk=pk)


def _answerable(version_id: int, by) -> ContactVersion:
    contact_id = ContactVersion.objects.values_list("contact", flat=True).get(pk=version_id)
    contact = _locked(contact_id)
    version = ContactVersion.objects.get(pk=version_id)
    version.contact = contact
    if version.state != VersionState.WAITING:
        raise ValidationError(gettext("Bản anh chị xem vừa được sửa hoặc đã có người trả lời; hãy xem lại bản ở dưới."))
    if sentence := who.hindrance(by, version):
        raise ValidationError(sentence)
    return version


def _check_call(version: ContactVersion, called_on: date | None, dialled: str) -> None:
    faults = {}
    if called_on is None:
        faults["called_on"] = gettext("Ghi ngày anh chị đã gọi số này.")
    elif called_on > today():
        faults["called_on"] = gettext("Ngày gọi không thể ở sau hôm nay.")
    elif called_on < timezone.localdate(version.written_at):
        day = f"{timezone.localdate(version.written_at):%d/%m/%Y}"
        faults["called_on"] = gettext("Bản này viết ngày %(day)s; hãy gọi lại rồi ghi ngày gọi.") % {"day": day}
    if home(dialled) != home(version.number):
        faults["dialled"] = gettext("Số đã bấm không giống số trong bản này; xem lại nhật ký cuộc gọi trong máy.")
    if faults:
        raise ValidationError(faults)


def _note_call(version: ContactVersion, by, called_on, answered: bool, now: datetime) -> ContactCall:
    return ContactCall.objects.create(
        contact=version.contact, version=version, number=version.number, called_on=called_on, answered=answered,
        called_by=by, recorded_at=now,
    )  # fmt: skip


def _heed(contact: Contact, call: ContactCall) -> None:
    """What a call to the public number means; an older one that was noted later means nothing."""
    if not contact.is_public or contact.is_national or home(call.number) != home(contact.number):
        return
    if ContactCall.objects.filter(contact=contact, number=call.number).first() != call:
        return
    if not call.answered:
        _take_off(contact, call.called_by, gettext("Gọi thử không ai nghe, hoặc không đúng nơi."), call.recorded_at)
        return
    contact.confirmed_on, contact.confirmed_by = call.called_on, call.called_by
    contact.save(update_fields=["confirmed_on", "confirmed_by"])


def _take_off(contact: Contact, by, why: str, now: datetime) -> None:
    waiting = contact.waiting()
    if waiting is not None and (not contact.is_public or waiting.said() == contact.said()):
        _decide(waiting, VersionState.SUPERSEDED, by, now)
    ContactTakenOff.objects.create(contact=contact, by=by, at=now, why=why)
    contact.public_since = contact.confirmed_on = contact.confirmed_by = None
    contact.save(update_fields=["public_since", "confirmed_on", "confirmed_by"])


def _supersede(contact: Contact, by, now: datetime) -> None:
    if (waiting := contact.waiting()) is not None:
        _decide(waiting, VersionState.SUPERSEDED, by, now)


def _decide(version: ContactVersion, state: VersionState, by, now: datetime, why: str = "") -> None:
    version.state, version.decided_by, version.decided_at, version.why = state, by, now, why[:300]
    version.save(update_fields=["state", "decided_by", "decided_at", "why"])
    if state in (VersionState.CONFIRMED, VersionState.RETURNED):
        tell_writer(version)


def _is_vouched_for(contact: Contact) -> bool:
    """By a second person, or as a number of the whole country; not what was public at the upgrade."""
    confirmed = contact.versions.filter(state=VersionState.CONFIRMED, **contact.said())
    return contact.is_national or confirmed.exists()
