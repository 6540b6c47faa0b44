"""`/truong-hoc/nhat-ky/do/`: a teacher opens the quiz of a class before and after a lesson, closes it, counts cards."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.activities.made.pulse import Moment
from campaigns.activities.made.rules import FEWEST
from campaigns.activities.screens.fields import NumberField
from campaigns.schools.blocks.quiz import LETTERS
from campaigns.schools.log import whose
from campaigns.schools.log.lesson_log import CLASS_NAME, LessonLog
from campaigns.schools.log.writing import Refused
from campaigns.schools.quiz.class_run import ClassRun, QuizCode
from campaigns.schools.quiz.counting import begin, close_code, open_code, quizzes_of, say, shown_of, sums_of
from campaigns.schools.quiz.whose import runs_of
from campaigns.schools.screens import gate
from campaigns.schools.screens.forms import MOST_PUPILS, named, packs
from letters.numbers import is_number
from pages.sharing.views import code_of
from people.units.unit import Unit

SHOWN = 30


class BeginForm(forms.Form):
    quiz = forms.ChoiceField(label=gettext_lazy("Bài đố"))
    school = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Trường"))
    class_name = forms.CharField(
        label=gettext_lazy("Tên lớp"), max_length=6, required=False, help_text=gettext_lazy("Ví dụ 6A. Không bắt buộc.")
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = list(whose.schools_of(user))
        self.quizzes = {
            f"{page.translation_key}:{quiz.value['code']}": (page, quiz.value)
            for page in packs(self.offered)
            for quiz in quizzes_of(page)
        }
        offered = [(key, f"{named(page)}. {quiz['title']}") for key, (page, quiz) in self.quizzes.items()]
        self.fields["quiz"].choices = [("", gettext_lazy("Chọn bài đố")), *offered]  # type: ignore[attr-defined]
        field: forms.ModelChoiceField = self.fields["school"]  # type: ignore[assignment]
        field.queryset = Unit.objects.filter(pk__in=[school.pk for school in self.offered])
        if len(self.offered) == 1:
            field.initial, field.widget, field.required = self.offered[0].pk, forms.HiddenInput(), False

    def clean_class_name(self) -> str:
        typed = self.cleaned_data["class_name"].strip()
        if typed:
            CLASS_NAME(typed)
        return typed


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
def runs(request) -> HttpResponse:
    """Her class runs, the latest first; `?bai=` is the lesson whose quiz stands chosen."""
    posted = request.POST if request.method == "POST" else None
    form = BeginForm(request.user, posted)
    if not form.offered:
        raise PermissionDenied(_("Vai trò của anh chị không gắn với trường nào đang có."))
    asked = request.GET.get("bai", "")
    form.fields["quiz"].initial = next((key for key in form.quizzes if asked and key.startswith(asked)), "")
    if posted is not None and form.is_valid():
        page, quiz = form.quizzes[form.cleaned_data["quiz"]]
        school = form.cleaned_data["school"] or form.offered[0]
        made = begin(request.user, school, page, quiz, form.cleaned_data["class_name"], timezone.now())
        return redirect("school_log:quiz", made.key)
    rows = list(runs_of(request.user).select_related("school", "by")[:SHOWN])
    sums = sums_of(rows)
    context = {"form": form, "rows": [(row, sums.get(row.pk, [])) for row in rows], "trail": gate.trail()}
    return render(request, "schools/quiz_runs.html", context, status=422 if form.errors else 200)


def _run_or_404(request, key: UUID) -> ClassRun:
    run = runs_of(request.user).filter(key=key).select_related("school").first()
    if run is None:
        raise Http404
    return run


def _trail() -> list[tuple[str, str]]:
    return [*gate.trail(), (_("Đố lớp"), reverse("school_log:quizzes"))]


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
def quiz(request, key: UUID) -> HttpResponse:
    run = _run_or_404(request, key)
    if request.method == "POST":
        try:
            _done(request, run)
        except Refused as sentence:
            messages.error(request, str(sentence))
        return redirect("school_log:quiz", run.key)
    opened = _open_ones(run)
    log = LessonLog.objects.standing().filter(activity_key=run.activity_key).first() if run.activity_key else None
    context = {
        "run": run,
        "opened": [(code, *_address(request, code)) for code in opened],
        "moments": [moment for moment in Moment if moment not in {code.moment for code in opened}],
        "all_moments": list(Moment),
        "shown": shown_of(run),
        "log": log,
        "fewest": FEWEST,
        "enter": request.build_absolute_uri(reverse("quiz_enter")),
        "trail": _trail(),
    }
    return render(request, "schools/quiz_run.html", context)


def _done(request, run: ClassRun) -> None:
    now = timezone.now()
    if request.POST.get("act") != "close":
        open_code(run, request.POST.get("luc", ""), now)
        return
    typed = request.POST.get("ma", "")
    code = run.codes.filter(pk=min(int(typed), gate.LARGEST) if is_number(typed) else 0).first()
    if code is None or not close_code(code, now):
        raise Refused(_("Mã này đã đóng rồi."))
    messages.success(request, _("Đã đóng mã. Câu nào có từ %d em trả lời thì có số.") % FEWEST)


def _open_ones(run: ClassRun) -> list[QuizCode]:
    """Those whose hour is over are closed first."""
    now = timezone.now()
    found = list(run.codes.filter(closed_at=None).order_by("-moment"))
    for code in found:
        if not code.is_open_at(now):
            close_code(code, now)
    return [code for code in found if code.is_open_at(now)]


def _address(request, code: QuizCode) -> tuple[str, str]:
    """(where it is answered, that as a QR code)."""
    address = request.build_absolute_uri(reverse("quiz_answer", args=[code.token]))
    return address, code_of(address).decode()


@require_safe
@gate.writing
def wall(request, key: UUID) -> HttpResponse:
    """For a projector: the code in big letters while it is open, then the bars. It comes anew by itself."""
    run = _run_or_404(request, key)
    opened = _open_ones(run)
    _place, drawn = _address(request, opened[0]) if opened else ("", "")
    shown = [] if opened else shown_of(run)
    context = {
        "run": run,
        "code": opened[0] if opened else None,
        "drawn": drawn,
        "enter": request.build_absolute_uri(reverse("quiz_enter")).split("://", 1)[-1],
        "shown": shown,
        # before the lesson the class is not told what is right
        "tells": any(moment == Moment.AFTER for one in shown for moment, _all, _bars in one.moments),
    }
    return render(request, "schools/quiz_wall.html", context)


# --- cards, which the teacher counts


class CountForm(forms.Form):
    """How many cards were up for each answer; a question that was not asked stays empty."""

    def __init__(self, run: ClassRun, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = run.questions
        for question in self.questions:
            for one in question.answers:
                label = _("Câu %(number)d, thẻ %(letter)s") % {"number": question.number, "letter": one.letter}
                self.fields[self.name(question.number, one.letter)] = NumberField(
                    label=label, most=MOST_PUPILS, required=False
                )

    @staticmethod
    def name(number: int, letter: str) -> str:
        return f"dem-{number}-{letter}"

    @property
    def rows(self) -> list:
        """(question, [(answer, its field)])."""
        return [
            (question, [(one, self[self.name(question.number, one.letter)]) for one in question.answers])
            for question in self.questions
        ]

    @property
    def counts(self) -> dict[int, list[int]]:
        return {
            question.number: [
                self.cleaned_data[self.name(question.number, one.letter)] or 0 for one in question.answers
            ]
            for question in self.questions
        }


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
def count(request, key: UUID, moment: str) -> HttpResponse:
    run = _run_or_404(request, key)
    if moment not in Moment.values:
        raise Http404
    form = CountForm(run, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kept = say(request.user, run, moment, form.counts, timezone.now(), by_hand=True)
        if kept:
            numbers = ", ".join(map(str, kept))
            messages.success(request, _("Đã ghi số thẻ của câu %s. Câu dưới 5 thẻ không giữ số.") % numbers)
        else:
            messages.error(request, _("Câu nào cũng dưới 5 thẻ, nên không giữ số nào."))
        return redirect("school_log:quiz", run.key)
    heading = _("Đếm thẻ, hỏi %s") % Moment(moment).label
    above = (str(run), reverse("school_log:quiz", args=[run.key]))
    context = {"run": run, "form": form, "heading": heading, "letters": LETTERS, "trail": [*_trail(), above]}
    return render(request, "schools/quiz_count.html", context, status=422 if form.errors else 200)
