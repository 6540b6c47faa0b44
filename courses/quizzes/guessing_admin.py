"""The guard against guessing under /cms/, beside the bank; and what who publishes is told."""

from django.contrib import messages
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_denied

from courses.content.course import CoursePage
from courses.content.quiz import QuizPage
from courses.questions.bank import Question
from courses.questions.publishing import freeze
from courses.questions.versions import SOURCE_LANGUAGE, frozen
from courses.quizzes.bank_check import NoSuchQuiz, check, length_warning, quizzes_named, warnings_of
from letters.numbers import is_number

# sentences that fit on a screen after publishing
SHOWN = 5


@require_safe
def guessing(request):
    """The quizzes; with `?bai=<page id>` what the strategies earn at one of them."""
    if not request.user.has_perm("courses.view_question"):
        return permission_denied(request)
    chosen = request.GET.get("bai", "")
    try:
        quizzes = quizzes_named(chosen) if is_number(chosen) else []
    except NoSuchQuiz as missing:
        raise Http404 from missing
    context = {
        "quizzes": _with_courses(quizzes_named(None)),
        "report": check(quizzes[0]) if quizzes else None,
        "page_title": _("Thử đoán mò"),
        "header_title": _("Thử đoán mò"),
        "header_icon": "help",
        "breadcrumbs_items": [
            {"url": reverse(Question.snippet_viewset.get_url_name("list")), "label": _("Ngân hàng câu hỏi")},
            {"url": "", "label": _("Thử đoán mò")},
        ],
    }
    return TemplateResponse(request, "wagtailadmin/quizzes/guessing.html", context)


def _with_courses(quizzes: list[QuizPage]) -> list[tuple[QuizPage, str]]:
    courses = list(CoursePage.objects.values_list("path", "title"))
    return [(quiz, next(title for path, title in courses if quiz.path.startswith(path))) for quiz in quizzes]


def warn_of_page(request, page) -> None:
    """After a quiz was published; nothing is held back."""
    if isinstance(page.specific, QuizPage):
        _tell(request, warnings_of(page.specific))


def warn_of_question(request, question) -> None:
    if isinstance(question, Question) and question.live and question.locale.language_code == SOURCE_LANGUAGE:
        name, structure, key, texts = freeze(question)
        _tell(request, [length_warning(question.name, frozen(name, structure, key, {SOURCE_LANGUAGE: texts}))])


def _tell(request, sentences: list[str]) -> None:
    told = [sentence for sentence in sentences if sentence]
    for sentence in told[:SHOWN]:
        messages.warning(request, sentence)
    if len(told) > SHOWN:
        messages.warning(request, _("… và %(count)d điều nữa; xem “Thử đoán mò”.") % {"count": len(told) - SHOWN})
