"""Pages of questions that are the same for everybody but for the number of the page: drawn once, kept by the process.

A whole school opens one of them in the same ten seconds. What a page says is kept under the content version that was
current before it was drawn; whether its code is open is no part of it and is looked up each time.
"""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from pages.serving import version


def once(request, key: Hashable, make: Callable[[], Any]) -> Any:
    """What `make()` returned under the version of now; nothing is kept of None. Nobody may change it afterwards."""
    known, _read_at = version.recent()
    kept = version.kept(known, key, lambda: None)
    return kept if kept is not None else version.kept(version.of(request), key, make)


def page_with_number(request, template: str, key: Hashable, context: dict, status: int = 200) -> HttpResponse:
    """The page with a number of its own in place of `{{ number }}`. Who has a session, or a message waiting, gets one
    that was drawn for her: its head names her way out.
    """
    draw = partial(_drawn, request, template, context)
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        parts = draw()
    else:
        parts = once(request, (template, key, get_language()), draw)
    response = HttpResponse(str(uuid4()).encode().join(parts), status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _drawn(request, template: str, context: dict) -> list[bytes]:
    """What stands before, between and behind its number."""
    number = str(uuid4())
    return render(request, template, {**context, "number": number}).content.split(number.encode())
