"""Results that were changed by marking again, and decisions to do so, in a person's own data copy. An erasure leaves
both: they name nobody in words.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.attempts.remarks import Remarked, Remarking
from people.persons.user import User
from people.privacy.own_data import section


@section("cham-lai", gettext_lazy("Bài được chấm lại"), order=68)
def remarked(person: User) -> list[dict]:
    rows = Remarked.objects.filter(attempt__person=person).select_related("attempt", "remarking")
    return [
        {
            _("Bài kiểm tra"): row.attempt.rules.get("title", ""),
            _("Chấm lại lúc"): row.at,
            _("Trước, phần trăm"): row.percent_before,
            _("Sau, phần trăm"): row.percent,
            _("Lý do"): row.remarking.reason,
            _("Đã xem lúc"): row.read_at,
        }
        for row in rows.order_by("at", "pk")
    ]


@section("quyet-dinh-cham-lai", gettext_lazy("Quyết định chấm lại"), order=69)
def decisions(person: User) -> list[dict]:
    rows = Remarking.objects.filter(by=person).select_related("by_version").order_by("at", "pk")
    return [
        {
            _("Câu hỏi"): str(row.by_version.frozen().text("text")),
            _("Quyết định lúc"): row.at,
            _("Lý do"): row.reason,
            _("Số bài"): row.attempts,
        }
        for row in rows
    ]
