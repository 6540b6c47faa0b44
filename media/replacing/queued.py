"""In the queue: files that wait beside the ones that live pages show."""

from django.urls import reverse
from django.utils.translation import gettext as _

from media.replacing.deciding import waiting_for
from media.replacing.replacement import Replacement, ReplacementState
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(66, lambda: Replacement.objects.filter(state=ReplacementState.WAITING))
def replacements(desk: Desk) -> list[Waiting]:
    rows = waiting_for(desk.user)
    named = tuple(Row(str(one.row.target)) for one in rows[:NAMED])
    address = reverse("wagtailadmin_home")
    return [Waiting(_("Tệp thay chờ duyệt"), len(rows), address, named, _("Xem và duyệt"), address)]
