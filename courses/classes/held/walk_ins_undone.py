"""A walk-in who was written wrongly: superseded with a reason, before and after the class is confirmed.

Nothing is deleted: her place is *off*, her attendance and what her unit said of it are believed no more, and what was
counted for her is taken back in the background.
"""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.held.attendance import Attendance
from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.held.walk_ins import WalkInAnswer
from courses.classes.planned.participant import TAKING_PART, Participant, SeatState
from courses.classes.planned.planning import Refused, held
from courses.classes.planned.training_class import TrainingClass
from courses.completions.completion import completed_since
from courses.progress.attended import CourseAttended, unattend
from courses.standing.standing import refresh
from outbox.effects import Job, effect, enqueue
from people.free_text import FreeLine

UNDONE = "walk_in_undone"


class WalkInUndone(models.Model):
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="undone")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = FreeLine(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(because=""), name="walk_in_undone_with_a_reason")]


@transaction.atomic
def undo(by, training_class: TrainingClass, participant: int, reason: str, now: datetime) -> WalkInUndone:
    """The caller has asked whether the user leads the class. Raises Refused where it is no walk-in of this class."""
    row = held(training_class)
    own = row.participants.filter(pk=participant, walk_in=True, state__in=TAKING_PART).first()
    if own is None:
        raise Refused(_("Người này không còn trong danh sách người đơn vị khác của lớp."))
    if own.person_id == by.pk:
        raise Refused(_("Không ai tự bỏ tên mình; nhờ người khác phụ trách lớp."))
    made = WalkInUndone.objects.create(participant=own, by=by, at=now, because=reason.strip())
    Participant.objects.filter(pk=own.pk).update(state=SeatState.OFF, changed_at=now)
    Attendance.objects.filter(participant=own).supersede(now)
    WalkInAnswer.objects.filter(participant=own).supersede(now)
    enqueue(UNDONE, {"participant": own.pk}, key=f"{UNDONE}:{made.pk}")
    return made


@effect(UNDONE, label=gettext_lazy("Bỏ người đơn vị khác bị ghi nhầm vào lớp"))
def take_back_later(job: Job) -> dict:
    found = Participant.objects.filter(pk=job.payload["participant"]).first()
    return {"people": int(take_back(found, job.clock()))} if found else {}


@transaction.atomic
def take_back(participant: Participant, now: datetime) -> bool:
    """Whether anything was counted for her. A completion once given stays, as after an undone confirmation."""
    # whoever is being counted meanwhile holds these rows, so what she writes is seen here
    list(ClassConfirmation.objects.select_for_update().filter(training_class=participant.training_class_id))
    if WalkInAnswer.objects.current().filter(participant=participant, came=True).exists():
        # written and answered anew meanwhile
        return False
    taught, person = participant.training_class, participant.person
    fact = CourseAttended.objects.current().filter(person=person, training_class=taught).first()
    if fact is None:
        return False
    keeps = completed_since(person, taught.course_key, fact.recorded_at)
    unattend(person, taught.course_key, taught, now, keeps_lessons=keeps)
    refresh([person.pk], now)
    return True
