"""What may be kept on a device to be read without a line: the worker that answers for it, and lists of what is kept.

The worker is registered only where somebody asked to keep something, lies beside the pages for which it may answer, and
sees no others. A list names pages without a person on them; the device asks for them without its cookies.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pages.serving import cache, version

# days after which who kept something is asked to renew it
RENEWED_AFTER = 90
# what a product upgrade changes without a change of content
PARTS = ("surface/run.css", "surface/school.css", "js/run.js", "js/keep.js", "js/log.js", "js/shell.js")


@lru_cache(maxsize=1)
def _worker() -> str:
    return (Path(settings.SITE_DIR) / "static" / "js" / "worker.js").read_text(encoding="utf-8")


@require_safe
@cache_control(no_cache=True)
def worker(request) -> HttpResponse:
    """Browsers ask for it at its own fixed address, whose folder is all that it may answer for."""
    return HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")


def kept_list(request, title: str, files: list[str]) -> HttpResponse:
    """What one thing consists of; `version` changes whenever one of its pages may look different."""
    content = " ".join([version.of(request), *map(static, PARTS), *files])
    body = {"title": title, "version": sha256(content.encode()).hexdigest()[:16], "files": files}
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    cache.keep(request, response)
    return response


def withdrawn(title: str) -> HttpResponse:
    """Devices that kept it remove it."""
    return JsonResponse({"gone": title}, status=410, json_dumps_params={"ensure_ascii": False})
