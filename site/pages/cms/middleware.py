"""Screens under /cms/ that Wagtail opens to whoever may enter, narrowed to whoever has to do with what they show.

Choosers show the title of every object of a kind, and some show pages that are not published. A gate says for an
address who may open it; everybody else is led back with Wagtail's message, as from any screen without a right.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy, task_permission_policy

from pages.cms.refusals import refused
from pages.cms.words import chooser_in_vietnamese, in_vietnamese

ANY = ("add", "change", "delete", "view")


def holds_any(request: HttpRequest, app: str, model: str) -> bool:
    """Whether any right on this model is held."""
    return any(request.user.has_perm(f"{app}.{action}_{model}") for action in ANY)  # type: ignore[union-attr]


def translates(request: HttpRequest) -> bool:
    """The report names everything that is translated, of every unit."""
    return request.user.has_perm("wagtail_localize.submit_translation")  # type: ignore[union-attr]


def builds_workflows(request: HttpRequest) -> bool:
    return task_permission_policy.user_has_any_permission(request.user, ["add", "change"])


def may_choose_picture(request: HttpRequest, pk: str) -> bool:
    # a model is needed, and settings name this module before the models are there
    from wagtail.images.permissions import permission_policy

    return permission_policy.instances_user_has_any_permission_for(request.user, ["choose"]).filter(pk=pk).exists()


def may_move(request: HttpRequest, pk: str) -> bool:
    page = Page.objects.filter(pk=pk).first()
    return page is None or page.permissions_for_user(request.user).can_move()


def may_change_language(request: HttpRequest, pk: str) -> bool:
    """Everything is written in the first language; under another code nothing of it would be found."""
    return not Locale.objects.filter(pk=pk, language_code=settings.LANGUAGE_CODE).exists()


def choosable(user, pages: QuerySet) -> QuerySet:
    """Published pages, and whatever lies where the user works."""
    own = page_permission_policy.explorable_instances(user).values("pk")
    return pages.filter(Q(live=True) | Q(pk__in=own))


GATES: list[tuple[re.Pattern, Callable[..., bool]]] = [
    (re.compile(r"snippets/choose/(\w+)/(\w+)/"), holds_any),
    (re.compile(r"localize/api/snippets/(\w+)/(\w+)/"), holds_any),
    (re.compile(r"localize/reports/translations/"), translates),
    (re.compile(r"workflows/task_chooser/"), builds_workflows),
    (re.compile(r"images/chooser/(\d+)/select_format/"), may_choose_picture),
    (re.compile(r"pages/(\d+)/move/"), may_move),
    (re.compile(r"locales/(?:edit|delete)/(\d+)/"), may_change_language),
]


class CmsGateMiddleware:
    """Asks the gates of an address before Wagtail's view; who may not enter /cms/ at all is left to Wagtail."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not request.path_info.startswith(settings.EDITOR_PATH):
            return response
        path = request.path_info.removeprefix(settings.EDITOR_PATH)
        if "html" in kind:
            response.content = in_vietnamese(path, response.content.decode())
        elif "json" in kind:
            response.content = chooser_in_vietnamese(path, response.content.decode())
        return response

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if not request.path_info.startswith(settings.EDITOR_PATH) or not _entered(request):
            return None
        path = request.path_info.removeprefix(settings.EDITOR_PATH)
        for pattern, may in GATES:
            if (match := pattern.match(path)) and not may(request, *match.groups()):
                return permission_denied(request)
        return refused(request, path)


def _entered(request) -> bool:
    return request.user.is_authenticated and request.user.has_perm("wagtailadmin.access_admin")
