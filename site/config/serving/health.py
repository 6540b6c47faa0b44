"""Health checks, and the page that a visitor sees while the database is away.

`/healthz` checks nothing but the process. `/readyz` names the services that are away to a client on this machine or on
one of TRUSTED_PROXIES, with a warning where more machines are at work than WEB_HOSTS says, and answers only yes or no
to everybody else. Both are answered before host, session and
language are looked at, are never cached and tell no secret.
"""

import logging
import uuid

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone

from config.serving import errors, proxies
from config.serving.database import is_away
from media.contents import clamd
from outbox.leases import Lease
from outbox.presence import hosts_at_work

logger = logging.getLogger("config.serving.health")


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_answers() -> bool:
    token = uuid.uuid4().hex
    cache.set("readyz", token, 30)
    # another process may have checked in between
    return cache.get("readyz") is not None


def storage_answers() -> bool:
    name = default_storage.save(f"readyz/{uuid.uuid4().hex}", ContentFile(b"ok"))
    default_storage.delete(name)
    return True


def worker_answers() -> bool:
    return Lease.objects.alive("worker:", timezone.now()).exists()


PARTS = {
    "database": database_answers,
    "cache": cache_answers,
    "storage": storage_answers,
    "worker": worker_answers,
}


def scanner_answers() -> bool:
    return clamd.answers(settings.CLAMAV_URL)


# what is told beside them: without it the site serves, and only new documents wait
BESIDE = {"scanner": scanner_answers}


def readiness() -> dict[str, str]:
    """{"database": "ok" | "away", …}; `scanner` too where there is one."""
    states = {}
    for name, answers in {**PARTS, **(BESIDE if settings.CLAMAV_URL else {})}.items():
        try:
            states[name] = "ok" if answers() else "away"
        except Exception as error:
            logger.warning("readyz: %s is away (%s)", name, type(error).__name__)
            states[name] = "away"
    return states


def warnings() -> list[str]:
    """What lets the site be ready and should be mended: machines that know nothing of each other share no limits."""
    hosts = hosts_at_work(timezone.now()) | {settings.HOST_NAME[:40]}
    if len(hosts) <= settings.WEB_HOSTS:
        return []
    return [f"WEB_HOSTS={settings.WEB_HOSTS}, but {len(hosts)} machines are at work: {', '.join(sorted(hosts))}"]


def readyz(request) -> HttpResponse:
    states = readiness()
    ready = all(states[name] == "ok" for name in PARTS)
    status = 200 if ready else 503
    if proxies.is_own(request.META):
        told = warnings() if states["database"] == "ok" else []
        return JsonResponse({**states, "warnings": told} if told else states, status=status)
    return HttpResponse("ok\n" if ready else "not ok\n", content_type="text/plain", status=status)


class HealthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info == "/healthz":
            response = HttpResponse("ok\n", content_type="text/plain")
        elif request.path_info == "/readyz":
            response = readyz(request)
        else:
            return self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class DatabaseAwayMiddleware:
    """Answers with a page that says when to come back, instead of a bare error."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not is_away(exception):
            return None
        logger.error("the database is away", exc_info=exception)
        return errors.unavailable(request)
