"""The pages of a lesson beside its first: script, board form, each sheet. They name nobody and set no cookie."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.schools.blocks.adaptations import ON_THE_BOARD, name_of
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.steps import short_steps_of, steps_of
from pages.languages import SOURCE, show_vietnamese
from pages.serving import cache


def lesson_or_404(request, slug: str) -> SchoolLessonPage:
    """The live lesson in the language of the address, else in Vietnamese with a notice; at most three queries."""
    language = get_language() or SOURCE
    live = SchoolLessonPage.objects.live().public().filter(slug=slug, alias_of=None).select_related("locale")
    pages = {page.locale.language_code: page for page in live}
    if language not in pages and SOURCE in pages and language != SOURCE:
        show_vietnamese(request, language)
    page = pages.get(language) or pages.get(SOURCE)
    if page is None:
        raise Http404
    return page


def live_lessons() -> QuerySet[SchoolLessonPage]:
    """That everybody reads, in Vietnamese, in the order of the tree; without what schools made of them."""
    return live_pages().filter(school_copy=None).order_by("path")


def live_pages() -> QuerySet[SchoolLessonPage]:
    """The same with the versions of schools, each of which is found by its address."""
    return SchoolLessonPage.objects.live().public().filter(locale__language_code=SOURCE)


def withdrawn_lesson(slug: str) -> SchoolLessonPage | None:
    """A lesson that was live once and is not any more."""
    gone = SchoolLessonPage.objects.filter(locale__language_code="vi", slug=slug, live=False)
    return gone.exclude(first_published_at=None).first()


def read(request, page: SchoolLessonPage, template: str, heading: str, context: dict) -> HttpResponse:
    """A page below the lesson: the same for everybody, so it is kept like the lesson itself."""
    above = [(one.title, one.url) for one in page.get_ancestors().filter(depth__gt=1)]
    known = {"page": page, "schools": page.schools, "heading": heading, "trail": [*above, (page.title, page.url)]}
    response = render(request, template, {**known, **context})
    if hasattr(request, "requested_language"):
        response.headers["X-Robots-Tag"] = "noindex"
    cache.keep(request, response)
    return response


@require_safe
def script(request, slug: str) -> HttpResponse:
    page = lesson_or_404(request, slug)
    return read(request, page, "campaigns/pack_script.html", _("Lời thầy cô từng bước"), {})


@require_safe
def board(request, slug: str) -> HttpResponse:
    """Without a printer, in 30 minutes where the lesson has a plan for that, for several grades at once."""
    page = lesson_or_404(request, slug)
    short = short_steps_of(page)
    on_board = [
        (name_of(one.value), one.value["text"]) for one in page.adaptations if one.value["circumstance"] in ON_THE_BOARD
    ]
    context = {"steps": short or steps_of(page), "is_short": bool(short), "adaptations": on_board}
    return read(request, page, "campaigns/pack_board.html", _("Chép bảng: dạy không cần máy in"), context)


@require_safe
def part(request, slug: str, code: str) -> HttpResponse:
    """One set of cards, sheet, quiz or activity."""
    page = lesson_or_404(request, slug)
    found = page.part(code)
    if found is None:
        raise Http404
    heading = f"{found.value['code']}. {found.value['title']}"
    return read(request, page, "campaigns/pack_part.html", heading, {"part": found})
