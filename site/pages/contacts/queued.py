"""In the queue: numbers that wait for the second call of who reads it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pages.contacts import who
from pages.contacts.panel import came_back, waiting_for
from pages.contacts.versions import ContactVersion, VersionState
from people.rights.admin_policy import MANAGERS
from people.roster.waiting import Desk, Waiting, tally, waits


@waits(69, lambda: ContactVersion.objects.filter(state=VersionState.RETURNED))
def returned(desk: Desk) -> list[Waiting]:
    if not (desk.user.is_superuser or desk.reader.holds(who.EDITORS)):
        return []
    address = reverse("contacts:index")
    return [Waiting(_("Số điện thoại bị trả lại để sửa"), tally(came_back(desk.user)), address, (), _("Sửa"), address)]


@waits(70, lambda: ContactVersion.objects.filter(state=VersionState.WAITING))
def second_calls(desk: Desk) -> list[Waiting]:
    if not (desk.user.is_superuser or desk.reader.holds(who.HEADS | MANAGERS)):
        return []
    address = reverse("contacts:waiting")
    return [Waiting(_("Số điện thoại chờ gọi lần hai"), waiting_for(desk.user), address, (), _("Gọi và ghi"), address)]
