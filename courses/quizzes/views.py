"""The views of a quiz: start page, the parts of an attempt, submission, result with review."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.attempts.answering import AlreadySubmitted, Closed, Conflict, TimeOver, save_answer
from courses.attempts.answering import flag as set_flag
from courses.attempts.attempt import Attempt, AttemptItem
from courses.attempts.posted import posted
from courses.attempts.remarks import read_remarks
from courses.completions.completion import next_in
from courses.content.quiz import QuizPage
from courses.content.quiz_bank import bank_state
from courses.questions.kinds.kind import BadAnswer, is_blank
from courses.quizzes.admission import Refused, admission, start
from courses.quizzes.known import known, live_quizzes
from courses.quizzes.reviewing import may_know_key
from courses.quizzes.reviewing import review as review_of
from courses.quizzes.showing import AttemptPart, part_of
from courses.quizzes.submitting import submit_own
from letters.numbers import is_number
from pages.serving import version
from people.signing_in.resuming import kept_for_sign_in


def wants_json(request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def signed_in(view):
    """Requires a sign-in; a script gets 401 with a sentence, since it cannot follow a redirect to a form."""

    @wraps(view)
    def gate(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if wants_json(request):
            text = _("Anh chị đã được đăng xuất. Hãy đăng nhập lại; câu trả lời đang chờ vẫn ở trên máy này.")
            return JsonResponse({"error": text}, status=401)
        if kept := kept_for_sign_in(request):
            return kept
        return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("attempts"))

    return never_cache(gate)


def quiz(request, page: QuizPage) -> HttpResponse:
    """The start page of a quiz: its rules for everybody, one's own attempts when signed in."""
    person, content = request.user if request.user.is_authenticated else None, version.of(request)
    context = {
        "page": page,
        "quiz": page,
        "course": known(page, content).course,
        "question_count": bank_state(page).asked,
        "admission": admission(person, page, timezone.now(), content) if person else None,
    }
    return render(request, "quiz/start.html", context)


