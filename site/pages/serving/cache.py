"""A cache of whole public pages: a page for anonymous visitors is rendered once for each content version and day.

It works by allow-list: it stores only answers marked with `keep()`, to a GET without session and query, with status 200
and without a cookie. The key holds the content version and the day read before rendering, so a rendering begun before a
change keeps its old key, and nothing needs purging.

Browsers get `no-cache` with an ETag: they keep the page and revalidate each time. nginx gets `X-Accel-Expires` up to
the end of the current second, so a change is seen within one second (docs/nginx.conf).

gzip and Brotli are made once, when a page is stored. BREACH needs a secret and an echo of what was asked for in one
answer: these pages have neither, since no session, no token and no query takes part in them.
"""

import gzip
import hashlib
import time
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone

from pages.serving import version

# entries in one process, each of about 30 KB
MOST_ENTRIES = 400
# a process killed between a commit and the change of the version must not leave an old page for ever
SECONDS_KEPT = 3600
# parameters that other sites add to shared links; they change nothing here
IGNORED = frozenset(
    {"fbclid", "gclid", "zarsrc", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "mibextid"}
)
NOT_SHARED = ("vary", "cache-control", "content-length", "etag", "referrer-policy")


@dataclass(frozen=True)
class Entry:
    """`bodies` by content coding, "" for none; `until` in seconds since 1970."""

    etag: str
    headers: tuple[tuple[str, str], ...]
    bodies: dict[str, bytes]
    until: float


_entries: dict[str, Entry] = {}


def keep(request, response) -> None:
    """Marks this answer as a public page, the same for everybody without a session."""
    response.is_public_page = True


class PageCacheMiddleware:
    """Stands before security, session and language: a hit asks the shared cache for the version and nobody else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_anonymous_reading(request):
            return _for_one(self.get_response(request))
        query = request.META.get("QUERY_STRING", "")
        if query and not _is_ignored(query):
            return _for_one(self.get_response(request))
        known_version, read_at = version.recent()
        if entry := find(key_of(request, known_version)):
            return answer(request, entry, read_at)
        read_at, key = time.time(), key_of(request, version.of(request))
        if (entry := find(key)) is None:
            response = self.get_response(request)
            # a request with a query is only looked up: the query may have got into the page
            if query or not may_be_kept(request, response):
                return _for_one(response)
            entry = store(key, response)
        return answer(request, entry, read_at)


def is_anonymous_reading(request) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
    )


def _is_ignored(query: str) -> bool:
    return all(name in IGNORED for name, _value in parse_qsl(query, keep_blank_values=True))


def key_of(request, content_version: str) -> str:
    """The cache key, read before rendering. It holds the host, since Django checks the host only when a page is
    rendered.
    """
    host = request.META.get("HTTP_HOST")
    return f"{content_version} {timezone.localdate()} {request.scheme} {host} {request.path}"


def find(key: str) -> Entry | None:
    entry = _entries.get(key)
    if entry is None:
        entry = caches["pages"].get(_short(key))
        if entry is not None:
            _remember(key, entry)
    return entry if entry is not None and entry.until > time.time() else None


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _remember(key: str, entry: Entry) -> None:
    if len(_entries) >= MOST_ENTRIES:
        _entries.clear()
    _entries[key] = entry


def may_be_kept(request, response) -> bool:
    return (
        getattr(response, "is_public_page", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        # a CSRF token was rendered, or somebody signed in during the request
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "is_preview", False)
        and not any(word in response.headers.get("Cache-Control", "") for word in ("private", "no-store"))
    )


def store(key: str, response) -> Entry:
    body = response.content
    headers = [(name, value) for name, value in response.items() if name.lower() not in NOT_SHARED]
    headers += [("Referrer-Policy", response.headers.get("Referrer-Policy", settings.SECURE_REFERRER_POLICY))]
    entry = Entry(
        # a weak ETag: the same page in three codings
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:32]}"',
        headers=tuple(headers),
        bodies={"": body, "gzip": gzip.compress(body, 6, mtime=0), "br": brotli.compress(body, quality=5)},
        until=time.time() + SECONDS_KEPT,
    )
    _remember(key, entry)
    caches["pages"].set(_short(key), entry, SECONDS_KEPT)
    return entry


def answer(request, entry: Entry, read_at: float) -> HttpResponse:
    """`read_at` is when the content version of this page was read."""
    if _knows(request.META.get("HTTP_IF_NONE_MATCH", ""), entry.etag):
        response: HttpResponse = HttpResponseNotModified()
    else:
        coding = best_coding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        body = entry.bodies[coding]
        response = HttpResponse(body)
        for name, value in entry.headers:
            response.headers[name] = value
        response.headers["Content-Length"] = str(len(body))
        if coding:
            response.headers["Content-Encoding"] = coding
    response.headers["ETag"] = entry.etag
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    response.coding_chosen = True  # type: ignore[attr-defined]  # read by config.serving.compression
    response.headers["X-Accel-Expires"] = f"@{int(read_at)}"
    return response


def _knows(known: str, etag: str) -> bool:
    """If-None-Match (RFC 9110, 13.1.2), compared weakly."""
    return bool(known) and (known.strip() == "*" or etag in (part.strip() for part in known.split(",")))


@lru_cache(maxsize=256)
def best_coding(accepted: str) -> str:
    """br, gzip or "" by Accept-Encoding (RFC 9110, 12.5.3)."""
    wanted = {}
    for part in accepted.lower().split(","):
        coding, _semicolon, weight = part.partition(";")
        wanted[coding.strip()] = weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((coding for coding in ("br", "gzip") if wanted.get(coding)), "")


def _for_one(response):
    """Marks a possibly personal answer as private where the view set nothing, so that no shared cache keeps it."""
    if "Cache-Control" not in response.headers and response.headers.get("Content-Type", "").startswith("text/html"):
        response.headers["Cache-Control"] = "private, no-cache"
    return response
