"""The unit's call list: who could not be told by mail or text message, and for whom something still stands today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Subquery

from people.messages.day_message import DayMessage, MessageState
from people.messages.sending import still_standing
from people.messages.topics import Line
from people.persons.phones import local_phone
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import PEOPLE_KINDS
from people.rights.scope import answered_by, reaches_everything, role_units, visible_to
from people.times import covering

# who was to be called longer ago is late by more than a call mends; the next step of the plan comes anyway
KEPT = timedelta(days=30)
MOST = 200


@dataclass(frozen=True)
class Call:
    message: DayMessage
    phone: str
    place: str
    lines: list[Line]

    @property
    def person(self) -> User:
        return self.message.person


def to_call(user, day: date) -> list[Call]:
    """Those for whom the user answers today, by name; each once, for the latest message. A constant number of queries.
    Nobody is on it whose matter is settled, as nobody would be sent a mail.
    """
    rows = list(_waiting(user, day).select_related("person").order_by("person__name_order", "pk")[:MOST])
    people = [row.person_id for row in rows]
    answered = answered_for(user, people)
    lines, places = still_standing(people, day), places_of(people, day)
    return [
        Call(row, local_phone(row.person.phone or ""), places.get(row.person_id, ""), [*lines[row.person_id].values()])
        for row in rows
        if row.person_id in answered and lines.get(row.person_id, {}).keys() & set(row.about)
    ]


def _waiting(user, day: date):
    latest = DayMessage.objects.filter(person=OuterRef("person")).order_by("-day").values("pk")[:1]
    rows = DayMessage.objects.filter(state=MessageState.TO_CALL, day__gt=day - KEPT, person__is_active=True)
    mine = User.objects.filter(visible_to(user, User)).exclude(pk=user.pk)
    return rows.alias(latest=Subquery(latest)).filter(pk=F("latest"), person__in=mine.values("pk"))


def answered_for(user, people: Iterable[int]) -> set[int]:
    """Those among the people whose telephone and mail the user may see: for whom she answers that day."""
    people = set(people)
    if reaches_everything(user):
        return people
    units = role_units(user, PEOPLE_KINDS)
    return answered_by(units, people) if units and people else set()


def places_of(people: Iterable[int], day: date) -> dict[int, str]:
    """Where each counts on the day, in one query; the latest begun of several."""
    rows = Posting.objects.current().filter(covering(day), person__in=list(people)).placed_on(day).order_by("start")
    return dict(rows.values_list("person", "place"))


def called(user, pk: int, now: datetime, day: date) -> bool:
    """Whether it was on her list until now."""
    if not any(call.message.pk == pk for call in to_call(user, day)):
        return False
    rows = DayMessage.objects.filter(pk=pk, state=MessageState.TO_CALL)
    return bool(rows.update(state=MessageState.CALLED, called_at=now, called_by=user))
