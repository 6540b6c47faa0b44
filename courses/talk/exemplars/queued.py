"""Exemplars that wait for a second person, in her queue."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.talk.exemplars.exemplar import Exemplar, ExemplarState
from courses.talk.exemplars.whose import REVIEWING_KINDS, waiting_for
from people.rights.scope import reaches_everything
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(38, lambda: Exemplar.objects.filter(state=ExemplarState.WAITING))
def exemplars(desk: Desk) -> list[Waiting]:
    if not desk.reader.holds(REVIEWING_KINDS):
        return []
    units = None if reaches_everything(desk.user) else desk.reader.rests_of(REVIEWING_KINDS)
    rows = list(waiting_for(desk.user, units).values_list("pk", "title"))
    named = tuple(Row(title, reverse("exemplars:open", args=[pk])) for pk, title in rows[:NAMED])
    address = f"{reverse('exemplars:work')}?loc=cho-duyet"
    return [Waiting(_("Mô hình hay chờ duyệt"), len(rows), address, named, _("Đọc và duyệt"), address)]
