"""What is held about a person in the log of lessons: what she wrote, taught, and confirmed of a school."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.schools.approvals import PackApproval
from campaigns.schools.log.lesson_log import ClassCount, LessonLog
from people.persons.user import User
from people.privacy.own_data import section


@section("bai-hoc", gettext_lazy("Bài học ở trường tôi dạy, ghi, duyệt"), order=96)
def lessons(person: User) -> list[dict]:
    rows = LessonLog.objects.filter(Q(written_by=person) | Q(taught_by=person)).select_related("school")
    logs = [
        {
            _("Trường"): row.school.name,
            _("Việc"): row.title,
            _("Ngày"): row.on,
            _("Lớp"): row.class_words,
            _("Điều nên sửa"): row.improve if row.written_by_id == person.pk else "",
            _("Lúc ghi"): row.recorded_at,
        }
        for row in rows.order_by("recorded_at", "pk")
    ]
    counted = ClassCount.objects.filter(by=person).select_related("school").order_by("recorded_at", "pk")
    approved = PackApproval.objects.filter(by=person).order_by("recorded_at", "pk")
    return [
        *logs,
        *(
            {_("Trường"): one.school.name, _("Việc"): _("xác nhận %d lớp") % one.number, _("Lúc ghi"): one.recorded_at}
            for one in counted
        ),
        *({_("Việc"): _("duyệt một bài học"), _("Lúc ghi"): one.recorded_at} for one in approved),
    ]
