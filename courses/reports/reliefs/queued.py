"""In the queue: excuses, exclusions and extensions on which she decides."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.reliefs.deciding import decided_by
from courses.requirements.relief import ReliefRequest
from people.roster.waiting import Desk, Waiting, tally, waits


@waits(42, ReliefRequest.objects.open)
def reliefs_asked(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []
    asked = ReliefRequest.objects.open().filter(decided_by(desk.user))
    address = reverse("reports:reliefs")
    return [Waiting(_("Đề nghị miễn, hoãn, gia hạn"), tally(asked), address, (), _("Xem và trả lời"), address)]
