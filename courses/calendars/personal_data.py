"""Calendar addresses in a person's own data copy; they end with the account, so an erasure finds none."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.calendars.address import CalendarAddress
from people.persons.user import User
from people.privacy.own_data import section


@section("dia-chi-lich", gettext_lazy("Địa chỉ lịch của tôi"), order=88)
def addresses(person: User) -> list[dict]:
    """Without the secrets, which nobody has."""
    rows = CalendarAddress.objects.filter(Q(person=person) | Q(role__user=person)).select_related("role__unit")
    return [
        {_("Lịch"): row.role.unit.name if row.role else _("Của riêng tôi"), _("Lập lúc"): row.made_at}
        for row in rows.order_by("made_at", "pk")
    ]
