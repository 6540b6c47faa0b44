"""Trainings elsewhere in a person's own data copy, and what the erasure of a person takes away of them."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.elsewhere.papers import end_paper
from courses.classes.elsewhere.training import EntryState, TrainingElsewhere
from courses.content.taught import titles
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("tap-huan-noi-khac", gettext_lazy("Tập huấn ở nơi khác mà đơn vị ghi cho tôi"), order=88)
def entered(person: User) -> list[dict]:
    names = titles()
    rows = TrainingElsewhere.objects.filter(person=person).select_related("entered_by", "decided_by")
    return [
        {
            _("Khóa học"): names.get(row.course_key, row.course_key),
            _("Ngày hoàn thành"): row.completed_on,
            _("Nơi tổ chức"): row.held_by,
            _("Ghi chú"): row.note,
            _("Còn giữ giấy"): bool(row.paper),
            _("Người ghi"): row.entered_by.full_name,
            _("Ghi lúc"): row.entered_at,
            _("Tình trạng"): row.get_state_display(),
            _("Người trả lời"): row.decided_by.full_name if row.decided_by else "",
            _("Trả lời"): row.answer,
            _("Đổi lúc"): row.changed_at,
        }
        for row in rows
    ]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.classes.elsewhere")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    """What waits goes; of what was decided the days stay, and who entered and decided."""
    hers = TrainingElsewhere.objects.filter(person=person)
    for row in hers.exclude(paper=""):
        end_paper(row)
    hers.filter(state=EntryState.WAITING).delete()
    hers.update(held_by="", note="", answer="")
