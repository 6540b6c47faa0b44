"""In a person's own data copy: which figures she made public, or ended."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.month_ends.public_switch import PublicFigures
from people.persons.user import User
from people.privacy.own_data import section


@section("cong-khai", gettext_lazy("Số liệu tôi đã công khai hoặc thôi công khai"), order=89)
def switched(person: User) -> list[dict]:
    rows = PublicFigures.objects.filter(Q(by=person) | Q(ended_by=person)).select_related("requirement")
    return [
        {
            _("Yêu cầu"): row.requirement.name,
            _("Công khai lúc"): row.recorded_at if row.by_id == person.pk else "",
            _("Thôi công khai lúc"): row.superseded_at if row.ended_by_id == person.pk else "",
        }
        for row in rows.order_by("recorded_at", "pk")
    ]
