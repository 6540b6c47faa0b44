"""In the queue: versions of schools that wait for her decision."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.adapting.whose import DECIDING, deciders, waiting
from campaigns.schools.copies.copy import CopyWording
from people.rights.roles import role_kinds
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


def waiting_for(user) -> list[CopyWording]:
    """The oldest first; a constant number of queries, none for who answers for no unit."""
    if not role_kinds(user) & set(DECIDING):
        return []
    rows = list(waiting().select_related("copy__school", "sent_by").defer("words"))
    hers = deciders(rows)
    return [row for row in rows if user.pk in hers[row.pk]]


@waits(58, waiting)
def copies_to_decide(desk: Desk) -> list[Waiting]:
    rows = waiting_for(desk.user)
    named = tuple(Row(str(row.copy), reverse("adapting:copy", args=[row.copy.key])) for row in rows[:NAMED])
    return [Waiting(_("Bản bài học của trường chờ duyệt"), len(rows), reverse("adapting:reviews"), named)]
