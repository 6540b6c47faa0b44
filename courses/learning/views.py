"""The learner's views: my learning, the catalogue, courses, modules, lessons, and the POSTs of a lesson page.

A GET writes nothing. A lesson that is still shut answers 403 with a page that says what opens it.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.content.bodies import Body, body_of
from courses.content.lesson import LessonPage
from courses.content.structure import all_structures, lines, structure_around
from courses.learning.finishing import finish_lesson
from courses.learning.my_learning import my_work
from courses.learning.outline import LearnerStep, Outline, outlines
from courses.progress.lessons import keep_place, keep_ticks, ticked_items
from pages.serving import version
from people.signing_in.resuming import kept_for_sign_in


def learner_of(request):
    """The signed-in user, since everybody on the roster is a learner; None for an anonymous visitor."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def outline_around(request, page) -> Outline:
    """The outline of the course that the page belongs to; 404 while that course is not published."""
    course = structure_around(page, version.of(request))
    if course is None:
        raise Http404
    return outlines([course], learner_of(request))[0]


@require_safe
@never_cache
def my_learning(request) -> HttpResponse:
    person = learner_of(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    courses = all_structures(version.of(request), person.reads_in)
    return render(request, "learning/my_learning.html", {"work": my_work(person, courses, timezone.localdate())})


def catalogue_context(request, page) -> dict:
    courses = all_structures(version.of(request), page.locale.language_code)
    return {"outlines": outlines(courses, learner_of(request))}


def course_context(request, page) -> dict:
    return {"outline": outline_around(request, page), "objectives": lines(page.objectives)}


def module_context(request, page) -> dict:
    outline = outline_around(request, page)
    return {"outline": outline, "part": outline.part_of(page.pk), "objectives": lines(page.objectives)}


def lesson(request, page: LessonPage) -> HttpResponse:
    """Serves a lesson page; `LessonPage.serve` leads here."""
    person = learner_of(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    outline = outline_around(request, page)
    step = outline.at(page.pk)
    if step is None:
        raise Http404
    if step.shut:
        return shut(request, outline, step)
    body = body_of(page, version.of(request))
    ticked = ticked_items(person, page.translation_key) if body.checklists else set()
    return TemplateResponse(request, page.template, lesson_context(request, page, outline, step, body, ticked))


def lesson_context(request, page, outline: Outline, step: LearnerStep, body: Body, ticked: set[str]) -> dict:
    place = outline.place
    came_to = place[1] if place and place[0] == step.key and place[1] in body.block_ids else ""
    return {
        **page.get_context(request),
        "outline": outline,
        "part": outline.part_of(step.page_id),
        "step": step,
        "previous": outline.before(step),
        "following": outline.after(step),
        "body": body,
        "ticked": ticked,
        "came_to": came_to,
    }


def shut(request, outline: Outline, step: LearnerStep) -> HttpResponse:
    """Says what opens a lesson or a quiz that is still shut, and leads there."""
    context = {"outline": outline, "step": step, "opener": outline.opener_of(step)}
    return render(request, "learning/shut.html", context, status=403)


def from_lesson(view):
    """Decorates the views that a lesson page posts to: POST, signed in, and the lesson is open to the learner.

    Calls `view(request, page, outline, step)`. A form posted without a session is kept for after the sign-in.
    """

    @require_POST
    @never_cache
    @wraps(view)
    def gate(request, pk: int):
        page = get_object_or_404(LessonPage.objects.live().select_related("locale"), pk=pk)
        if learner_of(request) is None:
            if _by_script(request):
                return JsonResponse({"error": _("Anh chị đã được đăng xuất. Hãy đăng nhập lại.")}, status=401)
            if kept := kept_for_sign_in(request):
                return kept
            return redirect_to_login(page.get_url(request))
        outline = outline_around(request, page)
        step = outline.at(page.pk)
        if step is None:
            raise Http404
        return shut(request, outline, step) if step.shut else view(request, page, outline, step)

    return gate


@from_lesson
def lesson_done(request, page, outline: Outline, step: LearnerStep) -> HttpResponse:
    """“Xong mục này, sang mục sau”; after the last step it returns to the course's page."""
    following = finish_lesson(request.user, outline, step, timezone.now())
    return redirect(following.url if following else outline.course.url)


@from_lesson
def lesson_ticks(request, page, outline: Outline, step: LearnerStep) -> HttpResponse:
    """The ticks of one checklist; `shown` are its items, `ticked` those ticked."""
    item_ids, ticked = request.POST.getlist("shown"), request.POST.getlist("ticked")
    body = body_of(page, version.of(request))
    if not item_ids or not body.items.issuperset(item_ids) or not set(item_ids).issuperset(ticked):
        return _refused(request, step, _("Danh sách này đã thay đổi. Hãy tải lại trang rồi đánh dấu lại."))
    keep_ticks(request.user, step.key, item_ids, ticked, timezone.now())
    if _by_script(request):
        return JsonResponse({"kept": len(ticked)})
    checklist = next(checklist for checklist in body.checklists if item_ids[0] in dict(checklist.entries))
    return redirect(f"{step.url}#b-{checklist.block_id}")


@from_lesson
def lesson_place(request, page, outline: Outline, step: LearnerStep) -> HttpResponse:
    """The block at the top of the screen, sent by the script when it changes and when the page is left."""
    block_id = request.POST.get("block", "")
    if block_id and block_id not in body_of(page, version.of(request)).block_ids:
        return _refused(request, step, _("Mục này đã thay đổi. Hãy tải lại trang."))
    keep_place(request.user, outline.course.key, step.key, block_id, timezone.now())
    return HttpResponse(status=204)


def _by_script(request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _refused(request, step: LearnerStep, sentence: str) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"error": sentence}, status=400)
    return render(request, "learning/refused.html", {"sentence": sentence, "back": step.url}, status=400)
