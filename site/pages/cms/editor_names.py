"""Whom the filters of lists under /cms/ name: editors of one's reach, where Wagtail names everybody who ever edited.

Who leads or edits for the province sees all; others see holders of roles at or under their own units, and whoever they
see anyway. The history of pages that one may edit names all who edited them.
"""

from collections.abc import Callable
from functools import wraps

from django.db.models import Q
from wagtail.admin.filters import WagtailFilterSet

from people.persons.user import User
from people.rights.roles import Role
from people.rights.scope import EVERYTHING, kinds_at_the_top, reaches_everything, role_units, under, visible_to

_made = WagtailFilterSet.__init__


def named_to(user) -> Q:
    if reaches_everything(user) or kinds_at_the_top(user):
        return EVERYTHING
    holders = Role.objects.current().filter(unit__in=under(role_units(user)))
    return visible_to(user, User) | Q(pk__in=holders.values("user"))


@wraps(_made)
def _narrowed(filters, *args, **kwargs):
    _made(filters, *args, **kwargs)
    for one in filters.filters.values():
        people = getattr(one, "queryset", None)
        if people is not None and _of_people(people, filters.request):
            one.queryset = _of_reach(people)


def _of_people(people, request) -> bool:
    return getattr(people(request) if callable(people) else people, "model", None) is User


def _of_reach(people) -> Callable:
    return lambda request: (people(request) if callable(people) else people).filter(named_to(request.user))


def connect() -> None:
    WagtailFilterSet.__init__ = _narrowed
