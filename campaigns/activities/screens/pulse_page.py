"""`/hoat-dong/muc/…/hoi-nhanh/`: the three questions before and after a gathering, as counts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.activities.made.pulse import QUESTIONS, Moment, of_activity, say
from campaigns.activities.screens import gate
from campaigns.activities.screens.fields import NumberField


class PulseForm(forms.Form):
    """Right answers and all answers of each question, before and after; empty where it was not asked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            for moment in Moment:
                params = {"question": question, "moment": moment.label}
                right = _("Câu %(question)d, hỏi %(moment)s: số trả lời đúng") % params
                answers = _("Câu %(question)d, hỏi %(moment)s: tổng số trả lời") % params
                self.fields[f"right_{question}_{moment}"] = NumberField(label=right, required=False)
                self.fields[f"answers_{question}_{moment}"] = NumberField(label=answers, required=False)

    def clean(self):
        self.counts: dict[tuple[int, str], tuple[int, int]] = {}
        for question in QUESTIONS:
            for moment in Moment:
                right, answers = (self.cleaned_data.get(f"{one}_{question}_{moment}") for one in ("right", "answers"))
                if right is None and answers is None:
                    continue
                if right is None or answers is None:
                    missing = "right" if right is None else "answers"
                    self.add_error(f"{missing}_{question}_{moment}", _("Ghi cả hai số, hoặc để trống cả hai."))
                elif right > answers:
                    self.add_error(f"right_{question}_{moment}", _("Lớn hơn tổng số trả lời."))
                else:
                    self.counts[question, moment] = right, answers
        return self.cleaned_data


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
def pulse(request, key: UUID) -> HttpResponse:
    rows = gate.wordings_or_404(request.user, key)
    shown = next((row for row in rows if row.superseded_at is None), None)
    if not gate.writes(request.user, key) or shown is None:
        raise PermissionDenied(_("Việc này là của đơn vị đã ghi."))
    filled: dict[str, object] = {}
    for one in of_activity(shown):
        filled[f"answers_{one.question}_{one.moment}"] = one.answers
        filled[f"right_{one.question}_{one.moment}"] = "" if one.right is None else one.right
    form = PulseForm(request.POST if request.method == "POST" else None, initial=filled)
    if form.is_valid():
        say(request.user, key, form.counts, timezone.now())
        messages.success(request, _("Đã ghi số trả lời. Ô dưới 5 không được giữ."))
        return redirect("activities:activity", key)
    context = {"form": form, "heading": _("Hỏi trước và sau"), "button": _("Lưu"), "trail": gate.trail()}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
