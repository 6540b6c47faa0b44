"""Excuses and reliefs in a person's own data copy, and what the erasure of a person takes away of them: the words."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.requirements.relief import ReliefRequest
from courses.requirements.requirement import Excuse
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("mien", gettext_lazy("Được miễn"), order=65)
def excuses(person: User) -> list[dict]:
    return [
        {
            _("Yêu cầu"): row.requirement.name,
            _("Lý do"): row.reason,
            _("Từ ngày"): row.start,
            _("Đến ngày"): row.end,
            _("Ghi lúc"): row.recorded_at,
            _("Thay bằng dòng khác lúc"): row.superseded_at,
        }
        for row in Excuse.objects.filter(person=person).select_related("requirement").order_by("start", "pk")
    ]


@section("mien-hoan-gia-han", gettext_lazy("Miễn, hoãn, gia hạn do đơn vị đề nghị"), order=66)
def reliefs(person: User) -> list[dict]:
    rows = ReliefRequest.objects.filter(person=person).prefetch_related("reliefs")
    return [
        {
            _("Loại"): row.get_kind_display(),
            _("Yêu cầu"): row.requirement.name,
            _("Từ ngày"): row.start,
            _("Đến ngày"): row.end,
            _("Lý do"): row.reason,
            _("Người đề nghị"): row.asked_by.full_name,
            _("Đề nghị lúc"): row.asked_at,
            _("Tình trạng"): row.get_state_display(),
            _("Người quyết định"): row.decided_by.full_name if row.decided_by else "",
            _("Trả lời"): row.answer,
            _("Có hiệu lực"): "; ".join(
                f"{held.start:%d/%m/%Y} – {held.end:%d/%m/%Y}" for held in row.reliefs.all() if not held.superseded_at
            ),
        }
        for row in rows.select_related("requirement", "asked_by", "decided_by").order_by("asked_at", "pk")
    ]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.reliefs")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    """What the figures count stays: the days, and who asked and granted."""
    Excuse.objects.filter(person=person).update(reason="")
    ReliefRequest.objects.filter(person=person).update(reason="", answer="")
