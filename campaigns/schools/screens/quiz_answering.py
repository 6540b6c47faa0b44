"""`/do/`: a pupil types a code or scans it, chooses, sends; without account, name, cookie or script."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.activities.made.pulse import Moment
from campaigns.answering.asked import chosen, number_of
from campaigns.answering.pages import closed, for_anybody
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.quiz.class_run import QuizCode
from campaigns.schools.quiz.counting import add, open_code_of
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
    right.
    """
    now = timezone.now()
    code = QuizCode.objects.filter(token=token[:20], closed_at=None).select_related("run").first()
    if code is None or not code.is_open_at(now) or not _stands(code):
        return closed(request)
    questions = code.run.questions
    given = chosen(request.POST, questions) if request.method == "POST" else {}
    if given and not add(code, number_of(request.POST), given, now):
        return closed(request)
    tells = bool(given) and code.moment == Moment.AFTER
    empty = request.method == "POST" and not given
    context = {
        "quiz": code.run.quiz,
        "questions": questions,
        "sent": bool(given),
        "answers": [(one, given.get(one.number)) for one in questions] if tells else [],
        "number": uuid4(),
        "empty": empty,
    }
    response = render(request, "schools/quiz_answer.html", context, status=422 if empty else 200)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _stands(code: QuizCode) -> bool:
    """Of a lesson that was taken back nothing is asked."""
    return SchoolLessonPage.objects.live().filter(translation_key=code.run.pack).exists()
