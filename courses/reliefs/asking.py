"""Asking that people be excused, excluded or given more time: by who answers for their unit, never for oneself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models.functions import Coalesce

from courses.requirements.relief import ReliefKind, ReliefRequest
from courses.requirements.requirement import Requirement
from courses.standing.standing import Standing
from people.log.audit import Act, record_each
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.scope import ROSTER_KINDS, reaches_everything, role_units, under
from people.times import add_months, covering, today


@dataclass(frozen=True)
class Wish:
    """What is asked for each of several people. Of an extension `start` is today and `end` the new due day."""

    kind: ReliefKind
    requirement: Requirement
    start: date
    end: date
    reason: str


def last_day(start: date, now: date) -> date:
    """The latest day on which what is asked today may end: within twelve months of its first day and of today."""
    return add_months(min(start, now), 12)


def units_of(user, people: Collection[int]) -> dict[int, int]:
    """{person id: id of the unit} of those among them who are posted today where `user` answers for people: the unit in
    which the posting counts today. One query, and one or two for her reach.
    """
    postings = Posting.objects.current().filter(covering(today()), person__in=people).placed_on(today())
    if not reaches_everything(user):
        postings = postings.filter(unit__in=under(role_units(user, ROSTER_KINDS)))
    counted_at = Coalesce("at__ancestor", "unit")
    return dict(postings.order_by("-start", "-pk").values_list("person", counted_at))


def concerned(requirement: Requirement, people: Collection[int], start: date, end: date) -> set[int]:
    """Those among them who are required or excused on any of these days; one query."""
    rows = Standing.objects.filter(requirement=requirement, person__in=people, start__lte=end)
    return set(rows.exclude(end__lt=start).values_list("person", flat=True))


@transaction.atomic
def ask(wish: Wish, units: Mapping[int, int], by: User, now: datetime) -> int:
    """Asks for everybody in `units` (as of `units_of`); returns for how many it was not asked before.

    The same queries for one and for many.
    """
    locked = User.objects.filter(pk__in=units).order_by("pk").select_for_update(no_key=True)
    people = [person for person in locked if person.pk != by.pk]
    same = {"requirement": wish.requirement, "kind": wish.kind, "start": wish.start, "end": wish.end}
    waiting = set(ReliefRequest.objects.open().filter(person__in=people, **same).values_list("person", flat=True))
    people = [person for person in people if person.pk not in waiting]
    ReliefRequest.objects.bulk_create(
        ReliefRequest(
            person=person,
            unit_id=units[person.pk],
            reason=wish.reason,
            asked_by=by,
            asked_at=now,
            changed_at=now,
            **same,
        )
        for person in people
    )
    record_each(Act.ASKED_RELIEF, by, people, now)
    return len(people)
