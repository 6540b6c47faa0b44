"""Who was at which meeting: facts, superseded and never edited. Nobody marked is neither present nor absent."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.classes.held.papers import Paper
from courses.classes.held.windows import OPENS_BEFORE
from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import Meeting, TrainingClass
from people.times import Record


class Presence(models.TextChoices):
    PRESENT = "present", _("Có mặt")
    LATE = "late", _("Đến muộn")
    ABSENT = "absent", _("Vắng")


# who came late was there
CAME = {Presence.PRESENT, Presence.LATE}


class How(models.TextChoices):
    QR = "qr", _("Mã QR")
    LIST = "list", _("Danh sách")
    PAPER = "paper", _("Phiếu giấy")


class NotTaken(ValueError):
    """The attendance cannot be taken; str() is one sentence for who tried."""


class Attendance(Record):
    """`person` repeats the participant's, so that the database refuses whoever marks herself."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="attendance")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    presence = models.CharField(max_length=8, choices=Presence.choices)
    how = models.CharField(max_length=8, choices=How.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # the sheet from which it was typed in
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="attendance")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "participant"], condition=Q(superseded_at=None), name="attendance_once_a_meeting"
            ),
            models.CheckConstraint(condition=~Q(by=F("person")), name="attendance_marked_by_another"),
            models.CheckConstraint(
                condition=Q(how=How.PAPER, paper__isnull=False) | (~Q(how=How.PAPER) & Q(paper=None)),
                name="attendance_on_paper_has_its_sheet",
            ),
        ]


def held_for_marks(training_class: TrainingClass) -> TrainingClass:
    """The class's row, held, where its attendance may be taken or changed. Raises NotTaken."""
    row = TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class.pk)
    if row.cancelled_at:
        raise NotTaken(gettext("Lớp này đã hủy, nên không điểm danh."))
    if row.confirmations.filter(superseded_at=None).exists():
        raise NotTaken(gettext("Lớp này đã xác nhận. Muốn sửa điểm danh, người phụ trách đơn vị bỏ xác nhận trước."))
    return row


@transaction.atomic
def mark(by, meeting: Meeting, said: Mapping[int, str], how: How, now: datetime, paper: Paper | None = None) -> int:
    """`said` is {participant's id: presence, or "" for not marked}; others stay as they are. How many changed.

    What is said again changes nothing, so that a form sent twice keeps who said it first. Raises NotTaken.
    """
    row = held_for_marks(meeting.training_class)
    if now < meeting.starts_at - OPENS_BEFORE:
        opens = timezone.localtime(meeting.starts_at - OPENS_BEFORE)
        raise NotTaken(gettext("Điểm danh buổi này mở từ %s.") % f"{opens:%H:%M, %d/%m/%Y}")
    people = dict(row.participants.taking_part().filter(pk__in=said).values_list("pk", "person"))
    if by.pk in people.values():
        raise NotTaken(gettext("Không ai tự điểm danh cho mình; nhờ người dạy khác ghi."))
    believed = Attendance.objects.current().filter(meeting=meeting, participant__in=people)
    before = dict(believed.values_list("participant", "presence"))
    changed = [pk for pk in people if said[pk] != before.get(pk, "")]
    believed.filter(participant__in=changed).supersede(now)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            participant_id=pk,
            person_id=people[pk],
            presence=Presence(said[pk]),
            how=how,
            by=by,
            paper=paper,
            recorded_at=now,
        )
        for pk in changed
        if said[pk]
    )
    return len(changed)
