"""Two who answer for a number at the same moment: one of them does, the other is told, and the public sees one form."""

import pytest
from at_once import at_once
from django.core.exceptions import ValidationError
from django.utils import timezone
from factories import make_cast, make_map
from numbers_called import called

from outbox.effects import Effect
from pages.contacts.confirming import Fault, confirm, give_back, propose
from pages.contacts.contact import Contact, ContactCall
from pages.contacts.versions import ContactVersion, VersionState
from people.persons.user import User
from people.rights.roles import RoleKind, give
from people.times import today
from people.units.successions import rebuild_reach

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "0235 379 6123"
ROUNDS = 3
MAIL = "mai@example.vn"


@pytest.fixture
def it():
    """Committed, so that threads see it: a public number of Tây Giang, which two heads answer for."""
    units = make_map()
    rebuild_reach()
    people = make_cast(units)
    people.units = units
    User.objects.filter(pk=people.editor.pk).update(email=MAIL)
    contact = Contact.objects.create(number=NUMBER, name="Công an xã", when="Cần gặp", unit=units.tay_giang)
    propose(contact, contact.said(), people.editor, timezone.now())
    people.contact = called(contact, people.unit_head)
    give(people.other_learner, RoleKind.UNIT_HEAD, units.tay_giang)
    return people


def change(it, **said) -> ContactVersion:
    return propose(it.contact, {**it.contact.said(), **said}, it.editor, timezone.now())


def confirms(version, by):
    return lambda: confirm(version.pk, by, timezone.now(), today(), version.number)


def test_two_who_confirm_the_same_change_are_one_confirmation_and_one_sentence(it):
    for number in range(ROUNDS):
        version = change(it, name=f"Trạm {number}")
        before = ContactCall.objects.count()
        answers = at_once(*(confirms(version, who) for who in (it.unit_head, it.other_learner)))
        (error,) = [one for one in answers if isinstance(one, Exception)]
        assert isinstance(error, ValidationError), error
        assert "đã có người trả lời" in error.messages[0]
        version.refresh_from_db()
        winner = (it.unit_head, it.other_learner)[answers.index(error) - 1]
        assert (version.state, version.decided_by) == (VersionState.CONFIRMED, winner)
        shown = Contact.objects.get(pk=it.contact.pk)
        assert (shown.name, shown.confirmed_by) == (f"Trạm {number}", winner)
        assert ContactCall.objects.count() == before + 1
        assert Effect.objects.filter(key=f"mail:contact:{version.pk}:confirmed", payload__to=MAIL).count() == 1


def test_confirmed_and_given_back_at_once_end_in_one_of_the_two(it):
    for number in range(ROUNDS):
        version = change(it, name=f"Trạm {number}")
        public = Contact.objects.get(pk=it.contact.pk).name
        answers = at_once(
            confirms(version, it.unit_head),
            lambda version=version: give_back(version.pk, it.other_learner, timezone.now(), Fault.WORDS, "Sai tên"),
        )
        assert sum(isinstance(one, ValidationError) for one in answers) == 1, answers
        version.refresh_from_db()
        confirmed = version.state == VersionState.CONFIRMED
        assert confirmed is not isinstance(answers[0], Exception)
        assert Contact.objects.get(pk=it.contact.pk).name == (f"Trạm {number}" if confirmed else public)


def test_what_was_rewritten_at_that_moment_is_not_confirmed_unseen(it):
    for number in range(ROUNDS):
        version = change(it, name=f"Trạm {number}")
        confirmed, written = at_once(
            confirms(version, it.unit_head), lambda number=number: change(it, name=f"Bưu điện {number}")
        )
        shown = Contact.objects.get(pk=it.contact.pk)
        assert isinstance(written, ContactVersion), written
        assert shown.name != f"Bưu điện {number}"
        assert shown.waiting() == written
        assert (shown.name == f"Trạm {number}") is not isinstance(confirmed, ValidationError)
