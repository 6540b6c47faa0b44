"""Whom lists under /cms/ name, and their filters: editors of one's reach, where Wagtail names all who ever edited.

Who leads or edits for the province sees all; others see holders of roles at or under their own units, and whoever they
see anyway. In the history of a page, and in that of the site with its files, anybody else is told by role and unit.
"""

from collections.abc import Callable, Iterable
from functools import wraps

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.history import HistoryFilterSet, LogEntryUserColumn
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from people.persons.user import User
from people.rights.roles import Role
from people.rights.scope import EVERYTHING, kinds_at_the_top, reaches_everything, role_units, under, visible_to

_made = WagtailFilterSet.__init__
_users_of_history = HistoryFilterSet.get_users_queryset
_cell = LogEntryUserColumn.get_cell_context_data
_decorated = LogEntriesView.decorate_paginated_queryset


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


# --- histories


def in_place_of_names(people: Iterable[int | None], user) -> dict[int, str]:
    """{person: her role and unit}, of those among these people whom the user is not told by name. Two queries."""
    wanted = {pk for pk in people if pk and pk != user.pk}
    named = named_to(user)
    if not wanted or named == EVERYTHING:
        return {}
    hidden = wanted - set(User.objects.filter(named, pk__in=wanted).values_list("pk", flat=True))
    roles = Role.objects.current().filter(user__in=hidden).select_related("unit").order_by("pk")
    found = dict.fromkeys(hidden, _("người ngoài phạm vi của anh chị"))
    for role in reversed(roles):
        found[role.user_id] = f"{role.get_kind_display()}, {role.unit.name}"
    return found


@wraps(_users_of_history)
def _users_of_reach(filters):
    return _users_of_history(filters).filter(named_to(filters.request.user))


@wraps(_cell)
def _cell_of_reach(column, instance, parent_context):
    context = _cell(column, instance, parent_context)
    if not hasattr(column, "_unnamed"):
        rows, user = parent_context["table"].data, parent_context["request"].user
        column._unnamed = in_place_of_names([row.user_id for row in rows], user)
    if instance.user_id in column._unnamed:
        context |= {"value": None, "display_name": column._unnamed[instance.user_id]}
    return context


@wraps(_decorated)
def _decorated_of_reach(view, queryset):
    """For the screen and for the file."""
    entries = _decorated(view, queryset)
    unnamed = in_place_of_names([entry.user_id for entry in entries], view.request.user)
    for entry in entries:
        if label := unnamed.get(entry.user_id):
            entry.user_display_name, entry.user = label, None
    return entries


def connect() -> None:
    WagtailFilterSet.__init__ = _narrowed
    HistoryFilterSet.get_users_queryset = _users_of_reach
    LogEntryUserColumn.get_cell_context_data = _cell_of_reach
    LogEntriesView.decorate_paginated_queryset = _decorated_of_reach