@require_POST
@signed_in
def start_attempt(request, quiz_key):
    number = request.POST.get("quiz", "")
    if not is_number(number):
        raise Http404
    content = version.of(request)
    quiz = next((page for page in live_quizzes(quiz_key, content) if page.pk == int(number)), None)
    if quiz is None:
        raise Http404
    try:
        more = bool(request.POST.get("them-gio"))
        attempt = start(request.user, quiz, timezone.now(), content=content, more_time=more)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(quiz.url)
    return redirect("attempt", attempt.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def attempt_page(request, pk: int):
    """One part of an open attempt. A POST (without JavaScript) saves the part and moves on."""
    attempt = get_object_or_404(Attempt, pk=pk, person=request.user)
    if attempt.submitted_at:
        return _already_submitted(request, pk, AlreadySubmitted() if request.method == "POST" else None)
    if attempt.has_closed(timezone.now()):
        return _already_closed(request, Closed())
    if request.method != "POST":
        if attempt.is_over(timezone.now()):
            return redirect("submit_attempt", pk)
        return render(request, "quiz/attempt.html", {"part": _part(request, attempt, request.GET.get("phan"))})
    try:
        answers = posted(request.POST)
        troubles = _save_part(request, attempt, answers)
    except AlreadySubmitted as sentence:
        if isinstance(sentence, TimeOver):
            submit_own(request.user, pk, timezone.now())
        return _already_submitted(request, pk, sentence)
    except BadAnswer as sentence:
        messages.error(request, str(sentence))
        return redirect("attempt", pk)
    if troubles:
        part = _part(request, attempt, AttemptPart.number_of(min(troubles)), troubles)
        return render(request, "quiz/attempt.html", {"part": part}, status=409)
    stays = request.POST.get("keep") or next((one.position for one in answers if "move" in one.fields), None)
    return _move_on(f"cau-{stays}" if stays else request.POST.get("go", ""), pk)


def _part(request, attempt: Attempt, number: int | str | None, troubles=None) -> AttemptPart:
    return part_of(attempt, number, troubles, version.of(request))


def _save_part(request, attempt: Attempt, answers) -> dict[int, Conflict | BadAnswer]:
    """Saves the answers of the form; returns {position: conflict or error} of those that could not be saved."""
    troubles: dict[int, Conflict | BadAnswer] = {}
    keep, now = request.POST.getlist("keep"), timezone.now()
    flagged = set(attempt.items.filter(flagged=True).values_list("position", flat=True))
    for answer in answers:
        if answer.flagged != (answer.position in flagged):
            set_flag(request.user, attempt.pk, answer.position, answer.flagged)
        if str(answer.position) in keep:
            continue
        try:
            outcome = _save(request.user, attempt.pk, answer, now)
        except BadAnswer as sentence:
            outcome = sentence
        if isinstance(outcome, Conflict | BadAnswer):
            troubles[answer.position] = outcome
    return troubles


def _save(person, attempt_id: int, answer, now):
    try:
        return save_answer(
            person,
            attempt_id,
            answer.position,
            answer.fields,
            based_on=answer.based_on,
            token=answer.token,
            now=now,
        )
    except AttemptItem.DoesNotExist as missing:
        raise Http404 from missing


def _move_on(where: str, pk: int) -> HttpResponse:
    """`where` is "submit", "phan-<part>" or "cau-<position>"; otherwise the part with the last saved answer."""
    name, _dash, number = where.partition("-")
    if where == "submit":
        return redirect("submit_attempt", pk)
    address = reverse("attempt", args=[pk])
    if is_number(number) and name == "phan":
        address += f"?phan={number}"
    elif is_number(number) and name == "cau":
        address += f"?phan={AttemptPart.number_of(int(number))}#{where}"
    return redirect(address)


def _already_submitted(request, pk: int, sentence: AlreadySubmitted | None = None) -> HttpResponse:
    if sentence and wants_json(request):
        return JsonResponse({"error": str(sentence), "result": reverse("attempt_result", args=[pk])}, status=409)
    if sentence:
        messages.warning(request, str(sentence))
    return redirect("attempt_result", pk)


def _already_closed(request, sentence: Closed) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": str(sentence)}, status=400)
    messages.warning(request, str(sentence))
    return redirect("my_learning")


@require_POST
@signed_in
def question(request, pk: int, position: int):
    """One answer, or one flag, of one question: JSON for the script, else back to the part."""
    try:
        if "flag" in request.POST:
            set_flag(request.user, pk, position, request.POST["flag"] == "1")
            return JsonResponse({"flagged": request.POST["flag"] == "1"})
        answer = next((answer for answer in posted(request.POST) if answer.position == position), None)
        if answer is None:
            raise BadAnswer(_("Trang gửi lên thiếu câu trả lời. Hãy tải lại trang rồi trả lời lại."))
        outcome = _save(request.user, pk, answer, timezone.now())
    except AttemptItem.DoesNotExist as missing:
        raise Http404 from missing
    except Closed as sentence:
        return _already_closed(request, sentence)
    except TimeOver as sentence:
        submit_own(request.user, pk, timezone.now())
        return _already_submitted(request, pk, sentence)
    except AlreadySubmitted as sentence:
        return _already_submitted(request, pk, sentence)
    except BadAnswer as sentence:
        # checked only here, so that a valid answer costs no extra query
        get_object_or_404(Attempt, pk=pk, person=request.user)
        if wants_json(request):
            return JsonResponse({"error": str(sentence)}, status=400)
        messages.error(request, str(sentence))
        return _move_on(f"cau-{position}", pk)
    if isinstance(outcome, Conflict):
        return _conflict(request, pk, position, outcome)
    if not wants_json(request):
        return _move_on(f"cau-{position}", pk)
    return JsonResponse(
        {
            "sequence": outcome.sequence,
            "saved": outcome.response,
            "answered": not is_blank(outcome.response),
            "at": f"{timezone.localtime(outcome.saved_at):%H:%M}" if outcome.saved_at else "",
        }
    )


def _conflict(request, pk: int, position: int, conflict: Conflict) -> HttpResponse:
    """Shows both answers and the choice between them."""
    attempt = get_object_or_404(Attempt, pk=pk, person=request.user)
    part = _part(request, attempt, AttemptPart.number_of(position), {position: conflict})
    if not wants_json(request):
        return render(request, "quiz/attempt.html", {"part": part}, status=409)
    row = next(row for row in part.rows if row.slot.position == position)
    html = render_to_string("quiz/question.html", {"row": row, "part": part}, request)
    return JsonResponse({"error": _("Câu này đã được trả lời ở một cửa sổ khác."), "html": html}, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def submit_page(request, pk: int):
    """Says how many questions are unanswered; a POST submits, a repeated one changes nothing."""
    if request.method == "POST":
        try:
            attempt = submit_own(request.user, pk, timezone.now())
        except Attempt.DoesNotExist as missing:
            raise Http404 from missing
        except Closed as sentence:
            return _already_closed(request, sentence)
        if attempt.completes:
            return redirect("course_completed", attempt.course_key)
        return redirect("attempt_result", pk)
    attempt = get_object_or_404(Attempt, pk=pk, person=request.user)
    if attempt.submitted_at:
        return redirect("attempt_result", pk)
    if attempt.has_closed(timezone.now()):
        return _already_closed(request, Closed())
    over = attempt.is_over(timezone.now())
    return render(request, "quiz/submit.html", {"part": _part(request, attempt, None), "over": over})


@require_safe
@signed_in
def result(request, pk: int):
    attempt = get_object_or_404(Attempt, pk=pk, person=request.user)
    if not attempt.submitted_at:
        return redirect("attempt", pk)
    if attempt.is_retest:
        shown = {"attempt": attempt, "review": review_of(attempt, content=version.of(request))}
        shown["remarks"] = read_remarks(attempt, timezone.now())
        return render(request, "quiz/retest_result.html", shown)
    language, content = attempt.rules["language"], version.of(request)
    quizzes = live_quizzes(attempt.quiz_key, content)
    quiz = next((page for page in quizzes if page.locale.language_code == language), None)
    course = known(quiz, content).course if quiz else None
    # where its page is gone in this language, another one still asks the same; who passed is not asked to come again
    asked = quizzes and not attempt.passed
    state = admission(request.user, quiz or quizzes[0], timezone.now(), content) if asked else None
    # recorded with the submission, so it is there before its certificate
    completed = bool(attempt.passed and course) and attempt.completions.current().exists()
    context = {
        "attempt": attempt,
        "review": review_of(attempt, reveal=may_know_key(attempt, state), content=content),
        "quiz": quiz,
        "course": course,
        "admission": state if quiz else None,
        # of a course that this attempt completed nothing is left
        "next": next_in(request.user, course) if course and attempt.passed and not completed else None,
        "completed": completed,
        "remarks": read_remarks(attempt, timezone.now()),
    }
    return render(request, "quiz/result.html", context)


@require_safe
@signed_in
def attempts(request):
    mine = Attempt.objects.at_quizzes().filter(person=request.user).order_by("-started_at")
    page = Paginator(mine, 20).get_page(request.GET.get("page"))
    return render(request, "quiz/attempts.html", {"page_obj": page})
