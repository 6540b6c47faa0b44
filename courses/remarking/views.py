"""`/bao-cao/cham-lai/`: answers that were marked by a key that is not in force any more, for who leads the training of
the whole province, since a key concerns everybody.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.attempts.remarks import Remarked, Remarking
from courses.content.course import CoursePage
from courses.remarking.applying import UnderWay, decide, work_of
from courses.remarking.consequences import LostPass, unearned
from courses.remarking.preview import (
    NAMED,
    is_concerned,
    key_before,
    key_in_words,
    named,
    preview,
    waiting,
    waiting_for,
)
from courses.reports.query.gate import forbidden, training
from outbox.effects import EffectState, retry
from people.guarding.wording import writes
from people.rights.scope import TRAINING_KINDS

PAGE = 50


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Vì sao đáp án cũ sai"),
        max_length=300,
        help_text=gettext_lazy("Một câu; người có bài được chấm lại sẽ đọc. Ví dụ: Luật 53/2024/QH15 đã đổi tuổi."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )
    # how many results the page said would change
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def for_the_province(view: Callable) -> Callable:
    @training
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not any(len(unit.path) == 1 for unit in request.reader.roots(TRAINING_KINDS)):
            said = _("Chấm lại là việc của người phụ trách tập huấn toàn tỉnh, vì đáp án chung cho mọi người.")
            return forbidden(request, said)
        return view(request, *args, **kwargs)

    return gated


@require_safe
@for_the_province
def questions(request) -> HttpResponse:
    """A constant number of queries."""
    done = Remarking.objects.select_related("by", "by_version").order_by("-at", "-pk")
    context = {"waiting": waiting(), "done": Paginator(done, PAGE).get_page(request.GET.get("page")), "trail": _trail()}
    return render(request, "remarking/questions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_province
@writes("remarking", gettext_lazy("Lý do chấm lại"), "reason")
def question(request, question_key: UUID) -> HttpResponse:
    """The look before, and the decision: it holds only for the number of changes that the page showed."""
    under_way = Remarking.objects.filter(question_key=question_key, finished_at=None).first()
    if under_way:
        return redirect("remarking:remarking", under_way.pk)
    asked = waiting_for(question_key)
    if asked is None:
        latest = Remarking.objects.filter(question_key=question_key).order_by("-at", "-pk").first()
        if latest is None:
            raise Http404
        return redirect("remarking:remarking", latest.pk)
    seen = preview(asked.keys)
    concerned = is_concerned(request.user, seen)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"seen": seen.changed})
    changed_since, titles = False, _titles()
    if form.is_bound and not concerned and seen.attempts and form.is_valid():
        changed_since = form.cleaned_data["seen"] != seen.changed
        if not changed_since:
            try:
                row = decide(asked.keys, form.cleaned_data["reason"], request.user, timezone.now())
            except UnderWay:
                return redirect("remarking:question", question_key)
            return redirect("remarking:remarking", row.pk)
        form = ReasonForm(initial={"reason": form.cleaned_data["reason"], "seen": seen.changed})
    context = {
        "asked": asked,
        "key_before": key_before(asked.keys),
        "key_now": key_in_words(asked.version),
        "seen": seen,
        "form": form,
        "concerned": concerned,
        "changed_since": changed_since,
        "passing": [(*row, titles.get(row[1].course_key, row[1].course_key)) for row in named(seen.passing)],
        "failing": [(*row, titles.get(row[1].course_key, row[1].course_key)) for row in named(seen.failing)],
        "most": NAMED,
        "trail": [*_trail(), (_("Chấm lại"), reverse("remarking:questions"))],
    }
    return render(request, "remarking/question.html", context, status=422 if form.errors or changed_since else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_province
def remarking(request, pk: int) -> HttpResponse:
    """What was decided and what became of it; a POST tries again what failed."""
    row = get_object_or_404(Remarking.objects.select_related("by", "by_version"), pk=pk)
    work = work_of(row)
    if request.method == "POST":
        if work and work.state == EffectState.FAILED:
            retry(work, timezone.now())
        return redirect("remarking:remarking", pk)
    changes = row.remarked.select_related("attempt__person").order_by("attempt__person__name_order", "pk")
    lost = [
        LostPass(one.attempt_id, one.attempt.person_id, *_where(one))
        for one in changes.filter(passed_before=True, passed=False, attempt__closes_at=None)
    ]
    titles = _titles()
    context = {
        "row": row,
        "work": work if row.finished_at is None else None,
        "failed": bool(work and work.state == EffectState.FAILED),
        "changes": Paginator(changes, PAGE).get_page(request.GET.get("page")),
        "passing": changes.filter(passed_before=False, passed=True).count(),
        "failing": len(lost),
        "unearned": [(one, titles.get(one.completion.course_key, "")) for one in unearned(lost)],
        "trail": [*_trail(), (_("Chấm lại"), reverse("remarking:questions"))],
    }
    return render(request, "remarking/remarking.html", context)


def _where(one: Remarked) -> tuple:
    return one.attempt.course_key, one.attempt.quiz_key, one.attempt.submitted_at


def _titles() -> dict[str, str]:
    """Vietnamese course titles by course key."""
    return dict(CoursePage.objects.order_by("-locale_id").values_list("key", "title"))


def _trail() -> list[tuple[str, str]]:
    return [(_("Tiến độ"), reverse("reports:home"))]
