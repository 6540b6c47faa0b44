"""Hands out the zip for a USB stick: of one lesson at once, of all of them as it was made in the background."""

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaigns.answering.pages import for_anybody
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.reading import live_lessons, live_pages
from campaigns.schools.stick.files import stick
from campaigns.schools.stick.making import ask, file_of, work_of_now
from campaigns.schools.stick.zipping import zipped
from campaigns.schools.views import taken_back
from outbox.effects import OPEN_STATES
from outbox.private_files import file_answer
from pages.serving import version
from people.times import today
from printing import MissingLetter

KEPT_SECONDS = 24 * 60 * 60


@require_safe
def of_one(request, slug: str) -> HttpResponseBase:
    packs = list(live_pages().filter(slug=slug))
    return _zip(request, packs, slug) if packs else taken_back(request, slug)


@require_safe
def of_all(request) -> HttpResponseBase:
    """The file that was made of what stands today; else where it is asked for."""
    work = work_of_now()
    name = file_of(work)
    if work is None or not name:
        return redirect("school_sticks_page")
    return _private(file_answer(name, as_attachment=True, filename=work.result["download"]))


@for_anybody
def page_of_all(request) -> HttpResponseBase:
    """Asks for the zip of all lessons, shows how far it is, then hands it out."""
    if not live_lessons().exists():
        raise Http404
    work = work_of_now()
    if request.method == "POST":
        ask()
        return redirect("school_sticks_page")
    context = {"work": work, "is_ready": bool(file_of(work)), "is_open": work is not None and work.state in OPEN_STATES}
    return _private(render(request, "campaigns/sticks.html", context))


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response


def _zip(request, packs: list[SchoolLessonPage], name: str) -> HttpResponseBase:
    day = today()
    key = f"school-stick:{name}:{day}:{version.of(request)}"
    content = cache.get(key)
    if content is None:
        try:
            content = zipped(stick(request, packs, day))
        except MissingLetter:
            raise Http404 from None
        cache.set(key, content, KEPT_SECONDS)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="bai-hoc-{name}-{day}.zip"'
    return _private(response)
