"""What is held about a person of loudspeakers: slots she planned, packages, plays she logged or answered."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.loudspeakers.package import Package
from campaigns.loudspeakers.slot import Play, Slot
from people.persons.user import User
from people.privacy.own_data import section


@section("lich-loa", gettext_lazy("Lịch loa, gói âm thanh tôi lập, lượt phát tôi ghi, xác nhận"), order=96)
def loudspeakers(person: User) -> list[dict]:
    slots = Slot.objects.filter(planned_by=person).select_related("commune").order_by("pk")
    plays = Play.objects.filter(Q(by=person) | Q(confirmed_by=person)).select_related("commune").order_by("pk")
    rows = [(one.commune.name, _("lập lịch"), one.first_day, one.planned_at) for one in slots]
    rows += [
        (one.commune.name, _("ghi lượt phát") if one.by_id == person.pk else _("xác nhận"), one.on, one.logged_at)
        for one in plays
    ]
    packages = Package.objects.filter(asked_by=person).select_related("commune").order_by("pk")
    rows += [(one.commune.name, _("làm gói âm thanh"), one.monday, one.asked_at) for one in packages]
    return [{_("Xã"): unit, _("Việc"): what, _("Ngày"): on, _("Lúc"): at} for unit, what, on, at in rows]
