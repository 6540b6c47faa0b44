"""The learner's views: my learning, the catalogue, courses, modules, lessons, and the POSTs of a lesson page.

A GET writes nothing. A lesson that is still shut answers 403 with a page that says what opens it.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from courses.attempts.remarks import unread_remarks
from courses.buddies.naming import NOBODY_BESIDE, beside
from courses.classes.listing import to_come
from courses.completions.completion import is_completed_by_lesson
from courses.content.bodies import Body, body_of
from courses.content.lesson import LessonPage
from courses.content.structure import Step, all_structures, lines, structure_around
from courses.learning.beside import drawn_beside
from courses.learning.body_drawing import draw_body
from courses.learning.concerning import concerning
from courses.learning.finishing import finish_lesson
from courses.learning.lapsing import with_lapses
from courses.learning.my_learning import my_work, seldom
from courses.learning.outline import LearnerStep, Outline, outlines
from courses.progress.lessons import keep_place, keep_ticks, ticked_items
from courses.progress.news import read_news
from courses.progress.notes import note_of
from courses.progress.tries import tries_of
from courses.retests.opening import open_retests
from pages.serving import version
from people.rights.roles import role_kinds
from people.rights.scope import TRAINING_KINDS
from people.signing_in.landing import own_work
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
    today, titles = timezone.localdate(), {course.key: course.title for course in courses}
    has = seldom(person, today)
    work = my_work(person, courses, today, has)
    asked = open_retests(person, today) if work.done else []
    context = {
        "work": work,
        "own_work": "" if work.now or work.tasks else own_work(person),
        "classes": to_come(person, timezone.now()) if "classes" in has else [],
        "beside": beside(person) if "buddies" in has else NOBODY_BESIDE,
        "remarks": unread_remarks(person) if "remarks" in has else [],
        "retests": [(one, titles[one.course_key]) for one in asked if one.course_key in titles],
    }
    return render(request, "learning/my_learning.html", context)


@require_POST
def news_read(request, key: str) -> HttpResponse:
    """“I have read it”, of a course that is another one now; pressed twice it counts once."""
    person = learner_of(request)
    if person is None:
        return redirect_to_login(reverse("my_learning"))
    read_news(person, key, timezone.now())
    return redirect("my_learning")


def told_if_lapsed(request, page) -> Outline:
    return with_lapses([outline_around(request, page)], learner_of(request), timezone.localdate())[0]


def catalogue_context(request, page) -> dict:
    courses, person = all_structures(version.of(request), page.locale.language_code), learner_of(request)
    return {"outlines": with_lapses(outlines(courses, person), person, timezone.localdate())}


def course_context(request, page) -> dict:
    outline = told_if_lapsed(request, page)
    concern = concerning(learner_of(request), outline, timezone.localdate())
    return {"outline": outline, "objectives": lines(page.objectives), "concerning": concern}


def module_context(request, page) -> dict:
    outline = told_if_lapsed(request, page)
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
    if body.choices:
        body = body.with_tries(tries_of(person, page.translation_key))
    ticked = ticked_items(person, page.translation_key) if body.checklists else set()
    context = lesson_context(request, page, outline, step, body, ticked)
    context["note"] = note_of(person, page.translation_key)
    context["beside"] = drawn_beside(request, page, step)
    return TemplateResponse(request, page.template, context)


def lesson_context(request, page, outline: Outline, step: LearnerStep, body: Body, ticked: set[str]) -> dict:
    """`untried` are the choices that are missing for the lesson to be done."""
    place = outline.place
    came_to = place[1] if place and place[0] == step.key and place[1] in body.block_ids else ""
    return {
        **page.get_context(request),
        "outline": outline,
        "part": outline.part_of(step.page_id),
        "step": step,
        "previous": outline.before(step),
        "following": outline.after(step),
        "pieces": draw_body(request, body, step.page_id, ticked),
        "untried": [] if step.done else body.untried,
        "came_to": came_to,
        "sees_first_choices": bool(body.choices) and bool(role_kinds(request.user) & TRAINING_KINDS),
    }


def shut(request, outline: Outline, step: LearnerStep) -> HttpResponse:
    """Says what opens a lesson or a quiz that is still shut, and leads there."""
    context = {"outline": outline, "step": step, "opener": outline.opener_of(step)}
    return render(request, "learning/shut.html", context, status=403)


def signed_out(request, page) -> HttpResponse:
    if by_script(request):
        return JsonResponse({"error": _("Anh chị đã được đăng xuất. Hãy đăng nhập lại.")}, status=401)
    return kept_for_sign_in(request) or redirect_to_login(page.get_url(request))


def from_page(model: type[Page]):
    """Decorates the views that a page of `model` posts to: POST, signed in, and the step is open to the learner.

    Calls `view(request, page, outline, step)`. A form posted without a session is kept for after the sign-in.
    """

    def decorate(view):
        @require_POST
        @never_cache
        @wraps(view)
        def gate(request, pk: int):
            page = get_object_or_404(model.objects.live().select_related("locale"), pk=pk)
            if learner_of(request) is None:
                return signed_out(request, page)
            outline = outline_around(request, page)
            step = outline.at(page.pk)
            if step is None:
                raise Http404
            return shut(request, outline, step) if step.shut else view(request, page, outline, step)

        return gate

    return decorate


from_lesson = from_page(LessonPage)


@from_lesson
def lesson_done(request, page, outline: Outline, step: LearnerStep) -> HttpResponse:
    """“Xong mục này, sang mục sau”; the lesson that completed the course leads to the page that says so. Where
    something is still to be tried, the first press stays in the lesson and names it.
    """
    following = finish_lesson(request.user, outline, step, timezone.now(), body_of(page, version.of(request)))
    if following is step:
        return redirect(f"{step.url}#con-lai")
    if is_completed_by_lesson(request.user, outline.course.key, step.key):
        return redirect("course_completed", outline.course.key)
    return redirect(following.url if following else outline.course.url)


@from_lesson
def lesson_ticks(request, page, outline: Outline, step: LearnerStep) -> HttpResponse:
    """The ticks of one checklist; `shown` are its items, `ticked` those ticked."""
    item_ids, ticked = request.POST.getlist("shown"), request.POST.getlist("ticked")
    body = body_of(page, version.of(request))
    if not item_ids or not body.items.issuperset(item_ids) or not set(item_ids).issuperset(ticked):
        return refused(request, step, _("Danh sách này đã thay đổi. Hãy tải lại trang rồi đánh dấu lại."))
    keep_ticks(request.user, step.key, item_ids, ticked, timezone.now())
    if by_script(request):
        return JsonResponse({"kept": len(ticked)})
    checklist = next(checklist for checklist in body.checklists if item_ids[0] in dict(checklist.entries))
    return redirect(f"{step.url}#b-{checklist.block_id}")


@from_lesson
def lesson_place(request, page, outline: Outline, step: LearnerStep) -> HttpResponse:
    """The block at the top of the screen, sent by the script when it changes and when the page is left."""
    block_id = request.POST.get("block", "")
    if block_id and block_id not in body_of(page, version.of(request)).block_ids:
        return refused(request, step, _("Mục này đã thay đổi. Hãy tải lại trang."))
    keep_place(request.user, outline.course.key, step.key, block_id, timezone.now())
    return HttpResponse(status=204)


def by_script(request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def refused(request, step: LearnerStep | Step, sentence: str) -> HttpResponse:
    if by_script(request):
        return JsonResponse({"error": sentence}, status=400)
    return render(request, "learning/refused.html", {"sentence": sentence, "back": step.url}, status=400)
