"""Optional courses in a person's own data copy. They hold no words, so an erasure leaves them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.assigned.assignment import Assignment
from people.persons.user import User
from people.privacy.own_data import section


@section("hoc-them", gettext_lazy("Khóa học được giao thêm"), order=67)
def assignments(person: User) -> list[dict]:
    rows = Assignment.objects.filter(person=person).select_related("given_by", "ended_by")
    return [
        {
            _("Khóa học"): row.course_key,
            _("Người giao"): row.given_by.full_name,
            _("Từ ngày"): row.start,
            _("Đến hết ngày"): row.end,
            _("Thôi bởi"): row.ended_by.full_name if row.ended_by else "",
            _("Ghi lúc"): row.recorded_at,
            _("Thay bằng dòng khác lúc"): row.superseded_at,
        }
        for row in rows.order_by("recorded_at", "pk")
    ]
