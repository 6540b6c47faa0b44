"""What a reader of a screen under /cms/ is told of whom, wherever Wagtail writes a name: in the history of a workflow,
in what says who locked or last published a page, in a report and in its file.

Wagtail's own functions know the person and not the reader; the middleware of /cms/ says who reads (`read_by`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, wraps
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail import locks
from wagtail.admin import utils
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.ui.tables import UserColumn
from wagtail.admin.views import editing_sessions
from wagtail.admin.views.reports.aging_pages import AgingPagesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView

from pages.editors.naming import named_to
from people.persons.user import User
from people.rights.roles import Role
from people.rights.scope import EVERYTHING

_told: ContextVar["Names | None"] = ContextVar("names", default=None)
# of a report's rows: the paths of keys to people
PEOPLE_OF = {
    LockedPagesView: ("locked_by",),
    WorkflowView: ("requested_by",),
    WorkflowTasksView: ("finished_by", "workflow_state.requested_by"),
}
_shown = utils.get_user_display_name
_cell = UserColumn.get_cell_context_data
_publisher = AgingPagesView.add_last_publisher_name_to_page


class Names:
    """Of one request; three queries at its first name, however many follow."""

    def __init__(self, request):
        self.request = request
        self.others: dict[int, bool] = {}

    @cached_property
    def _named(self) -> Q:
        return named_to(self.request.user)

    @cached_property
    def _holders(self) -> set[int]:
        """Who holds a role, or held one, and is named; editors are among them."""
        holders = Role.objects.values("user")
        return set(User.objects.filter(self._named, pk__in=holders).values_list("pk", flat=True))

    @cached_property
    def _roles(self) -> dict[int, str]:
        rows = Role.objects.current().select_related("unit").order_by("-pk")
        return {
            row.user_id: f"{row.get_kind_display()}, {row.unit.name}"
            for row in rows
            if row.user_id not in self._holders
        }

    def _is_named(self, pk: int) -> bool:
        """Of somebody who never held a role."""
        if pk not in self.others:
            self.others[pk] = User.objects.filter(self._named, pk=pk).exists()
        return self.others[pk]

    def in_place_of(self, pk: int | None) -> str:
        """Role and unit of somebody whom the reader is not told by name; "" of everybody else."""
        if not pk or pk == self.request.user.pk or self._named == EVERYTHING or pk in self._holders:
            return ""
        if pk in self._roles:
            return self._roles[pk]
        return "" if self._is_named(pk) else _("người ngoài phạm vi của anh chị")


@contextmanager
def read_by(request) -> Iterator[None]:
    before = _told.set(Names(request))
    try:
        yield
    finally:
        _told.reset(before)


def _instead(pk: int | None) -> str:
    names = _told.get()
    return names.in_place_of(pk) if names else ""


@wraps(_shown)
def _display_name(user):
    return _instead(getattr(user, "pk", None)) or _shown(user)


@wraps(_cell)
def _told_cell(column, instance, parent_context):
    context = _cell(column, instance, parent_context)
    if label := _instead(getattr(context["value"], "pk", None)):
        context |= {"value": None, "display_name": label}
    return context


@wraps(_publisher)
def _told_publisher(view, username_mapping, page):
    _publisher(view, username_mapping, page)
    if page.last_published_by and (label := _instead(view.user_id_to_python(page.last_published_by))):
        page.last_published_by_user = label


def _decorated(view_class: type, paths: tuple[str, ...]) -> None:
    """For the screen and for the file: where a name would stand, somebody of no row who is called by role and unit."""
    decorate = view_class.decorate_paginated_queryset  # type: ignore[attr-defined]

    @wraps(decorate)
    def decorated(view, object_list):
        rows = decorate(view, object_list)
        for row in rows:
            for path in paths:
                _rename(row, *path.split("."))
        return rows

    view_class.decorate_paginated_queryset = decorated  # type: ignore[attr-defined]


def _rename(row: Any, *path: str) -> None:
    *above, key = path
    for step in above:
        row = getattr(row, step)
    if label := _instead(getattr(row, f"{key}_id")):
        setattr(row, key, User(full_name=label))


def connect() -> None:
    for module in (wagtailadmin_tags, locks, editing_sessions):
        module.get_user_display_name = _display_name  # type: ignore[attr-defined]
    UserColumn.get_cell_context_data = _told_cell
    AgingPagesView.add_last_publisher_name_to_page = _told_publisher
    for view_class, paths in PEOPLE_OF.items():
        _decorated(view_class, paths)
