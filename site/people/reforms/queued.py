"""In the queue: reforms that somebody began and did not apply, or whose work is not done although its day came."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from people.reforms.reform import Reform
from people.rights.admin_policy import MANAGERS
from people.rights.scope import kinds_at_the_top, reaches_everything
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(90, lambda: Reform.objects.filter(Q(applied_at=None) | Q(carried_at=None, reversed_at=None)))
def reforms(desk: Desk) -> list[Waiting]:
    if not (reaches_everything(desk.user) or (desk.reader.holds(MANAGERS) and kinds_at_the_top(desk.user) & MANAGERS)):
        return []
    undone = Q(applied_at__isnull=False, carried_at=None, on__lte=desk.day, reversed_at=None)
    found = list(Reform.objects.filter(Q(applied_at=None) | undone).order_by("on", "pk"))
    named = tuple(Row(str(one), reverse("reform", args=[one.pk])) for one in found[:NAMED])
    address = reverse("reforms")
    return [Waiting(_("Đợt sắp xếp đơn vị chưa xong"), len(found), address, named, _("Soạn tiếp"), address)]
