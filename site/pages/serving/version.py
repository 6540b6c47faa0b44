"""The content version: a token, shared by all processes, that changes whenever published content may look different.

Whoever keeps something made of content (routing, a course's outline, a rendered body) keeps it under the version that
was current *before* it was read, so what was read before a change is never taken for what came after it, and nothing
needs purging. The token is raised at once and again when the transaction commits: between the two another process may
have read the old rows under the new token.
"""

import time
from collections.abc import Callable, Hashable
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from media.models import DocumentFile, Picture, Recording, Rendition
from outbox.clock import daily
from pages.contacts.contact import Contact
from people.units.successions import reach_changed

KEY = "content-version"
# rows whose change may show on a page that was kept
SHOWN = (Page, Site, Locale, PageViewRestriction, Picture, Rendition, DocumentFile, Recording, Contact)
# what this process keeps, with the version it was made under; small things only, one dictionary for all
MOST_KEPT = 4000
_recent = ("", 0.0)
_kept: dict[Hashable, tuple[str, object]] = {}


def current() -> str:
    """One read of the shared cache."""
    version = cache.get(KEY)
    if version is None:
        # a cache that was emptied starts anew; `add` lets one of several processes win
        cache.add(KEY, uuid4().hex, None)
        version = cache.get(KEY) or uuid4().hex
    return version


def recent() -> tuple[str, float]:
    """The version as this process read it at most `CONTENT_VERSION_SECONDS` ago, and when (seconds since 1970).

    Only for showing what is kept under it, never for keeping: what is drawn now would lie under a version gone by. This
    process' own changes are seen at once, those of others that much later.
    """
    global _recent
    now = time.time()
    if not 0 <= now - _recent[1] < settings.CONTENT_VERSION_SECONDS:
        _recent = (current(), now)
    return _recent


def of(request) -> str:
    """The version when this request first asked; the same for all of the request."""
    if not hasattr(request, "_content_version"):
        request._content_version = current()
    return request._content_version


def raise_version() -> None:
    _set()
    transaction.on_commit(_set)


def _set() -> None:
    global _recent
    _recent = ("", 0.0)
    cache.set(KEY, uuid4().hex, None)


def kept(version: str, key: Hashable, make: Callable):
    """What `make()` returned under this version, kept in this process unless None. Nobody may change it afterwards."""
    entry = _kept.get(key)
    if entry is not None and entry[0] == version:
        return entry[1]
    value = make()
    if value is not None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (version, value)
    return value


def _row_changed(sender, **kwargs) -> None:
    if issubclass(sender, SHOWN):
        raise_version()


def _page_changed(sender, **kwargs) -> None:
    raise_version()


@daily("pages.version.turn_of_the_day", at="00:00")
def turn_of_the_day(now: datetime) -> None:
    """What a page shows may follow the day, as the home page does around 30/7."""
    raise_version()


def connect() -> None:
    for signal in (post_save, post_delete):
        signal.connect(_row_changed, dispatch_uid="content_version")
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_page_changed, dispatch_uid="content_version")
    # a unit renamed or merged by an import
    reach_changed.connect(_page_changed, dispatch_uid="content_version")
    m2m_changed.connect(_page_changed, sender=PageViewRestriction.groups.through, dispatch_uid="content_version")
