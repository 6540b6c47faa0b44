"""Seats of a class: inviting, declining, taking off; whoever waits moves up by herself.

Each act holds the class's row, so of two at one moment the second sees what the first left.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courses.classes.planned.participant import TAKING_PART, Participant, SeatState
from courses.classes.planned.telling import News, tell
from courses.classes.planned.training_class import TrainingClass, is_over
from courses.classes.planned.whose import LEADING_KINDS
from people.persons.user import User, UserQuerySet
from people.postings.posting import Posting
from people.rights import scope
from people.times import covering


@dataclass(frozen=True)
class Invited:
    seated: int
    waiting: int


def may_be_invited(user, training_class: TrainingClass) -> UserQuerySet:
    """People posted in the class's unit on its first day, within the user's reach, whose account is open; not who
    teaches it. People of other units come as walk-ins, so that whoever answers for the unit may see its whole list.
    """
    day = training_class.meetings.all()[0].on
    postings = Posting.objects.current().filter(covering(day), unit__in=scope.under([training_class.unit_id]))
    if not scope.reaches_everything(user):
        postings = postings.filter(unit__in=scope.under(scope.role_units(user, LEADING_KINDS)))
    people = User.objects.filter(pk__in=postings.values("person"), is_active=True)
    return people.exclude(pk__in=training_class.trainers.values("pk"))


@transaction.atomic
def invite(user, training_class: TrainingClass, people: Iterable[int], now: datetime) -> Invited:
    """Who takes part already stays as she is; who declined or was taken off is invited anew. By name while seats are
    free, then to the waiting list.
    """
    row = _held(training_class)
    known, new = _new(user, row, people)
    free = _free(row)
    seated, waiting = new[:free], new[free:]
    for state, group in ((SeatState.SEATED, seated), (SeatState.WAITING, waiting)):
        _put(row, user, [one.pk for one in group], known, state, now)
    tell(row, row.participants.filter(person__in=seated), News.SEATED, now)
    tell(row, row.participants.filter(person__in=waiting), News.WAITING, now)
    return Invited(len(seated), len(waiting))


@dataclass(frozen=True)
class Foreseen:
    """How many of some people would get a seat and how many would wait; who takes part already; who cannot be invited:
    posted elsewhere, out of the user's reach, teaching the class, or with a closed account.
    """

    seated: int
    waiting: int
    inside: int
    not_possible: int


def foresee(user, training_class: TrainingClass, people: Collection[int]) -> Foreseen:
    """What `invite` would do; it writes nothing."""
    known, new = _new(user, training_class, people)
    free, inside = _free(training_class), sum(one.state in TAKING_PART for one in known.values())
    return Foreseen(min(len(new), free), max(len(new) - free, 0), inside, len(people) - len(new) - inside)


def _new(user, row: TrainingClass, people: Iterable[int]) -> tuple[dict[int, Participant], list[User]]:
    """Those among them who were ever in the class, by person; and by name who can be invited now; two queries, and
    those of the reach.
    """
    known = {one.person_id: one for one in row.participants.filter(person__in=list(people))}
    wanted = may_be_invited(user, row).filter(pk__in=list(people)).by_name()
    return known, [one for one in wanted if one.pk not in known or known[one.pk].state not in TAKING_PART]


def _free(row: TrainingClass) -> int:
    """Seats for who comes now: who waits goes before."""
    return 0 if row.participants.waiting().exists() else max(row.seats - row.participants.seated().count(), 0)


def _put(row: TrainingClass, user, people: list[int], known: dict, state: SeatState, now: datetime) -> None:
    again = [known[pk].pk for pk in people if pk in known]
    said = {"state": state, "invited_by": user, "invited_at": now, "waits_since": now, "changed_at": now}
    Participant.objects.filter(pk__in=again).update(**said, walk_in=False)
    Participant.objects.bulk_create(
        Participant(training_class=row, person_id=pk, **said) for pk in people if pk not in known
    )


@transaction.atomic
def leave(participant: Participant, state: SeatState, now: datetime) -> bool:
    """She declines, or is taken off, and who waits longest moves up; pressed twice it counts once. False where she
    takes no part any more, or the class is over for her to say so.
    """
    row = _held(participant.training_class)
    mine = row.participants.taking_part().filter(pk=participant.pk)
    if is_over(row, now) or not mine.update(state=state, changed_at=now):
        return False
    if state is SeatState.OFF:
        tell(row, row.participants.filter(pk=participant.pk), News.OFF, now)
    fill(row, now)
    return True


def fill(row: TrainingClass, now: datetime) -> int:
    """How many of those who wait have a seat now; the caller holds the class's row."""
    if row.cancelled_at or is_over(row, now):
        return 0
    free = row.seats - row.participants.seated().count()
    up = [one.pk for one in row.participants.waiting()[:free]] if free > 0 else []
    moved = row.participants.filter(pk__in=up)
    if moved.update(state=SeatState.SEATED, changed_at=now):
        tell(row, row.participants.filter(pk__in=up), News.MOVED_UP, now)
    return len(up)


def _held(training_class: TrainingClass) -> TrainingClass:
    return TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class.pk)
