"""The attendance of a class as a table: who was at which meeting, and whether it is enough."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.held.attendance import Attendance, Presence
from courses.classes.held.confirming import lines
from courses.classes.planned.training_class import TrainingClass
from tabular.writing import Table


def attendance_table(row: TrainingClass, course: str, now: datetime) -> Table:
    """A line a person, by name; a column a meeting, empty where nothing is known. Six queries."""
    meetings = list(row.meetings.all())
    marks = Attendance.objects.current().filter(meeting__training_class=row)
    said = {
        (who, meeting): presence for who, meeting, presence in marks.values_list("participant", "meeting", "presence")
    }
    labels = {str(value): str(label) for value, label in Presence.choices}
    confirmed = row.confirmations.filter(superseded_at=None).select_related("by").first()
    columns = [_("Họ tên"), _("Mã cán bộ"), _("Đơn vị khác"), *(one.written for one in meetings)]
    listed = [
        (
            line.participant.person.full_name,
            line.participant.person.staff_code,
            _("có") if line.participant.walk_in else "",
            *(labels.get(said.get((line.participant.pk, one.pk), ""), "") for one in meetings),
            line.came,
            _("đủ") if line.enough else _("chưa rõ") if line.unmarked else _("chưa đủ"),
        )
        for line in lines(row)
    ]
    about: list[tuple[str, object]] = [
        (_("Lớp"), row.title),
        (_("Đơn vị mở lớp"), row.unit.name),
        (_("Khóa học"), course),
        (_("Phải dự ít nhất (phần trăm số buổi)"), row.share),
        (_("Kinh phí (đồng)"), row.cost),
        (
            _("Xác nhận"),
            f"{confirmed.by.full_name}, {timezone.localtime(confirmed.recorded_at):%d/%m/%Y}"
            if confirmed
            else _("chưa"),
        ),
        (_("Lập lúc"), f"{timezone.localtime(now):%H:%M, %d/%m/%Y}"),
    ]
    return Table(_("Điểm danh"), [*columns, _("Số buổi có mặt"), _("Kết quả")], listed, about)
