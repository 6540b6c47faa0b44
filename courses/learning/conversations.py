"""The learner's views of interview practice: the page before a run, the turns of a run, its debrief."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from courses.content.structure import Course, Step, all_structures
from courses.learning.finishing import speak_and_finish
from courses.learning.learner_facts import completed_days
from courses.learning.outline import LearnerStep, Outline
from courses.learning.views import from_page, learner_of, outline_around, shut
from courses.practice.conversations.page import ConversationPage
from courses.practice.conversations.rules import graph, wording
from courses.practice.conversations.runs import ConversationRun, best
from courses.practice.conversations.showing import talk_of
from courses.practice.conversations.speaking import Refused, again_from, begin
from courses.practice.conversations.words import words_for
from courses.quizzes.views import signed_in
from letters.numbers import is_number
from pages.serving import version


def conversation(request, page: ConversationPage) -> HttpResponse:
    """Serves a conversation page: who, where, and the runs so far; `ConversationPage.serve` leads here."""
    person = learner_of(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    outline = outline_around(request, page)
    step = outline.at(page.pk)
    if step is None:
        raise Http404
    if step.shut:
        return shut(request, outline, step)
    runs = list(ConversationRun.objects.of(person, page.translation_key).order_by("-started_at", "-pk"))
    words = wording.read(words_for(page.locale_id))
    context = {**page.get_context(request), **intro_context(outline, step, page.conversation(), words, runs)}
    return TemplateResponse(request, page.template, context)


def intro_context(outline: Outline, step, conversation: graph.Conversation, words: wording.Words, runs: list) -> dict:
    ended = [run for run in runs if run.ended_at]
    return {
        "outline": outline,
        "part": outline.part_of(step.page_id),
        "step": step,
        "conversation": conversation,
        "words": words,
        "open_run": next((run for run in runs if not run.ended_at), None),
        "ended": ended,
        "best": best(ended),
    }


@from_page(ConversationPage)
def start_conversation(request, page: ConversationPage, outline: Outline, step: LearnerStep) -> HttpResponse:
    run = begin(request.user, page, outline.course.key, timezone.now())
    return redirect("conversation_run", run.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def conversation_run(request, pk: int) -> HttpResponse:
    """The turn to speak in, or the debrief. A POST says one utterance and leads back here."""
    if request.method == "POST":
        return _spoken(request, pk)
    runs = ConversationRun.objects.select_related("version")
    run = get_object_or_404(runs, pk=pk, person=request.user)
    course, step = _where(request, run)
    # asked only where this run may have been the last thing that was missing
    completed = bool(run.done and step and step.required) and completed_days(
        request.user, [course.key], timezone.localdate()
    )
    context = {"run": run, "talk": talk_of(run), "course": course, "step": step, "completed": bool(completed)}
    return render(request, "practice/run.html", context)


def _spoken(request, pk: int) -> HttpResponse:
    position, index = request.POST.get("position", ""), request.POST.get("say", "")
    # what is no number is at no turn, and said nowhere
    at = (int(position) if is_number(position) else 0, int(index) if is_number(index) else -1)
    try:
        speak_and_finish(request.user, pk, *at, timezone.now())
    except ConversationRun.DoesNotExist as missing:
        raise Http404 from missing
    except Refused as sentence:
        messages.warning(request, str(sentence))
    return redirect("conversation_run", pk)


@require_POST
@signed_in
def again(request, pk: int) -> HttpResponse:
    """A new run that begins at a turn of this one; without its words this one stays as it is."""
    run = get_object_or_404(ConversationRun.objects.select_related("version", "person"), pk=pk, person=request.user)
    position = request.POST.get("position", "")
    try:
        run = again_from(run, int(position) if is_number(position) else 0, timezone.now())
    except Refused as sentence:
        messages.warning(request, str(sentence))
    return redirect("conversation_run", run.pk)


def _where(request, run: ConversationRun) -> tuple[Course, Step] | tuple[None, None]:
    """The course and the step of the run's page; None while the page is withdrawn. No query."""
    for course in all_structures(version.of(request), run.version.language):
        for step in course.steps:
            if step.key == run.conversation_key:
                return course, step
    return None, None
