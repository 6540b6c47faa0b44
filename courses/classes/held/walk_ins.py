"""Somebody of another unit who came to a class: written by code and name, and counted once who answers for her unit
says so. Who writes her learns nothing of her but that there is such a person.
"""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from courses.classes.held.attendance import CAME, Attendance
from courses.classes.held.confirming import COUNTED
from courses.classes.planned.participant import TAKING_PART, Participant, SeatState
from courses.classes.planned.planning import Refused, held
from courses.classes.planned.training_class import TrainingClass
from courses.classes.planned.whose import answered_for
from letters.folding import spelled
from outbox.effects import enqueue
from people import tries
from people.persons.user import User
from people.postings.posting import Posting
from people.rights import scope
from people.times import Record, covering

# a sheet holds some dozens of names; who types more wrong ones is guessing
WRONG_A_DAY = 60


class WalkInAnswer(Record):
    """What somebody who answers for the person's unit says. `person` and `written_by` repeat the participant's, so that
    the database refuses whoever answers for herself or for what she wrote.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    came = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(superseded_at=None), name="walk_in_answered_once"
            ),
            models.CheckConstraint(
                condition=~Q(by=F("person")) & ~Q(by=F("written_by")), name="walk_in_answered_by_a_second_person"
            ),
        ]


# --- writing


def write(by, training_class: TrainingClass, code: str, name: str, now: datetime) -> Participant:
    """Raises Refused; a wrong code and a wrong name get the same sentence."""
    count = tries.Count(f"walk_in:{by.pk}", WRONG_A_DAY, 24 * 3600)
    if tries.taken([count], now).get(count.key, (0, now))[0] >= count.most:
        raise Refused(_("Hôm nay đã nhập sai quá nhiều lần. Mai nhập tiếp, hoặc nhờ đơn vị của người ấy cho đúng mã."))
    person = User.objects.filter(is_active=True).by_code(code)
    if person is None or spelled(person.full_name) != spelled(name):
        tries.take([count], now)
        raise Refused(_("Không có cán bộ nào mang đúng mã và đúng họ tên này. Xem lại phiếu ký; họ tên viết có dấu."))
    return _written(by, training_class, person, now)


@transaction.atomic
def _written(by, training_class: TrainingClass, person: User, now: datetime) -> Participant:
    row = held(training_class)
    if row.cancelled_at or row.confirmations.filter(superseded_at=None).exists():
        raise Refused(_("Lớp này đã hủy hoặc đã xác nhận, nên không thêm người."))
    if person.pk == by.pk or row.trainers.filter(pk=person.pk).exists():
        raise Refused(_("Người này dạy hoặc phụ trách lớp, nên không là học viên của lớp."))
    day = row.meetings.all()[0].on
    here = Posting.objects.current().filter(covering(day), person=person, unit__in=scope.under([row.unit_id]))
    if here.exists():
        raise Refused(_("Người này thuộc đơn vị mở lớp. Thêm ở trang “Mời người dự”, rồi điểm danh."))
    said = {"state": SeatState.SEATED, "walk_in": True, "changed_at": now}
    # who wrote her does not answer for her: whoever writes her again after an undo is that
    row.participants.filter(person=person).exclude(state__in=TAKING_PART).update(invited_by=by, invited_at=now)
    own, _new = row.participants.update_or_create(
        person=person, defaults=said, create_defaults={**said, "invited_by": by, "invited_at": now, "waits_since": now}
    )
    return own


# --- answering


def waiting_for(user) -> QuerySet[Participant]:
    """Walk-ins who came to some meeting, whom this person answers for today and did not write or mark herself; the
    earliest first.
    """
    marks = Attendance.objects.filter(participant=OuterRef("pk"))
    answered = WalkInAnswer.objects.current().filter(participant=OuterRef("pk"))
    rows = Participant.objects.filter(
        answered_for(user), walk_in=True, state__in=TAKING_PART, training_class__cancelled_at=None
    )
    rows = rows.filter(Exists(marks.filter(superseded_at=None, presence__in=CAME))).exclude(Exists(answered))
    rows = rows.exclude(Exists(marks.filter(by=user.pk))).exclude(invited_by=user.pk).exclude(person=user.pk)
    return rows.select_related("person", "training_class__unit").order_by("invited_at", "pk")


@transaction.atomic
def answer(user, participant: Participant, came: bool, now: datetime) -> None:
    """Of `waiting_for` the user. Where the class is confirmed already, she is counted now."""
    row = held(participant.training_class)
    if WalkInAnswer.objects.current().filter(participant=participant).exists():
        return
    said = WalkInAnswer.objects.create(
        participant=participant,
        person_id=participant.person_id,
        written_by_id=participant.invited_by_id,
        by=user,
        came=came,
        recorded_at=now,
    )
    confirmation = row.confirmations.filter(superseded_at=None).first()
    if came and confirmation is not None:
        enqueue(COUNTED, {"confirmation": confirmation.pk}, key=f"{COUNTED}:{confirmation.pk}:{said.pk}")
