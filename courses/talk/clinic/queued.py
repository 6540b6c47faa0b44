"""Cases and contributions that wait for a moderator, in her queue."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from courses.talk.clinic.case import CaseState, ClinicCase, Contribution, ContributionState
from courses.talk.clinic.whose import moderated_by
from courses.talk.inquiries.whose import ANSWERING_KINDS
from people.rights.scope import reaches_everything
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(
    37,
    lambda: ClinicCase.objects.filter(state=CaseState.WAITING),
    lambda: Contribution.objects.filter(state=ContributionState.WAITING),
)
def cases(desk: Desk) -> list[Waiting]:
    if not desk.reader.holds(ANSWERING_KINDS):
        return []
    units = None if reaches_everything(desk.user) else desk.reader.rests_of(ANSWERING_KINDS)
    rows = waiting_in(desk.user, units).order_by("changed_at").values_list("pk", "asked", "contributed")
    listed = list(rows)
    named = tuple(
        Row(Truncator(asked).chars(70), reverse("talk:moderate", args=[pk])) for pk, asked, _n in listed[:NAMED]
    )
    address = reverse("talk:to_moderate")
    return [Waiting(_("Ca và lời góp chờ duyệt"), len(listed), address, named, _("Duyệt"), address)]


def waiting_in(user, units: set[int] | None = None):
    """Cases that wait themselves, or in which another's contribution waits: with `contributed`, how many."""
    waiting = Q(contributions__state=ContributionState.WAITING) & ~Q(contributions__by=user.pk)
    rows = moderated_by(user, units).annotate(contributed=Count("contributions", filter=waiting))
    return rows.filter(Q(state=CaseState.WAITING) | Q(state=CaseState.OPEN, contributed__gt=0))
