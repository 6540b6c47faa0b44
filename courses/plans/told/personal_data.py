"""What is held about a person in plans: what she wrote, handed over, decided and recorded."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.plans.made.plan import PlanVersion
from courses.plans.made.result import Result
from people.persons.user import User
from people.privacy.own_data import section


@section("ke-hoach-nam", gettext_lazy("Kế hoạch năm tôi soạn, gửi, duyệt"), order=92)
def versions(person: User) -> list[dict]:
    hers = Q(written_by=person) | Q(submitted_by=person) | Q(decided_by=person) | Q(plan__made_by=person)
    rows = PlanVersion.objects.filter(hers).select_related("plan__unit")
    return [
        {
            _("Đơn vị"): row.plan.unit.name,
            _("Năm"): row.plan.year,
            _("Phiên bản"): row.number,
            _("Tôi lập"): row.plan.made_by_id == person.pk,
            _("Tôi soạn lúc"): row.written_at if row.written_by_id == person.pk else None,
            _("Tôi gửi lúc"): row.submitted_at if row.submitted_by_id == person.pk else None,
            _("Tôi trả lời lúc"): row.decided_at if row.decided_by_id == person.pk else None,
            _("Trả lời"): row.answer if row.decided_by_id == person.pk else "",
        }
        for row in rows.order_by("written_at", "pk")
    ]


@section("ket-qua-ke-hoach", gettext_lazy("Kết quả kế hoạch tôi ghi"), order=93)
def results(person: User) -> list[dict]:
    rows = Result.objects.filter(recorded_by=person).select_related("plan__unit")
    return [
        {
            _("Đơn vị"): row.plan.unit.name,
            _("Năm"): row.plan.year,
            _("Xong ngày"): row.done_on,
            _("Đã đạt"): row.number,
            _("Đã chi"): row.cost,
            _("Minh chứng"): row.note,
            _("Có tệp"): bool(row.paper),
            _("Ghi lúc"): row.recorded_at,
            _("Thay bằng dòng khác lúc"): row.superseded_at,
        }
        for row in rows.order_by("recorded_at", "pk")
    ]
