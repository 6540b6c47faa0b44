"""`/do/`: a pupil types a code or scans it, chooses, sends; without account, name, cookie or script."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.activities.made.pulse import Moment
from campaigns.answering.asked import chosen, number_of
from campaigns.answering.drawn import once, page_with_number
from campaigns.answering.pages import closed, for_anybody
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.quiz.at_once import add, open_one
from campaigns.schools.quiz.class_run import ClassRun, QuizCode
from campaigns.schools.quiz.counting import open_code_of
from people import tries
from people.signing_in.limits import Limit

# wrong codes from one network: a whole school sits behind one
WRONG = Limit("quiz-code", 200, 10 * 60)


@for_anybody
def enter(request) -> HttpResponse:
    """`?ma=` is what was typed. Right codes are not counted, but none is looked up where too many were wrong."""
    typed = request.GET.get("ma", "").strip()[:40]
    if not typed:
        return _asked_for(request, "", 200)
    now = timezone.now()
    count = WRONG.of(request.META.get("REMOTE_ADDR", ""))
    found = tries.taken([count], now).get(count.key)
    if found is None or found[0] < count.most:
        code = open_code_of(typed, now)
        if code is not None:
            return redirect("quiz_answer", code.token)
        try:
            tries.take([count], now)
        except tries.Full:
            pass
        else:
            return _asked_for(request, _("Mã này không mở. Xem lại sáu ký tự trên bảng; mã chỉ mở một giờ."), 404)
    said = _("Mạng này đã nhập sai quá nhiều lần. Quét mã vuông, hoặc thử lại sau mười phút.")
    return _asked_for(request, said, 429)


def _asked_for(request, wrong: str, status: int) -> HttpResponse:
    response = render(request, "schools/quiz_enter.html", {"wrong": wrong}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@for_anybody
def answer(request, token: str) -> HttpResponse:
    """It tells of no class and of no school, and never how many answered. Before the lesson nobody is told what is
    right. The code is looked up each time; what its page says is drawn once.
    """
    now = timezone.now()
    code = open_one(token, now)
    run = code and once(request, ("class-run", code.run_id), lambda: _asked_run(code))
    if code is None or run is None:
        return closed(request)
    questions = run.questions
    given = chosen(request.POST, questions) if request.method == "POST" else {}
    if given and not add(code, number_of(request.POST), given, now):
        return closed(request)
    state = "sent" if given else "empty" if request.method == "POST" else "asks"
    context = {
        "quiz": run.quiz,
        "questions": questions,
        "sent": state == "sent",
        "answers": questions if given and code.moment == Moment.AFTER else [],
        "empty": state == "empty",
    }
    status = 422 if state == "empty" else 200
    return page_with_number(request, "schools/quiz_answer.html", (code.pk, state), context, status)


def _asked_run(code: QuizCode) -> ClassRun | None:
    """None for a lesson that was taken back: of it nothing is asked."""
    run = code.run
    return run if SchoolLessonPage.objects.live().filter(translation_key=run.pack).exists() else None
