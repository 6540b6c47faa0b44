"""Classes in a person's own data copy, and in the erasure of a person."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.held.attendance import Attendance
from courses.classes.held.walk_ins import WalkInAnswer
from courses.classes.held.walk_ins_undone import WalkInUndone
from courses.classes.planned.participant import Participant, SeatState
from courses.classes.planned.seating import leave
from courses.progress.attended import CourseAttended
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("lop-tap-huan", gettext_lazy("Lớp tập huấn tôi được mời"), order=84)
def invited(person: User) -> list[dict]:
    rows = Participant.objects.filter(person=person).select_related("training_class__unit", "invited_by")
    return [
        {
            _("Lớp"): row.training_class.title,
            _("Đơn vị"): row.training_class.unit.name,
            _("Giờ và nơi học"): "; ".join(f"{one.written}, {one.room}" for one in row.training_class.meetings.all()),
            _("Tình trạng"): row.get_state_display(),
            _("Người mời"): row.invited_by.full_name,
            _("Mời lúc"): row.invited_at,
            _("Đổi lúc"): row.changed_at,
            _("Đã góp ý cho lớp (lời góp ý giữ không kèm tên)"): row.gave_feedback,
        }
        for row in rows.prefetch_related("training_class__meetings").order_by("invited_at", "pk")
    ]


@section("diem-danh-lop", gettext_lazy("Điểm danh của tôi ở lớp tập huấn"), order=85)
def attended(person: User) -> list[dict]:
    """With what was corrected; who marked it."""
    rows = Attendance.objects.filter(person=person).select_related("meeting__training_class", "by")
    return [
        {
            _("Lớp"): row.meeting.training_class.title,
            _("Buổi"): row.meeting.written,
            _("Điểm danh"): row.get_presence_display(),
            _("Bằng"): row.get_how_display(),
            _("Người ghi"): row.by.full_name,
            _("Ghi lúc"): row.recorded_at,
            _("Thay bằng dòng khác lúc"): row.superseded_at,
        }
        for row in rows.order_by("meeting__starts_at", "pk")
    ]


@section("lop-duoc-tinh", gettext_lazy("Lớp tập huấn đã tính cho tôi"), order=86)
def counted(person: User) -> list[dict]:
    rows = CourseAttended.objects.filter(person=person).select_related("training_class")
    return [
        {
            _("Lớp"): row.training_class.title,
            _("Khóa học"): row.course_key,
            _("Tính từ ngày"): row.on,
            _("Ghi lúc"): row.recorded_at,
            _("Không tính nữa từ lúc"): row.superseded_at,
        }
        for row in rows.order_by("recorded_at", "pk")
    ]


@section("lop-noi-khac", gettext_lazy("Lớp của đơn vị khác mà tôi đã dự"), order=87)
def elsewhere(person: User) -> list[dict]:
    rows = WalkInAnswer.objects.filter(person=person).select_related("participant__training_class", "by")
    return [
        {
            _("Lớp"): row.participant.training_class.title,
            _("Đơn vị của tôi xác nhận là đã dự"): row.came,
            _("Người xác nhận"): row.by.full_name,
            _("Ghi lúc"): row.recorded_at,
            _("Không tính nữa từ lúc"): row.superseded_at,
        }
        for row in rows.order_by("recorded_at", "pk")
    ]


@section("lop-ghi-nham", gettext_lazy("Lớp đã ghi nhầm tên tôi"), order=88)
def undone(person: User) -> list[dict]:
    rows = WalkInUndone.objects.filter(participant__person=person).select_related("participant__training_class", "by")
    return [
        {
            _("Lớp"): row.participant.training_class.title,
            _("Người bỏ tên"): row.by.full_name,
            _("Lý do"): row.because,
            _("Lúc"): row.at,
        }
        for row in rows.order_by("at", "pk")
    ]


# --- erasure


def connect() -> None:
    person_erased.connect(_leave, dispatch_uid="courses.classes")


def _leave(sender, person: User, now: datetime, **kwargs) -> None:
    """Gives the seats of classes to come to who waits; what was attended, which figures count, stays."""
    for own in Participant.objects.taking_part().filter(person=person).select_related("training_class"):
        leave(own, SeatState.OFF, now)
    # the reason may tell of her; that there was one stays
    WalkInUndone.objects.filter(participant__person=person).update(because="–")
