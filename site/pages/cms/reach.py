"""Screens of Wagtail that tell more than a person may see, each narrowed to what is within their reach.

They stand in front of Wagtail's own addresses (pages.cms.entrance), so their names and forms stay Wagtail's.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from wagtail import hooks
from wagtail.admin.auth import permission_denied, require_admin_access
from wagtail.admin.views import chooser
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy
from wagtailmedia.permissions import permission_policy as media_policy
from wagtailmedia.views.media import usage

from letters.numbers import is_number
from media.models import DocumentFile, Picture, Recording
from pages.cms.refusals import Act, reasons, tell_of_what_stayed_below

FILES: dict[type[Model], Any] = {Picture: image_policy, DocumentFile: document_policy, Recording: media_policy}
ANY = ["add", "change", "delete", "choose"]


# --- the page chooser


def left_by_hooks(request, pages):
    """What the chooser may show of `pages`; Wagtail asks the hooks about children only."""
    for hook in hooks.get_hooks("construct_page_chooser_queryset"):
        pages = hook(pages, request)
    return pages


@require_admin_access
def choose_below(request, parent_page_id: int):
    if not left_by_hooks(request, Page.objects.filter(pk=parent_page_id)).exists():
        return permission_denied(request)
    return chooser.BrowseView.as_view()(request, parent_page_id=parent_page_id)


@require_admin_access
def chosen_pages(request):
    requested = Page.objects.filter(pk__in=[pk for pk in request.GET.getlist("id") if is_number(pk)])
    allowed = [str(pk) for pk in left_by_hooks(request, requested).values_list("pk", flat=True)]
    if not allowed:
        return permission_denied(request)
    query = request.GET.copy()
    query.setlist("id", allowed)
    request.GET = query
    return chooser.ChosenMultipleView.as_view()(request)


class Parents(chooser.ParentPageColumn):
    """Each parent read once, with its language; Wagtail reads both for every row."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known: dict[str, Page] = {}

    def get_value(self, instance):
        path = instance.path[: -Page.steplen]
        if path not in self.known:
            self.known[path] = Page.objects.select_related("locale").get(path=path)
        return self.known[path]


class ChooserSearch(chooser.SearchView):
    @property
    def columns(self):
        columns = super().columns
        return [
            Parents("parent", label=column.label) if isinstance(column, chooser.ParentPageColumn) else column
            for column in columns
        ]


choose_search = require_admin_access(ChooserSearch.as_view())


# --- one action on many


class WithinReach:
    """Wagtail names each thing that the person may not act on; one that they may not even see is not named. Where the
    page itself knows why, that is said.
    """

    # attributes of the action into which it is mixed
    request: Any
    action_type: str

    def check_perm(self, item):
        """By the rules of its own class, which Wagtail leaves aside here."""
        return super().check_perm(item.specific if isinstance(item, Page) else item)  # type: ignore[misc]

    def get_actionable_objects(self):
        objects, others = super().get_actionable_objects()  # type: ignore[misc]
        seen = self._seen(others["items_with_no_access"])
        self._say_why([*seen, *(row["item"] for row in others.get("pages_without_destination_access", ()))])
        return objects, {**others, "items_with_no_access": seen}

    def form_valid(self, form):
        answer = super().form_valid(form)  # type: ignore[misc]
        if form.cleaned_data.get("include_descendants") and self.action_type in list(Act):
            pages = self.actionable_objects  # type: ignore[attr-defined]
            tell_of_what_stayed_below(self.request, pages, Act(self.action_type))
        return answer

    def _say_why(self, items: list) -> None:
        if not items or not isinstance(items[0], Page) or self.action_type not in list(Act):
            return
        form = getattr(self, "cleaned_form", None)
        goal = form.cleaned_data.get("chooser") if form else None
        told = self.__dict__.setdefault("_told", set())
        for said in reasons(items, self.request.user, Act(self.action_type), goal):
            if said not in told:
                told.add(said)
                messages.warning(self.request, said)

    def _seen(self, items: list) -> list:
        user = self.request.user
        if not items or user.is_superuser:
            return items
        if isinstance(items[0], Page):
            within = page_permission_policy.explorable_instances(user)
        elif type(items[0]) in FILES:
            within = FILES[type(items[0])].instances_user_has_any_permission_for(user, ANY)
        else:
            return items
        there = set(within.filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True))
        return [item for item in items if item.pk in there]


def may_act_on(request, model: type[Model]) -> bool:
    """A bulk action names everything that it was asked to touch, what it refuses too."""
    if model is not Page:
        policy = FILES.get(model) or ModelPermissionPolicy(model)
        return policy.user_has_any_permission(request.user, ["add", "change", "delete"])
    asked = request.GET.getlist("id")
    if not all(is_number(key) for key in asked):
        asked = request.GET.getlist("childOf")  # "all" of what is under this page
    own = page_permission_policy.explorable_instances(request.user)
    return own.filter(pk__in=[key for key in asked if is_number(key)]).count() == len({*asked})


@require_admin_access
def bulk_action(request, app_label: str, model_name: str, action: str):
    """Whoever may not act on what is asked about is led back; nothing beyond anybody's reach is named."""
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        raise Http404 from None
    if not may_act_on(request, model):
        return permission_denied(request)
    action_class = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if action_class is None:
        raise Http404
    narrowed = type(action_class.__name__, (WithinReach, action_class), {})
    try:
        # in one transaction: where one of them may not go live, none does
        with transaction.atomic():
            return narrowed(request, model).dispatch(request)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(request.get_full_path())


# --- where a recording is used, and what was edited last of each kind of page


@require_admin_access
def recording_usage(request, media_id: int):
    recording = get_object_or_404(Recording, pk=media_id)
    if not media_policy.user_has_any_permission_for_instance(request.user, ["change", "delete"], recording):
        return permission_denied(request)
    return usage(request, media_id)


def whole_tree_only(view: Callable) -> Callable:
    """For lists that Wagtail does not narrow: only those whose reach is the whole tree."""

    @require_admin_access
    def gate(request, *args, **kwargs):
        root = page_permission_policy.explorable_root_instance(request.user)
        direct = page_permission_policy.instances_with_direct_explore_permission(request.user)
        if root is None or not any(page.depth == 1 for page in direct):
            return permission_denied(request)
        return view(request, *args, **kwargs)

    return gate
