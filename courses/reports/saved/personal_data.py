"""Saved reports in a person's own data copy, and in the erasure of a person."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.saved.report import SavedReport
from people.persons.user import User
from people.privacy.erasure import person_erased
from people.privacy.own_data import section


@section("bao-cao-dinh-ky", gettext_lazy("Báo cáo định kỳ tôi đã lưu"), order=90)
def saved(person: User) -> list[dict]:
    rows = SavedReport.objects.filter(person=person).select_related("role__unit").order_by("saved_at", "pk")
    return [
        {
            _("Tên báo cáo"): row.title,
            _("Trang và bộ lọc"): row.address,
            _("Nhận khi nào"): row.get_rhythm_display(),
            _("Theo vai trò"): f"{row.role.get_kind_display()}, {row.role.unit.name}",
            _("Lưu lúc"): row.saved_at,
        }
        for row in rows
    ]


def connect() -> None:
    person_erased.connect(_forget, dispatch_uid="courses.reports.saved")


def _forget(sender, person: User, now: datetime, **kwargs) -> None:
    SavedReport.objects.filter(person=person).delete()
