"""Confirming a class: by who answers for its unit, did not attend it, teach it or take its attendance."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from courses.classes.held.attendance import CAME, Attendance
from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.planned.participant import Participant, SeatState
from courses.classes.planned.planning import Refused, held
from courses.classes.planned.training_class import TrainingClass, is_over, last_day
from outbox.effects import enqueue

# of the outbox; `counting` has its handler
COUNTED = "class_counted"


class ConfirmedMark(models.Model):
    """One attendance as it was confirmed. It repeats who attended and who took it, so that the database refuses whoever
    confirms herself or her own list.
    """

    confirmation = models.ForeignKey(ClassConfirmation, models.PROTECT, related_name="marks")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["confirmation", "attendance"], name="mark_confirmed_once"),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("taken_by")),
                name="mark_confirmed_by_a_second_person",
            ),
        ]


@dataclass(frozen=True)
class Line:
    """How often a participant came, of how many meetings; `unmarked` are those of which nothing is known."""

    participant: Participant
    came: int
    unmarked: int
    enough: bool


def attended_enough(came: int, meetings: int, share: int) -> bool:
    """Whether the share of the meetings, in percent, is reached; in whole numbers."""
    return came * 100 >= share * meetings


def lines(row: TrainingClass) -> list[Line]:
    """Whoever has a seat, and who waited and came all the same; by name. Three queries."""
    meetings = row.meetings.count()
    marks = Attendance.objects.current().filter(meeting__training_class=row)
    marked, came = Counter[int](), Counter[int]()
    for participant, presence in marks.values_list("participant", "presence"):
        marked[participant] += 1
        came[participant] += presence in CAME
    people = row.participants.taking_part().select_related("person").order_by("person__name_order", "pk")
    return [
        Line(one, came[one.pk], meetings - marked[one.pk], attended_enough(came[one.pk], meetings, row.share))
        for one in people
        if one.state == SeatState.SEATED or marked[one.pk]
    ]


def why_not_yet(row: TrainingClass, listed: list[Line], now: datetime) -> str:
    """What keeps the class from being confirmed, whoever asks; "" where nothing does."""
    if row.cancelled_at:
        return _("Lớp này đã hủy, nên không có gì để xác nhận.")
    if not is_over(row, now):
        return _("Lớp chưa học xong. Xác nhận được sau buổi cuối.")
    if not any(line.came for line in listed):
        return _("Chưa ghi ai có mặt, nên chưa có gì để xác nhận.")
    if unmarked := sum(line.unmarked for line in listed):
        return _("Còn %d lượt chưa ghi. Ghi có mặt hoặc vắng cho từng người ở từng buổi trước đã.") % unmarked
    return ""


def why_not_by(user, row: TrainingClass) -> str:
    """Why this person is no second one; "" where she is. Whoever may open the class answers for its unit."""
    if row.trainers.filter(pk=user.pk).exists():
        return _("Anh chị dạy lớp này; một người khác phụ trách đơn vị xác nhận.")
    attendance = Attendance.objects.filter(meeting__training_class=row)
    if attendance.filter(by=user.pk).exists():
        return _("Anh chị đã điểm danh lớp này; một người khác phụ trách đơn vị xác nhận.")
    if attendance.filter(person=user.pk).exists() or row.participants.taking_part().filter(person=user.pk).exists():
        return _("Anh chị có tên trong lớp này; một người khác phụ trách đơn vị xác nhận.")
    return ""


@transaction.atomic
def confirm(user, training_class: TrainingClass, now: datetime) -> ClassConfirmation:
    """Keeps the attendance that it confirms; what follows for each person is counted in the background. The caller has
    asked whether the user may open the class. Raises Refused.
    """
    row = held(training_class)
    believed = row.confirmations.filter(superseded_at=None).first()
    if believed is not None:
        return believed
    if why := why_not_yet(row, lines(row), now) or why_not_by(user, row):
        raise Refused(why)
    made = ClassConfirmation.objects.create(training_class=row, by=user, on=last_day(row), recorded_at=now)
    marks = Attendance.objects.current().filter(meeting__training_class=row, presence__in=CAME)
    ConfirmedMark.objects.bulk_create(
        ConfirmedMark(
            confirmation=made, attendance=mark, person_id=mark.person_id, taken_by_id=mark.by_id, confirmed_by=user
        )
        for mark in marks
    )
    enqueue(COUNTED, {"confirmation": made.pk}, key=f"{COUNTED}:{made.pk}")
    return made


@transaction.atomic
def undo(user, training_class: TrainingClass, reason: str, now: datetime) -> bool:
    """Attendance may be corrected again; what had followed is taken back in the background, except completions, which
    once given stay. False where nothing was confirmed.
    """
    row = held(training_class)
    believed = row.confirmations.filter(superseded_at=None).first()
    if believed is None:
        return False
    believed.superseded_at, believed.undone_by, believed.undone_because = now, user, reason.strip()
    believed.save(update_fields=["superseded_at", "undone_by", "undone_because"])
    enqueue(COUNTED, {"confirmation": believed.pk}, key=f"{COUNTED}:{believed.pk}:undone")
    return True
