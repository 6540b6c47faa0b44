"""Planning a class: its course, unit, meetings and trainers; changing and cancelling it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from courses.classes.planned.participant import Participant
from courses.classes.planned.seating import fill
from courses.classes.planned.telling import News, tell
from courses.classes.planned.training_class import Meeting, TrainingClass
from courses.classes.planned.whose import LEADING_KINDS
from people.persons.user import User, UserQuerySet
from people.rights import scope
from people.times import today
from people.units.unit import Unit


class Refused(ValueError):
    """The act is not possible; str() is one sentence for the person who tried."""


@dataclass(frozen=True)
class MeetingTimes:
    starts_at: datetime
    ends_at: datetime
    room: str


def units_to_plan_in(user) -> QuerySet[Unit]:
    """Today's units that the user's roles reach."""
    units = Unit.objects.on(today())
    if not scope.reaches_everything(user):
        units = units.filter(pk__in=scope.under(scope.role_units(user, LEADING_KINDS)))
    return units.by_name()


def possible_trainers(unit: Unit) -> QuerySet[User]:
    """Who leads training in this unit by a role of today."""
    above, holders = set(scope.above(unit.pk).values_list("ancestor", flat=True)), scope.holders(LEADING_KINDS)
    people = {person for place, them in holders.items() if place in above for person in them}
    return User.objects.filter(pk__in=people).by_name()


def trainers_of(row: TrainingClass) -> UserQuerySet:
    """By name."""
    # the stubs do not know that a related manager has what the default manager has
    return cast(UserQuerySet, row.trainers.all()).by_name()


@transaction.atomic
def plan(user, fields: dict, meetings: Sequence[MeetingTimes], now: datetime) -> TrainingClass:
    """`fields` as of `TrainingClass`, without who plans; who plans is its first trainer."""
    made = TrainingClass.objects.create(planned_by=user, planned_at=now, **fields)
    Meeting.objects.bulk_create(
        Meeting(training_class=made, starts_at=one.starts_at, ends_at=one.ends_at, room=one.room) for one in meetings
    )
    made.trainers.add(user)
    return made


def held(training_class: TrainingClass) -> TrainingClass:
    return TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class.pk)


@transaction.atomic
def change(training_class: TrainingClass, fields: dict, meetings: Sequence[MeetingTimes], now: datetime) -> None:
    """New meetings are told to everybody who takes part; more seats let the waiting move up. Raises Refused."""
    row = held(training_class)
    if row.cancelled_at:
        raise Refused(_("Lớp này đã hủy, nên không đổi được nữa."))
    if row.confirmations.filter(superseded_at=None).exists():
        raise Refused(_("Lớp này đã xác nhận. Muốn sửa, người phụ trách đơn vị bỏ xác nhận trước."))
    seated = row.participants.seated().count()
    if fields["seats"] < seated:
        raise Refused(_("Đã có %d người có chỗ; muốn bớt chỗ thì bỏ người ra trước.") % seated)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    if _place_meetings(row, meetings):
        tell(row, row.participants.taking_part(), News.MOVED, now)
    fill(row, now)


def _place_meetings(row: TrainingClass, meetings: Sequence[MeetingTimes]) -> bool:
    """Whether any is another one now. A meeting is known by when it starts; one with attendance stays. Raises
    Refused.
    """
    wanted, changed = {one.starts_at: one for one in meetings}, False
    for before in row.meetings.all():
        now_is = wanted.pop(before.starts_at, None)
        if now_is is None:
            if before.attendance.exists():
                raise Refused(_("Buổi %s đã điểm danh, nên không bỏ và không đổi giờ bắt đầu.") % before.written)
            before.delete()
            changed = True
        elif (before.ends_at, before.room) != (now_is.ends_at, now_is.room):
            before.ends_at, before.room, changed = now_is.ends_at, now_is.room, True
            before.save(update_fields=["ends_at", "room"])
    Meeting.objects.bulk_create(
        Meeting(training_class=row, starts_at=one.starts_at, ends_at=one.ends_at, room=one.room)
        for one in wanted.values()
    )
    return changed or bool(wanted)


@transaction.atomic
def cancel(training_class: TrainingClass, now: datetime) -> None:
    """Raises Refused."""
    row = held(training_class)
    if row.confirmations.filter(superseded_at=None).exists():
        raise Refused(_("Lớp này đã xác nhận, nên không hủy được."))
    if not row.cancelled_at:
        row.cancelled_at = now
        row.save(update_fields=["cancelled_at"])
        tell(row, row.participants.taking_part(), News.CANCELLED, now)


@transaction.atomic
def name_trainers(training_class: TrainingClass, people: Iterable[int]) -> None:
    """Of those who lead training in its unit, in place of the trainers before. Raises Refused."""
    row = held(training_class)
    chosen = set(possible_trainers(row.unit).filter(pk__in=list(people)).values_list("pk", flat=True))
    if not chosen:
        raise Refused(_("Chọn ít nhất một người dạy lớp này."))
    if Participant.objects.taking_part().filter(training_class=row, person__in=chosen).exists():
        raise Refused(_("Có người được chọn đang là học viên của lớp này. Bỏ người ấy ra khỏi lớp trước."))
    row.trainers.set(chosen)
