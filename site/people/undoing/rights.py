"""Who may see and undo which changes, and which of their rows: whoever could make such a change herself today, for the
rows within her reach.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from people.changes.change import KINDS, BulkChange, ChangedRow
from people.postings.posting import Posting
from people.rights.scope import EVERYTHING, NOTHING, import_reach, kinds_at_the_top, reaches_everything


def undoable_kinds(user) -> set[str]:
    """The kinds of changes that the user could make; those that nobody may undo like this have ways of their own."""
    if not (user.is_authenticated and user.is_active):
        return set()
    if reaches_everything(user):
        return {name for name, kind in KINDS.items() if kind.may}
    mine = kinds_at_the_top(user)
    return {name for name, kind in KINDS.items() if kind.may & mine}


def changes_of(user) -> QuerySet[BulkChange]:
    return BulkChange.objects.filter(kind__in=undoable_kinds(user)).select_related("by", "undoes")


def rows_of(change: BulkChange, user) -> QuerySet[ChangedRow]:
    return ChangedRow.objects.filter(rows_within(user), change=change)


def rows_within(user) -> Q:
    """Rows of units within reach, of people posted there, and those that are about the map itself."""
    if user is not None and not (user.is_authenticated and user.is_active):
        return NOTHING
    within = import_reach(user) if user is not None else None
    if within is None:
        return EVERYTHING
    posted = Posting.objects.filter(person=OuterRef("person"), unit__in=within)
    return Q(unit__in=within) | Q(Exists(posted), unit=None) | Q(person=None)
