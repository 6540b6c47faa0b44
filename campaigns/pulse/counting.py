"""Answers as totals alone. What is sent twice counts once (`campaigns.answering`).

Of a month only what is over is shown, and of a room only what it came to once it was closed: a total that grows while
somebody looks would tell each answer. Of fewer than five answers nothing is shown, nor what would tell them.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from campaigns.activities.made.pulse import QUESTIONS, Moment, kept, say_moment
from campaigns.activities.made.writing import Refused
from campaigns.messages.message import MessagePage
from outbox.clock import daily

# a gathering that forgot to close its questions
OPEN_FOR = timedelta(hours=6)
MONTHS_SHOWN = 3


def new_token() -> str:
    return secrets.token_urlsafe(6)


def _right_is_a_part() -> Q:
    return Q(right__lte=F("answers"), question__in=QUESTIONS)


class MonthCount(models.Model):
    message_key = models.UUIDField()
    # its first day
    month = models.DateField()
    question = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message_key", "month", "question"], name="pulse_once_a_month"),
            models.CheckConstraint(condition=_right_is_a_part(), name="pulse_month_right_is_a_part"),
        ]


class Room(models.Model):
    """The questions of one moment of a gathering, open to who has the code."""

    activity_key = models.UUIDField()
    moment = models.CharField(max_length=5, choices=Moment.choices)
    message = models.ForeignKey(MessagePage, models.CASCADE, related_name="+")
    token = models.CharField(max_length=20, unique=True, default=new_token, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    # NULL: open, as long as it may be
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity_key", "moment"], condition=Q(closed_at=None), name="pulse_room_open_once"
            )
        ]

    def is_open_at(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.opened_at + OPEN_FOR


class RoomCount(models.Model):
    """Goes with the closing of its room, which keeps what may be kept with the activity."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="counts")
    question = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "question"], name="pulse_once_a_room"),
            models.CheckConstraint(condition=_right_is_a_part(), name="pulse_room_right_is_a_part"),
        ]


@transaction.atomic
def add_to_month(message_key: UUID, day: date, answered: Mapping[int, bool]) -> None:
    """`answered`: by question, whether it was right."""
    for question, right in answered.items():
        month: dict[str, Any] = {"message_key": message_key, "month": day.replace(day=1), "question": question}
        MonthCount.objects.get_or_create(**month)
        MonthCount.objects.filter(**month).update(answers=F("answers") + 1, right=F("right") + int(right))


@transaction.atomic
def add_to_room(room: Room, now: datetime, answered: Mapping[int, bool]) -> bool:
    """False where it was closed meanwhile."""
    held = Room.objects.select_for_update().get(pk=room.pk)
    if not held.is_open_at(now):
        return False
    for question, right in answered.items():
        RoomCount.objects.get_or_create(room=held, question=question)
        RoomCount.objects.filter(room=held, question=question).update(
            answers=F("answers") + 1, right=F("right") + int(right)
        )
    return True


@transaction.atomic
def open_room(by, activity_key: UUID, moment: str, message: MessagePage, now: datetime) -> Room:
    """The one that is open already, else a new one. Raises Refused."""
    if moment not in Moment.values:
        raise Refused(_("Chọn hỏi trước hay hỏi sau."))
    for old in Room.objects.select_for_update().filter(activity_key=activity_key, moment=moment, closed_at=None):
        if old.is_open_at(now):
            return old
        close_room(by, old, now)
    return Room.objects.create(activity_key=activity_key, moment=moment, message=message, opened_by=by, opened_at=now)


@transaction.atomic
def close_room(by, room: Room, now: datetime) -> bool:
    """What may be kept is with the activity from now on; False where it was closed already."""
    held = Room.objects.select_for_update().get(pk=room.pk)
    if held.closed_at is not None:
        return False
    counts = {row.question: (row.right, row.answers) for row in held.counts.all()}
    say_moment(by, held.activity_key, held.moment, counts, now)
    held.counts.all().delete()
    held.closed_at = now
    held.save(update_fields=["closed_at"])
    return True


@daily("campaigns.pulse.close_forgotten", at="03:12")
def close_forgotten(now: datetime) -> None:
    """Rooms that nobody closed: what they came to is with the activity, and no small count stays."""
    for room in Room.objects.filter(closed_at=None, opened_at__lt=now - OPEN_FOR).select_related("opened_by"):
        if room.opened_by is None:
            # nobody answers for the count any more
            room.counts.all().delete()
        close_room(room.opened_by, room, now)


@dataclass(frozen=True)
class Month:
    """`told` are (question, right answers or None, all answers)."""

    first: date
    told: list[tuple[int, int | None, int]]


def months_of(message_key: UUID, day: date) -> list[Month]:
    """The last months that are over of which something may be told, the latest first; one query."""
    rows = MonthCount.objects.filter(message_key=message_key, month__lt=day.replace(day=1)).order_by(
        "-month", "question"
    )
    found: dict[date, list[tuple[int, int | None, int]]] = {}
    for row in rows[: len(QUESTIONS) * MONTHS_SHOWN]:
        if (told := kept(row.right, row.answers)) is not None:
            found.setdefault(row.month, []).append((row.question, *told))
    return [Month(first, told) for first, told in found.items()]
