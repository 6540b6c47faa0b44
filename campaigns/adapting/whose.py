"""Whose a copy is: the teachers' and managers' of its school. It is decided by who answers for the school, and by
nobody who wrote or handed in what would go live.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from campaigns.activities.made.whose import at
from campaigns.review.reviewers import LADDER, Reviewers
from campaigns.schools.copies.copy import CopyWording, PackCopy, WordingState
from campaigns.schools.log.whose import WRITING_KINDS
from people.persons.merges import one_person
from people.persons.user import User
from people.rights.roles import RoleKind, role_kinds

# the nearest first: the school itself, then the ladder of communes' pages
DECIDING = (RoleKind.SCHOOL_MANAGER, *LADDER)


def copies_of(user) -> QuerySet[PackCopy]:
    """Of the schools where she teaches or that she manages."""
    return PackCopy.objects.filter(at(user, WRITING_KINDS, "school")).select_related("school", "page")


def waiting() -> QuerySet[CopyWording]:
    return (
        CopyWording.objects.filter(state=WordingState.WAITING).select_related("copy__school").order_by("sent_at", "pk")
    )


def deciders(wordings: Iterable[CopyWording]) -> dict[int, set[int]]:
    """{wording: ids of who decide on it}; a constant number of queries, none where nothing waits."""
    rows = list(wordings)
    if not rows:
        return {}
    reviewers, wrote = Reviewers({row.copy.school_id for row in rows}, kinds=DECIDING), _writers(rows)
    return {row.pk: reviewers.deciding(row.copy.school_id, wrote[row.pk]) for row in rows}


def _writers(rows: list[CopyWording]) -> dict[int, set[int | None]]:
    """Who wrote a word since the last wording that was approved, or handed it in; under any of her records."""
    live: dict[int, int] = defaultdict(int)
    of_these = CopyWording.objects.filter(copy__in={row.copy_id for row in rows})
    live.update(of_these.filter(state=WordingState.LIVE).values_list("copy", "pk"))
    written: dict[int, set[int]] = defaultdict(set)
    for copy, pk, by, sent_by in of_these.values_list("copy", "pk", "by", "sent_by"):
        if pk > live[copy]:
            written[copy] |= {by, sent_by} - {None}
    return {row.pk: set(written[row.copy_id]) for row in rows}


def may_decide(user, wording: CopyWording) -> bool:
    if wording.state != WordingState.WAITING or not role_kinds(user) & set(DECIDING):
        return False
    return user.pk in deciders([wording]).get(wording.pk, ()) and not _worked_on(user, wording)


def _worked_on(user, wording: CopyWording) -> bool:
    """Under any of her records."""
    wrote = _writers([wording])[wording.pk]
    return User.objects.filter(pk__in=one_person(user)).filter(pk__in=wrote).exists()
