"""Why something is not done with a page, in a sentence; Wagtail itself only says that a right is lacking, or nothing.

The page's own rights know it (`why_not` of its permission tester); where they say nothing, Wagtail answers.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import islice

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
# of pages that stayed below others: so many may have nothing to say
ASKED = 3
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
    """Wagtail leaves out what may not go up or come down below these pages, and says nothing of it.

    As many queries however much stands there: a page is asked whether it stays, and only the first ones why.
    """
    live = act == Act.UNPUBLISH
    below = (one for page in pages for one in page.get_descendants().filter(live=live).specific(defer=True))
    stayed = {page.pk: page for page in below if _stays(page, request.user, act)}
    said = next(filter(None, (why_not(page, request.user, act) for page in islice(stayed.values(), ASKED))), "")
    if said:
        others = len(stayed) - 1
        more = ngettext("Còn %(n)d trang khác cũng vậy.", "Còn %(n)d trang khác cũng vậy.", others) % {"n": others}
        messages.warning(request, f"{said} {more}" if others else said)


def _stays(page: Page, user, act: Act) -> bool:
    asked = getattr(page.specific_deferred.permissions_for_user(user), "stays", None)
    return bool(asked and asked(act))
