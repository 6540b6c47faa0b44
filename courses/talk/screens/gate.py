"""Who may open what of the talk. What is not one's own is not found."""

from uuid import UUID, uuid4

from django.http import Http404
from django.views.decorators.cache import never_cache

from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1
ON_A_PAGE = 20


def own_page(view):
    """For whoever is signed in; what was said is not kept on a shared computer."""
    return never_cache(signed_in_or_kept(view))


def found_or_404(rows, pk: int):
    found = rows.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise Http404
    return found


def key_of(text: str) -> UUID:
    """The key that a form brought; a new one where it brought none that is one."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()
