"""Inquiries in a person's own data copy, and what the erasure of a person takes away of them."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk.inquiries.inquiry import Inquiry, Said, SaidKind
from courses.talk.lessons import lesson_names
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("cau-hoi", gettext_lazy("Câu hỏi gửi người phụ trách tập huấn"), order=89)
def inquiries(person: User) -> list[dict]:
    rows = Said.objects.filter(inquiry__asked_by=person).select_related("inquiry").order_by("inquiry", "pk")
    names = lesson_names(row.inquiry.lesson_key for row in rows)
    return [
        {
            _("Bài"): names[row.inquiry.lesson_key].title if row.inquiry.lesson_key in names else "",
            _("Khóa học"): row.inquiry.course_key,
            _("Loại"): row.get_kind_display(),
            _("Nội dung"): row.text,
            _("Lúc"): row.at,
            _("Sửa lúc"): row.edited_at,
            _("Cho đơn vị cùng đọc"): row.inquiry.for_unit,
            _("Nêu tên mình"): row.inquiry.named,
            _("Tình trạng"): row.inquiry.get_state_display(),
        }
        for row in rows
    ]


@section("cau-tra-loi-cho-nguoi-hoc", gettext_lazy("Câu tôi trả lời người học"), order=90)
def answers(person: User) -> list[dict]:
    """Whom they answered is not hers to take along."""
    rows = Said.objects.filter(by=person).exclude(kind=SaidKind.QUESTION)
    return [{_("Loại"): row.get_kind_display(), _("Nội dung"): row.text, _("Lúc"): row.at} for row in rows]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.talk.inquiries")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    """What she asked goes whole, with the answers. What she answered others is theirs, and bears her code."""
    Inquiry.objects.filter(asked_by=person).delete()
