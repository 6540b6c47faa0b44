"""Prints a whole lesson, one sheet or one set of cards, as PDF."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
from campaigns.schools.paper import answer_cards_pdf, pack_pdf, sheet_pdf
from campaigns.schools.reading import withdrawn_lesson
from pages.serving import version
from printing import MissingLetter


@require_safe
def pack(request, slug: str):
    page = _in_vietnamese(SchoolLessonPage).filter(slug=slug).first()
    if page is None:
        return taken_back(request, slug)
    return _pdf(request, lambda: pack_pdf(page, version.of(request)), page.slug)


def taken_back(request, slug: str) -> HttpResponse:
    """What was printed of a lesson that was withdrawn is to be destroyed; of one that never was there is nothing."""
    page = withdrawn_lesson(slug)
    if page is None:
        raise Http404
    return render(request, "campaigns/pack_gone.html", {"title": page.title}, status=410)


@require_safe
def answer_cards(request):
    page = _in_vietnamese(SchoolsPage).first()
    if page is None:
        raise Http404
    return _pdf(request, lambda: answer_cards_pdf(page, version.of(request)), "the-tra-loi")


@require_safe
def sheet(request, slug: str, code: str):
    if not _in_vietnamese(SchoolLessonPage).filter(slug=slug).exists():
        return taken_back(request, slug)
    return _alone(request, _in_vietnamese(SchoolLessonPage).filter(slug=slug).first(), code)


@require_safe
def shared_sheet(request, code: str):
    """The shared sheet, from the page of all lessons."""
    return _alone(request, _in_vietnamese(SchoolsPage).first(), code)


def _in_vietnamese(model: type[Page]) -> QuerySet:
    return model.objects.live().public().filter(locale__language_code="vi")


def _alone(request, page: SchoolLessonPage | SchoolsPage | None, code: str):
    part = page and page.part(code)
    if not part:
        raise Http404
    return _pdf(request, lambda: sheet_pdf(page, part, version.of(request)), f"{page.slug}-{code}")


def _pdf(request, make: Callable[[], bytes], name: str) -> HttpResponse:
    """The file, to be seen and printed; a page that names the letter where the fonts lack one."""
    try:
        response = HttpResponse(make(), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    except MissingLetter as missing:
        response = render(request, "campaigns/not_printed.html", {"reason": str(missing)}, status=503)
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response
