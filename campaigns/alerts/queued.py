"""In the queue: of who leads the province what waits for her, of a commune's staff what she has not opened."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.alerts.alert import Alert, AlertOpened, AlertWording, State
from campaigns.alerts.ledger import STAFF, units_of_staff
from campaigns.renderings.whose import leads
from people.persons.merges import one_person
from people.rights.admin_policy import MANAGERS
from people.roster.waiting import Desk, Waiting, tally, waits


@waits(56, AlertWording.objects.all)
def of_the_province(desk: Desk) -> list[Waiting]:
    if not desk.reader.holds(MANAGERS) or not leads(desk.user):
        return []
    own = one_person(desk.user)
    awaiting = AlertWording.objects.filter(state=State.AWAITING).exclude(written_by__in=own)
    back = AlertWording.objects.filter(state=State.DRAFT, written_by=desk.user).exclude(word="")
    here = reverse("alerts:home")
    return [
        Waiting(_("Cảnh báo chờ anh chị duyệt"), tally(awaiting), here),
        Waiting(_("Cảnh báo được trả lại để sửa"), tally(back), here),
    ]


@waits(57, AlertWording.objects.all)
def of_communes(desk: Desk) -> list[Waiting]:
    """Alerts that nobody of one of her communes opened yet."""
    if not desk.reader.holds(STAFF):
        return []
    units = units_of_staff(desk.user)
    if not units:
        return []
    standing = Alert.objects.filter(ended_at=None, version__gt=0, ends_on__gte=desk.day)
    opened = AlertOpened.objects.filter(alert=OuterRef("pk"), version=OuterRef("version"), unit__in=units)
    return [Waiting(_("Cảnh báo của tỉnh chưa mở"), tally(standing.filter(~Exists(opened))), reverse("alerts:home"))]
