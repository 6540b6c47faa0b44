"""`/bao-cao/cau-hoi/`: which questions teach and which mislead, by quiz; for who leads training."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.analysis import making
from courses.analysis.exporting import table_of
from courses.analysis.quiz_analysis import analyse
from courses.analysis.reading import first_attempts
from courses.analysis.shown import FEWEST, shown
from courses.content.course import CoursePage
from courses.content.quiz import QuizPage
from courses.reports.files.downloads import file_response
from courses.reports.files.tables import file_name
from courses.reports.query.gate import training
from outbox.effects import Effect
from people.rights.scope import TRAINING_KINDS
from people.times import today


@dataclass(frozen=True)
class QuizLine:
    quiz: QuizPage
    course: str
    people: int
    passed: int

    @property
    def percent(self) -> int:
        return self.passed * 100 // self.people if self.people else 0


@dataclass(frozen=True)
class Found:
    """`analysis` None: none was made yet. `work`: what is being made; `is_old`: attempts came since."""

    people: int
    analysis: dict | None
    work: Effect | None = None
    made: Effect | None = None

    @property
    def is_old(self) -> bool:
        return self.analysis is not None and self.analysis["people"] != self.people


@require_safe
@training
def quizzes(request) -> HttpResponse:
    """A constant number of queries, however many quizzes."""
    counts = {row["quiz_key"]: row for row in _counted()}
    courses = {course.path: course.title for course in CoursePage.objects.filter(alias_of=None)}
    lines: dict[UUID, QuizLine] = {}
    for quiz in QuizPage.objects.live().filter(alias_of=None).order_by("path"):
        row = counts.get(quiz.translation_key, {"people": 0, "passed": 0})
        title = next((name for path, name in courses.items() if quiz.path.startswith(path)), "")
        # a translation is the same quiz
        lines.setdefault(quiz.translation_key, QuizLine(quiz, title, row["people"], row["passed"]))
    small = not sees_everybody(request.reader)
    context = {"lines": list(lines.values()), "small": small, "fewest": FEWEST, "trail": _trail()}
    return render(request, "analysis/quizzes.html", context)


def _counted():
    counted = first_attempts().values("quiz_key")
    return counted.annotate(people=Count("pk"), passed=Count("pk", filter=Q(passed=True)))


@require_http_methods(["GET", "HEAD", "POST"])
@training
def quiz(request, quiz_key: UUID) -> HttpResponse:
    """A POST has a large one made anew, in the background."""
    page = _quiz_or_404(quiz_key)
    if request.method == "POST":
        making.ask_for(quiz_key, request.user)
        return redirect("analysis:quiz", quiz_key)
    found, everybody = _found(quiz_key), sees_everybody(request.reader)
    context = {
        "quiz": page,
        "course": CoursePage.objects.ancestor_of(page).get().title,
        "found": found,
        "fewest": FEWEST,
        "trail": [*_trail(), (_("Phân tích câu hỏi"), reverse("analysis:quizzes"))],
    }
    if found.analysis and (everybody or found.analysis["people"] >= FEWEST):
        context["summary"], context["questions"] = shown(found.analysis, sees_everybody=everybody)
    return render(request, "analysis/quiz.html", context)


@require_safe
@training
def quiz_file(request, quiz_key: UUID, kind: str) -> HttpResponse:
    page, found = _quiz_or_404(quiz_key), _found(quiz_key)
    everybody = sees_everybody(request.reader)
    if not found.analysis or not (everybody or found.analysis["people"] >= FEWEST):
        # the page says why there is nothing
        return redirect("analysis:quiz", quiz_key)
    table = table_of(page.title, found.analysis, sees_everybody=everybody)
    return file_response(request, table, file_name("cau-hoi", today(), kind), kind)


def sees_everybody(reader) -> bool:
    """Whether she leads training for the whole province, and so sees every person anyhow."""
    return any(len(unit.path) == 1 for unit in reader.roots(TRAINING_KINDS))


def _quiz_or_404(quiz_key: UUID) -> QuizPage:
    """Also one that is no longer published: what it taught stays worth knowing."""
    page = QuizPage.objects.filter(translation_key=quiz_key, alias_of=None).order_by("pk").first()
    if page is None:
        raise Http404
    return page


def _found(quiz_key: UUID) -> Found:
    people = first_attempts().filter(quiz_key=quiz_key).count()
    if people <= making.AT_ONCE:
        return Found(people, analyse(quiz_key) if people else None)
    made, work = making.works_for(quiz_key)
    return Found(people, made.result["analysis"] if made else None, work, made)


def _trail() -> list[tuple[str, str]]:
    return [(_("Tiến độ"), reverse("reports:home"))]
