"""The run mode: one page that holds every step, which its script turns; and a page for each step where no script runs.

The window for the class is a page of its own that never holds a word of the teacher's.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.reading import lesson_or_404
from campaigns.schools.steps import Step
from campaigns.schools.teaching.plans import steps_in
from pages.serving import cache


@require_safe
def whole(request, slug: str, plan: str) -> HttpResponse:
    """Start, every step, end and page E. Without its script it is read from top to bottom."""
    page, steps = _taught(request, slug, plan)
    return _shown(request, page, plan, steps, {"steps": steps, "start": True, "end": True, "danger": True})


@require_safe
def step(request, slug: str, plan: str, number: int) -> HttpResponse:
    """One step; the number after the last one is the end."""
    page, steps = _taught(request, slug, plan)
    if not 1 <= number <= len(steps) + 1:
        raise Http404
    shown = steps[number - 1 : number]
    return _shown(request, page, plan, steps, {"steps": shown, "end": not shown, "number": number})


@require_safe
def danger(request, slug: str, plan: str, number: int) -> HttpResponse:
    """Page E, opened from a step; it leads back there."""
    page, steps = _taught(request, slug, plan)
    if not 1 <= number <= len(steps) + 1 or page.schools.protocol is None:
        raise Http404
    return _shown(request, page, plan, steps, {"danger": True, "number": number})


@require_safe
def for_class(request, slug: str, plan: str) -> HttpResponse:
    page, steps = _taught(request, slug, plan)
    context = {"page": page, "plan": plan, "steps": steps, "run": f"{page.slug}/{plan}", "last": len(steps) + 1}
    return _kept(request, render(request, "campaigns/run_class.html", context))


def _taught(request, slug: str, plan: str) -> tuple[SchoolLessonPage, list[Step]]:
    page = lesson_or_404(request, slug)
    steps = steps_in(page, plan)
    if not steps:
        raise Http404
    return page, steps


def _shown(request, page: SchoolLessonPage, plan: str, steps: list[Step], shown: dict) -> HttpResponse:
    number = shown.get("number", 0)
    context = {
        "page": page,
        "schools": page.schools,
        "plan": plan,
        "minutes": sum(one.minutes for one in steps),
        "last": len(steps) + 1,
        "number": number,
        "here": reverse("pack_run_step", args=[page.slug, plan, number]) if number else "",
        "heading": _("Dạy: %s") % page.title,
        "has_quiz": any(part.block_type == "quiz" for part in page.printed),
        **shown,
    }
    return _kept(request, render(request, "campaigns/run.html", context))


def _kept(request, response: HttpResponse) -> HttpResponse:
    """The same for everybody; it stands in no search."""
    response.headers["X-Robots-Tag"] = "noindex"
    cache.keep(request, response)
    return response
