"""The content version: a token, shared by all processes, that changes whenever published content may look different.

Code that caches something made of content (routing, a course's outline, a rendered body) stores it under the version
that was current *before* the content was read, so old content never appears under a new version, and nothing needs
purging. The token changes at once and again when the transaction commits, since between the two another process may
read the old rows under the new token. Which changes raise it, `pages.serving.changes` says.
"""

import time
from collections.abc import Callable, Hashable
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from outbox.clock import daily

KEY = "content-version"
# values that this process keeps, each with its version; small values only, in one dictionary
MOST_KEPT = 4000
_recent = ("", 0.0)
_kept: dict[Hashable, tuple[str, object]] = {}


def current() -> str:
    """One read of the shared cache."""
    version = cache.get(KEY)
    if version is None:
        # after the cache was emptied, `add` lets one of several processes set the new token
        cache.add(KEY, uuid4().hex, None)
        version = cache.get(KEY) or uuid4().hex
    return version


def recent() -> tuple[str, float]:
    """The version as this process read it at most `CONTENT_VERSION_SECONDS` ago, and when (seconds since 1970).

    Use it only to read what is cached, never to store: a new rendering would be stored under an old version. Changes by
    this process are seen at once, those by other processes after that time.
    """
    global _recent
    now = time.time()
    if not 0 <= now - _recent[1] < settings.CONTENT_VERSION_SECONDS:
        _recent = (current(), now)
    return _recent


def of(request) -> str:
    """The version at the first call in this request, the same for the whole request."""
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
    """What `make()` returned under this version; this process keeps it unless it is None. Nobody may change it
    afterwards.
    """
    entry = _kept.get(key)
    if entry is not None and entry[0] == version:
        return entry[1]
    value = make()
    if value is not None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (version, value)
    return value


@daily("pages.version.turn_of_the_day", at="00:00")
def turn_of_the_day(now: datetime) -> None:
    """Some pages depend on the day, such as the home page around 30/7."""
    raise_version()
