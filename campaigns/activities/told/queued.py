"""Activities in the queue: what waits for a second person, and what came back. Two numbers, no query of their own."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.activities.made import whose
from campaigns.activities.made.activity import Activity, ActivityState
from people.persons.merges import one_person
from people.rights import scope
from people.roster.waiting import Desk, Waiting, tally, waits


@waits(75)
def activities(desk: Desk) -> list[Waiting]:
    """Of whoever writes or verifies; others are asked nothing."""
    found, address = [], reverse("activities:home")
    if desk.reader.holds(whose.VERIFYING_KINDS):
        hers = Activity.objects.filter(key=OuterRef("key"), written_by__in=one_person(desk.user))
        rows = _rows(desk, whose.VERIFYING_KINDS, ActivityState.SENT).exclude(Exists(hers))
        where = f"{address}?loc=cho"
        found.append(Waiting(_("Hoạt động chờ anh chị xác nhận"), tally(rows), where, (), _("Xem và xác nhận"), where))
    if desk.reader.holds(whose.WRITING_KINDS):
        rows = _rows(desk, whose.WRITING_KINDS, ActivityState.BACK).filter(written_by__in=one_person(desk.user))
        where = f"{address}?loc=nhap"
        found.append(Waiting(_("Hoạt động được gửi lại để sửa"), tally(rows), where, (), _("Sửa rồi gửi lại"), where))
    return found


def _rows(desk: Desk, kinds, state: str):
    """Of this year, as the list behind it."""
    ends = {unit: end for kind, unit, end in desk.reader.roles if kind in kinds}
    units = scope.under(scope.resting(ends, desk.day), desk.day)
    return Activity.objects.open().filter(unit__in=units, state=state, on__year=desk.day.year)
