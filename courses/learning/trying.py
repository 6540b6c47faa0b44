"""A learner answers a decision or a check on the page of its lesson."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.content.bodies import Body, body_of
from courses.content.lesson import LessonPage
from courses.content.structure import Course, Step, structure_around
from courses.learning.body_drawing import draw_choice
from courses.learning.finishing import choose
from courses.learning.outline import is_open, outlines
from courses.learning.views import by_script, learner_of, refused, shut, signed_out
from pages.serving import version


@require_POST
@never_cache
def lesson_try(request, pk: int) -> HttpResponse:
    """Keeps what was chosen and shows what comes of it: at most six queries, unless it completes the lesson."""
    page = get_object_or_404(LessonPage.objects.live().select_related("locale"), pk=pk)
    person = learner_of(request)
    if person is None:
        return signed_out(request, page)
    course, step = _step_of(request, page)
    if not is_open(person, course, step):
        outline = outlines([course], person)[0]
        return shut(request, outline, outline.steps[course.steps.index(step)])
    body = body_of(page, version.of(request))
    block_id, option_id = request.POST.get("block", ""), request.POST.get("option", "")
    choice = body.choices.get(block_id)
    if choice is None or not choice.offers(option_id):
        return refused(request, step, _("Câu này đã thay đổi. Hãy tải lại trang rồi chọn lại."))
    tried = choose(person, course.key, step.key, body, block_id, option_id, timezone.now())
    return _shown(request, step, tried, block_id)


def _step_of(request, page: LessonPage) -> tuple[Course, Step]:
    course = structure_around(page, version.of(request))
    step = next((step for step in course.steps if step.page_id == page.pk), None) if course else None
    if course is None or step is None:
        raise Http404
    return course, step


def _shown(request, step: Step, tried: Body, block_id: str) -> HttpResponse:
    if not by_script(request):
        return redirect(f"{step.url}#b-{block_id}")
    choice = tried.choices[block_id]
    drawn = draw_choice(request, choice, request.path)
    left = render_to_string("learning/untried.html", {"untried": tried.untried}, request)
    return JsonResponse({"block": drawn, "left": left})
