"""Naming somebody's buddy, the buddy's answer, and the end of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from courses.buddies.buddy import Buddy, BuddyState, going
from people.log.audit import Act, record_each
from people.messages.calls import answered_for
from people.persons.user import User
from people.times import today

# of one buddy: more she cannot accompany
MOST = 10


@dataclass(frozen=True)
class Named:
    """Ids of those for whom the buddy is asked, and how many are left out, by why."""

    new: list[int]
    already: int
    herself: int
    not_hers: int


def sort_out(by: User, people: Collection[int], buddy: User | None) -> Named:
    """Who has a buddy, or one who was asked, keeps her. `buddy` None: it is not known yet who."""
    hers = answered_for(by, people) - {by.pk}
    hers = set(User.objects.filter(pk__in=hers, is_active=True).values_list("pk", flat=True))
    herself = hers & {buddy.pk} if buddy else set()
    rest = hers - herself
    already = set(going().filter(person__in=rest).values_list("person", flat=True))
    return Named(sorted(rest - already), len(already), len(herself), len(people) - len(hers))


def may_be_buddy(by: User, buddy: User) -> bool:
    """Somebody with an open account for whom `by` answers today, or herself."""
    return buddy.is_active and (buddy.pk == by.pk or bool(answered_for(by, [buddy.pk])))


def free_places(buddy: User) -> int:
    return max(MOST - going().filter(buddy=buddy).count(), 0)


@transaction.atomic
def name_buddy(by: User, people: Collection[int], buddy: User, now: datetime) -> int:
    """Asks the buddy for each; returns for how many. Whoever presses at the same moment waits for the people's rows.

    Who names herself has agreed with that. The caller asked `may_be_buddy`.
    """
    wanted = sort_out(by, people, buddy).new
    list(
        User.objects.filter(pk__in=[*wanted, buddy.pk]).order_by("pk").select_for_update(no_key=True).values_list("pk")
    )
    new = sort_out(by, wanted, buddy).new[: free_places(buddy)]
    state = BuddyState.AGREED if by.pk == buddy.pk else BuddyState.ASKED
    Buddy.objects.bulk_create(
        Buddy(person_id=pk, buddy=buddy, named_by=by, state=state, start=today(), recorded_at=now) for pk in new
    )
    record_each(Act.NAMED_BUDDY, by, User.objects.filter(pk__in=new), now)
    return len(new)


@transaction.atomic
def answer(pk: int, buddy: User, agrees: bool, now: datetime) -> bool:
    """False where it was answered or ended meanwhile, or is somebody else's."""
    row = _held(Q(buddy=buddy, state=BuddyState.ASKED), pk)
    if row is None:
        return False
    _replace(row, now, state=BuddyState.AGREED if agrees else BuddyState.DECLINED)
    return True


@transaction.atomic
def end(pk: int, by: User, now: datetime) -> bool:
    """Today is its last day. False where it was ended meanwhile. The caller asks who may."""
    row = _held(Q(), pk)
    if row is None:
        return False
    _replace(row, now, end=today(), ended_by_id=by.pk)
    if by.pk not in (row.person_id, row.buddy_id):
        record_each(Act.ENDED_BUDDY, by, [row.person], now)
    return True


def _held(which: Q, pk: int) -> Buddy | None:
    return going().filter(which, pk=pk).select_for_update(of=("self",)).select_related("person").first()


def _replace(row: Buddy, now: datetime, **fields) -> None:
    Buddy.objects.filter(pk=row.pk).supersede(now)
    kept = ("person_id", "buddy_id", "named_by_id", "state", "start", "end", "ended_by_id")
    Buddy.objects.create(recorded_at=now, **{name: getattr(row, name) for name in kept} | fields)


@dataclass(frozen=True)
class Beside:
    """Of one person: her own buddy who agreed, those whom she accompanies, and what she was asked."""

    own: Buddy | None
    accompanied: list[Buddy]
    asked: list[Buddy]

    def __bool__(self) -> bool:
        return bool(self.own or self.accompanied or self.asked)


NOBODY_BESIDE = Beside(None, [], [])


def concerned(person: User) -> QuerySet[Buddy]:
    """The rows in which she is either."""
    return going().filter(Q(person=person.pk) | Q(buddy=person.pk))


def beside(person: User) -> Beside:
    """One query."""
    rows = list(concerned(person).select_related("person", "buddy").order_by("pk"))
    agreed = [row for row in rows if row.state == BuddyState.AGREED]
    return Beside(
        next((row for row in agreed if row.person_id == person.pk), None),
        [row for row in agreed if row.buddy_id == person.pk],
        [row for row in rows if row.state == BuddyState.ASKED and row.buddy_id == person.pk],
    )
