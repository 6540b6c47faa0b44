"""The short form after a class, for who attended it; and what came of it, for who may open the class."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.classes.feedback.answers import LONGEST, OPEN_FOR, SHOWN_FROM, Agreement, Question, give, why_not
from courses.classes.feedback.results import results_of
from courses.classes.planned.planning import Refused
from courses.classes.screens import gate
from people.guarding.wording import judged


class _Radios(forms.RadioSelect):
    """What is wrong above the form leads to the first of them."""

    def id_for_label(self, id_, index=None):
        return super().id_for_label(id_, "0" if index is None else index)


class FeedbackForm(forms.Form):
    """What tells who somebody is has no way past here, not even with a reason: the reason would bear a name."""

    words = forms.CharField(
        label=gettext_lazy("Điều nên giữ, điều nên đổi (không bắt buộc)"),
        help_text=gettext_lazy("Nói về lớp, không nêu tên và không kể chuyện của ai."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = {
            question.value: forms.TypedChoiceField(
                # a sentence of its own where it is asked, not before a colon
                label=str(question.label).rstrip("."),
                choices=Agreement.choices,
                coerce=int,
                widget=_Radios,
                error_messages={"required": gettext_lazy("Chọn một câu trả lời.")},
            )
            for question in Question
        }
        self.fields = asked | self.fields  # type: ignore[assignment]

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        found = judged(words, None)
        if found.refusals or found.warning:
            raise forms.ValidationError([*found.refusals, *([found.warning] if found.warning else [])])
        return words

    @property
    def said(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in Question.values}


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
def form(request, pk: int) -> HttpResponse:
    own, now = gate.own_participation_or_404(request.user, pk), timezone.now()
    why = why_not(own, now)
    filled = FeedbackForm(request.POST if request.method == "POST" and not why else None)
    if filled.is_valid():
        try:
            give(own, filled.said, filled.cleaned_data["words"], now)
        except Refused as sentence:
            why = str(sentence)
        else:
            messages.success(request, _("Đã ghi góp ý, không kèm tên. Cảm ơn anh chị."))
            return redirect("classes:mine", own.pk)
    context = {
        "own": own,
        "row": own.training_class,
        "form": filled,
        "why_not": why,
        "shown_from": SHOWN_FROM,
        "trail": gate.trail(),
    }
    return render(request, "classes/feedback_form.html", context, status=422 if filled.errors else 200)


@require_safe
@gate.own_page
def results(request, pk: int) -> HttpResponse:
    row = gate.class_or_404(request.user, pk)
    context = {
        "row": row,
        "results": results_of(row),
        "shown_from": SHOWN_FROM,
        "days": OPEN_FOR.days,
        "trail": gate.trail(row),
    }
    return render(request, "classes/feedback.html", context)
