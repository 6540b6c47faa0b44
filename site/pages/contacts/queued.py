"""In the queue: numbers that wait for the second call of who reads it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from pages.contacts import who
from pages.contacts.panel import waiting_for
from people.rights.admin_policy import MANAGERS
from people.roster.waiting import Desk, Waiting, waits


@waits(70)
def second_calls(desk: Desk) -> list[Waiting]:
    if not (desk.user.is_superuser or desk.reader.holds(who.HEADS | MANAGERS)):
        return []
    return [Waiting(_("Số điện thoại chờ gọi lần hai"), waiting_for(desk.user), reverse("contacts:waiting"))]
