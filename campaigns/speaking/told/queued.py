"""In the queue: sentences to record, to record again, to hear."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.speaking.rules import TakeState
from campaigns.speaking.takes import Take
from people.rights.languages import Does, works_of
from people.rights.roles import RoleKind
from people.roster.waiting import Desk, Waiting, tally, waits


@waits(64)
def sounds(desk: Desk) -> list[Waiting]:
    """Of who speaks or approves a language."""
    if not desk.reader.holds({RoleKind.TRANSLATOR}):
        return []
    works = works_of(desk.user)
    approves = [language for language, what in works.items() if Does.APPROVES in what]
    rows = Take.objects.filter(source__gone_at=None, sound__speaker__ended_at=None)
    waiting = rows.filter(state=TakeState.AWAITING, language__in=approves).exclude(
        Q(brought_by=desk.user) | Q(sound__speaker__person=desk.user)
    )
    later = Take.objects.filter(brought_by=desk.user).exclude(state=TakeState.BACK)
    back = rows.filter(state=TakeState.BACK, brought_by=desk.user).exclude(source__in=later.values("source"))
    here = reverse("speaking:home")
    return [
        Waiting(_("Câu đã thu chờ nghe và duyệt"), tally(waiting), here),
        Waiting(_("Câu được gửi lại để thu lại"), tally(back), here),
    ]
