"""The learner's own side: the card, then the result, and an answer to it. Never another card."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.practice.observed.agreeing import answer
from courses.practice.observed.record import record_of
from courses.practice.observed.rubric import Guide, written_lines
from courses.practice.observed.screens import gate
from courses.practice.observed.screens.leading import trail
from people.guarding.wording import writes


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=gettext_lazy("Lời của anh chị"),
        max_length=2000,
        required=False,
        strip=True,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Hai người quan sát và người phụ trách đọc được. Không kể chuyện của người thật."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
@writes("observed_answer", gettext_lazy("Lời đáp sau buổi thực hành"), "answer")
def mine(request, pk: int) -> HttpResponse:
    performance = gate.performance_or_404(pk, person=request.user.pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"answer": performance.answer})
    if form.is_bound and not performance.settled_at:
        messages.warning(request, _("Chưa có kết quả, nên chưa ghi lời đáp được."))
        return redirect("observed:mine", pk)
    if form.is_valid():
        answer(performance, form.cleaned_data["answer"], timezone.now())
        messages.success(request, _("Đã lưu lời của anh chị."))
        return redirect("observed:mine", pk)
    guide = Guide.objects.first()
    context = {
        "performance": performance,
        "card": performance.session.version.frozen.cards["learner"],
        "title": performance.session.version.frozen.title,
        "record": record_of(performance) if performance.settled_at else None,
        "before": written_lines(guide.before) if guide else [],
        "role": guide.learner if guide else "",
        "meaning": guide.outcome if guide else "",
        "form": form,
        "trail": trail(),
    }
    return render(request, "observed/mine.html", context, status=422 if form.errors else 200)
