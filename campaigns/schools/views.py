"""Prints one sheet or one set of cards without the whole lesson."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage


@require_safe
def sheet(request, slug: str, code: str):
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
    response = render(request, "campaigns/sheet.html", {"page": page, "part": part})
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response
