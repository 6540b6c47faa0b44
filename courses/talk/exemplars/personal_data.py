"""Exemplars in the own data copy of who wrote them. They are a unit's and name nobody, so an erasure leaves them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk.exemplars.exemplar import Exemplar
from people.persons.user import User
from people.privacy.own_data import section


@section("mo-hinh-hay", gettext_lazy("Mô hình hay tôi viết cho đơn vị"), order=94)
def exemplars(person: User) -> list[dict]:
    return [
        {
            _("Tên"): row.title,
            _("Đơn vị"): row.unit.name,
            _("Tình trạng"): row.get_state_display(),
            _("Viết lúc"): row.written_at,
        }
        for row in Exemplar.objects.filter(written_by=person).select_related("unit").order_by("written_at", "pk")
    ]
