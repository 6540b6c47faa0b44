"""Why something is not done with a page, in a sentence; Wagtail itself only says that a right is lacking, or nothing.

The page's own rights know it (`why_not` of its permission tester); where they say nothing, Wagtail answers.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail.models import Page


class Act(StrEnum):
    """The first three bear the names of Wagtail's actions on many pages."""

    PUBLISH = "publish"
    UNPUBLISH = "unpublish"
    MOVE = "move"
    PUBLISH_BELOW = "publish below"


MOVING = re.compile(r"pages/(\d+)/move/(\d+)/confirm/")
TAKING_DOWN = re.compile(r"pages/(\d+)/unpublish/")
EDITING = re.compile(r"pages/(\d+)/edit/")
ADDING = re.compile(r"pages/add/\w+/\w+/(\d+)/")
# what the form of a page sends with the draft that it saves
WANTED = ("action-publish", "action-submit")


def why_not(page: Page, user, act: Act, destination: Page | None = None) -> str:
    """ "" where nothing but a right may be lacking."""
    said = getattr(page.specific_deferred.permissions_for_user(user), "why_not", None)
    return said(act, destination) if said else ""


def refused(request: HttpRequest, path: str) -> HttpResponse | None:
    """Of a screen that would only say that a right is lacking: back to where somebody can go on, with the reason."""
    if match := MOVING.fullmatch(path):
        page, goal = _page(match[1]), _page(match[2])
        if page and goal and (said := why_not(page, request.user, Act.MOVE, goal)):
            messages.error(request, said)
            return redirect("wagtailadmin_pages:move", page.pk)
    if match := TAKING_DOWN.fullmatch(path):
        page = _page(match[1])
        if page and (said := why_not(page, request.user, Act.UNPUBLISH)):
            messages.error(request, said)
            return redirect("wagtailadmin_pages:edit", page.pk)
    _tell_of_a_draft(request, path)
    return None


def _tell_of_a_draft(request: HttpRequest, path: str) -> None:
    """The form saves a draft where it may not publish, and does not say so."""
    if request.method != "POST" or not any(name in request.POST for name in WANTED):
        return
    for pattern, act in ((EDITING, Act.PUBLISH), (ADDING, Act.PUBLISH_BELOW)):
        match = pattern.fullmatch(path)
        page = _page(match[1]) if match else None
        if page and (said := why_not(page, request.user, act)):
            messages.warning(request, said)


def _page(pk: str) -> Page | None:
    return Page.objects.filter(pk=pk).first()


# --- of an action on many


def reasons(pages: Iterable[Page], user, act: Act, destination: Page | None = None) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(said for page in pages if (said := why_not(page, user, act, destination))))


def tell_of_what_stayed_below(request: HttpRequest, pages: Iterable[Page], act: Act) -> None:
    """Wagtail leaves out what may not go up or come down below these pages, and says nothing of it."""
    live = act == Act.UNPUBLISH
    below = (one for page in pages for one in page.get_descendants().filter(live=live).specific(defer=True))
    if said := reasons(below, request.user, act):
        more = ngettext("Còn %(n)d trang khác cũng vậy.", "Còn %(n)d trang khác cũng vậy.", len(said) - 1)
        messages.warning(request, said[0] if len(said) == 1 else f"{said[0]} {more % {'n': len(said) - 1}}")
