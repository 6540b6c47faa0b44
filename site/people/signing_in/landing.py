"""Where somebody lands after signing in: once on the page that says what this is, then on their own work.

Somebody with a role comes for its work, everybody else to learn. An app registers what its people come for; the first
that fits is taken:

    lands(20, lambda user, kinds: "/bao-cao/" if kinds & FIGURE_KINDS else "")
"""

from collections.abc import Callable

from django.urls import reverse

from people.rights.roles import FIGURE_KINDS, RoleKind, role_kinds

LEARNING = "/hoc-tap/"
EDITORS = {RoleKind.COMMUNE_EDITOR, RoleKind.TRANSLATOR}
# (order, address for the user and their kinds of roles, "" for none)
_PLACES: list[tuple[int, Callable]] = []


def lands(order: int, address_for: Callable) -> None:
    _PLACES.append((order, address_for))


def landing_of(user) -> str:
    """The first page after signing in, where no other was asked for."""
    return reverse("welcome") if user.welcomed_at is None else own_work(user)


def own_work(user) -> str:
    """What the person is here for: the work of a role; what she has to learn herself is one entry of the menu away."""
    kinds = role_kinds(user)
    for _order, address_for in sorted(_PLACES, key=lambda place: place[0]):
        if address := address_for(user, kinds):
            return address
    return LEARNING


lands(50, lambda user, kinds: "/bao-cao/" if kinds & FIGURE_KINDS else "")
lands(60, lambda user, kinds: "/cms/" if kinds & EDITORS else "")
