"""What is held about a person of alerts: those that she wrote, approved or withdrew."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.alerts.alert import Alert, AlertWording
from people.persons.user import User
from people.privacy.own_data import section


@section("canh-bao", gettext_lazy("Cảnh báo tôi viết, duyệt, rút"), order=97)
def alerts(person: User) -> list[dict]:
    wordings = AlertWording.objects.filter(Q(written_by=person) | Q(approved_by=person)).order_by("pk")
    rows = [
        (one.alert_id, one.version, _("viết"), one.written_at)
        if one.written_by_id == person.pk
        else (one.alert_id, one.version, _("duyệt"), one.approved_at)
        for one in wordings
    ]
    ended = Alert.objects.filter(ended_by=person).order_by("pk")
    rows += [(one.pk, one.version, _("rút"), one.ended_at) for one in ended]
    return [{_("Cảnh báo số"): n, _("Bản"): version, _("Việc"): what, _("Lúc"): at} for n, version, what, at in rows]
