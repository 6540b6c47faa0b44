"""Slips and links of before open nothing after a change of who the person is: a role given or ended, another place of
work, another address, erasure.

The same is asked again when a slip is used (`signing_in.activation.holds`), since a change may come by ways of its own.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from people.persons.contacts import contacts_changed
from people.persons.user import User
from people.postings.posting import Posting, postings_changed
from people.rights.roles import role_changed
from people.signing_in.activation import ActivationSlip, cannot_sign_in


def withdraw(people: Iterable[int], now: datetime) -> None:
    """Two statements for any number of people."""
    people = list(people)
    ActivationSlip.objects.filter(person__in=people, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    User.objects.filter(pk__in=people).update(access_round=F("access_round") + 1)


def connect() -> None:
    role_changed.connect(_role_changed, dispatch_uid="people.guarding.withdrawal")
    postings_changed.connect(_postings_changed, dispatch_uid="people.guarding.withdrawal")
    contacts_changed.connect(_contacts_changed, dispatch_uid="people.guarding.withdrawal")


def _role_changed(sender, role, **kwargs) -> None:
    withdraw([role.user_id], timezone.now())


def _contacts_changed(sender, changes, **kwargs) -> None:
    withdraw([change.person_id for change in changes], timezone.now())


def _postings_changed(sender, person_ids, now, **kwargs) -> None:
    """Only whose place or days changed, not the duties; and only who has something that could be withdrawn."""
    touched = Posting.objects.filter(Q(recorded_at=now) | Q(superseded_at=now), person__in=person_ids)
    before: dict[int, set[tuple]] = defaultdict(set)
    after: dict[int, set[tuple]] = defaultdict(set)
    for person, superseded_at, *place in touched.values_list("person", "superseded_at", "unit", "start", "end"):
        (before if superseded_at == now else after)[person].add(tuple(place))
    moved = [person for person in person_ids if before[person] != after[person]]
    slips = ActivationSlip.objects.filter(person=OuterRef("pk"), used_at=None, withdrawn_at=None)
    concerned = User.objects.filter(Exists(slips) | ~cannot_sign_in(), pk__in=moved)
    if people := list(concerned.values_list("pk", flat=True)):
        withdraw(people, now)
