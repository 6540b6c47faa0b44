"""One sheet or one set of cards by itself, so that a teacher prints it without the whole lesson."""

from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaigns.schools import SchoolLessonPage


@require_safe
def sheet(request, slug: str, code: str):
    lesson = SchoolLessonPage.objects.live().public().filter(slug=slug, locale__language_code="vi").first()
    part = lesson and lesson.part(code)
    if not part:
        raise Http404
    response = render(request, "campaigns/sheet.html", {"page": lesson, "part": part})
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response
