"""A learner's side: asking beside a lesson, and the page of her own questions."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from courses.content.lesson import LessonPage
from courses.learning.beside import beside
from courses.learning.outline import LearnerStep, Outline
from courses.learning.views import from_lesson
from courses.talk.inquiries.asking import Wish, ask
from courses.talk.inquiries.inquiry import UNREAD, Inquiry
from courses.talk.inquiries.whose import may_answer, own, read_in_unit
from courses.talk.lessons import lesson_names
from courses.talk.refusing import Refused
from courses.talk.screens.forms import ALONE, NAMED, AskForm
from courses.talk.screens.gate import ON_A_PAGE, own_page
from people.guarding.wording import writes
from people.persons.merges import one_person
from people.statements.kept import models_about

# of one lesson; all of them stand on the page of one's own
BESIDE_A_LESSON = 5


@from_lesson
@writes("inquiry", gettext_lazy("Câu hỏi gửi người phụ trách tập huấn"), "text")
def ask_beside(request, page: LessonPage, outline: Outline, step: LearnerStep) -> HttpResponse:
    form = AskForm(request.POST)
    if form.is_valid():
        whom = form.cleaned_data["whom"]
        wish = Wish(outline.course.key, step.key, form.cleaned_data["text"], whom != ALONE, whom == NAMED)
        try:
            row = ask(request.user, wish, form.sent_key, timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã gửi. Khi có trả lời, câu hỏi hiện ở đây và ở cuối bài."))
            return redirect("talk:inquiry", row.pk)
    context = {"form": form, "step": step, "outline": outline}
    return render(request, "talk/ask.html", context, status=422)


@beside(20)
def asked_beside(request, page: LessonPage, step: LearnerStep) -> str:
    """Her questions about this lesson, those of her unit that were answered, and the form; one query."""
    person = request.user
    key = page.translation_key
    listed = models_about(Inquiry, person, ("beside", key), partial(_of_lesson, key))
    context = {
        "inquiries": listed[:BESIDE_A_LESSON],
        "more": len(listed) > BESIDE_A_LESSON,
        "unread": any(row.is_unread and row.asked_by_id == person.pk for row in listed),
        "form": AskForm(auto_id="hoi_%s"),
        "step": step,
    }
    return render_to_string("talk/beside.html", context, request)


def _of_lesson(key: UUID, person) -> QuerySet[Inquiry]:
    """One more than is shown."""
    hers = Q(asked_by__in=one_person(person)) | read_in_unit(person)
    rows = Inquiry.objects.filter(hers, lesson_key=key)
    return rows.order_by("-changed_at", "-pk")[: BESIDE_A_LESSON + 1]


@require_safe
@own_page
def mine(request) -> HttpResponse:
    """One's own, what was replied and not read first; `?loc=don-vi` are those of one's unit."""
    of_unit = request.GET.get("loc") == "don-vi"
    if of_unit:
        rows = Inquiry.objects.filter(read_in_unit(request.user)).select_related("asked_by").order_by("-replied_at")
    else:
        rows = own(request.user).order_by("-changed_at", "-pk")
    page = Paginator(rows.prefetch_related("said"), ON_A_PAGE).get_page(request.GET.get("page"))
    with_lessons(page.object_list, request)
    context = {
        "page": page,
        "of_unit": of_unit,
        "query": "loc=don-vi&" if of_unit else "",
        "unread": own(request.user).filter(UNREAD).count(),
        "answers": may_answer(request.user),
    }
    return render(request, "talk/mine.html", context)


def with_lessons(rows, request) -> None:
    """Gives each `lesson`, its name; one query."""
    names = lesson_names((row.lesson_key for row in rows), request)
    for row in rows:
        row.lesson = names.get(row.lesson_key)
