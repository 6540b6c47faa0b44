"""What of a lesson is kept on a device, and the page that lists what this device keeps."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.reading import withdrawn_lesson
from campaigns.schools.teaching.plans import plans_of
from pages.serving import cache, kept

LIST = "kept_here"


@require_safe
def manifest(request, slug: str) -> HttpResponse:
    """Four queries: of the lesson, of what all lessons share, of what comes above."""
    page = SchoolLessonPage.objects.live().public().filter(slug=slug, locale__language_code="vi").first()
    if page is not None:
        return kept.kept_list(request, page.title, addresses_of(page))
    gone = withdrawn_lesson(slug)
    if gone is None:
        raise Http404
    return kept.withdrawn(gone.title)


def addresses_of(page: SchoolLessonPage) -> list[str]:
    """Every page of a lesson, what all lessons share, and where a taught lesson is written down without a line."""
    below = [
        *(reverse(name, args=[page.slug]) for name in ("pack_script", "pack_board")),
        *(reverse("pack_part", args=[page.slug, one.value["code"].lower()]) for one in page.printed),
        *(reverse(name, args=[page.slug, plan]) for plan in plans_of(page) for name in ("pack_run", "pack_class")),
        reverse("school_pack", args=[page.slug]),
    ]
    return [page.url, *below, page.schools.url, reverse(LIST), reverse("school_log:later")]


@require_safe
def here(request) -> HttpResponse:
    """The same for everybody; the device fills it in."""
    response = render(request, "campaigns/kept_here.html")
    response.headers["X-Robots-Tag"] = "noindex"
    cache.keep(request, response)
    return response
