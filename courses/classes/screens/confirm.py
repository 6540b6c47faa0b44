"""`/lop-tap-huan/lop/<pk>/xac-nhan/`: what would count, the word of a second person, and its undo with a reason."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.classes.held.confirming import confirm, lines, undo, why_not_by, why_not_yet
from courses.classes.planned.planning import Refused
from courses.classes.planned.training_class import TrainingClass
from courses.classes.screens import gate
from people.guarding.wording import writes


class UndoForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do bỏ xác nhận"),
        help_text=gettext_lazy("Ví dụ: ghi nhầm buổi thứ hai. Lý do được ghi lại."),
        max_length=300,
        strip=True,
        error_messages={"required": gettext_lazy("Ghi lý do bỏ xác nhận.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
@writes("class_undone", gettext_lazy("Lý do bỏ xác nhận"), "reason")
def confirming(request, pk: int) -> HttpResponse:
    """For whoever answers for the class's unit."""
    row, now = gate.class_or_404(request.user, pk), timezone.now()
    form = UndoForm(request.POST if request.POST.get("act") == "undo" else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        return _acted(request, row, form, now)
    listed, confirmed = lines(row), row.confirmations.filter(superseded_at=None).select_related("by").first()
    context = {
        "row": row,
        "lines": listed,
        "meetings": row.meetings.count(),
        "enough": sum(line.enough and line.came > 0 for line in listed),
        "confirmed": confirmed,
        "before": row.confirmations.exclude(superseded_at=None).select_related("by", "undone_by").order_by("-pk"),
        "why_not": "" if confirmed else why_not_yet(row, listed, now) or why_not_by(request.user, row),
        "form": form,
        "trail": gate.trail(row),
    }
    return render(request, "classes/confirm.html", context, status=422 if form.errors else 200)


def _acted(request, row: TrainingClass, form: UndoForm, now) -> HttpResponse:
    try:
        if form.is_bound:
            undo(request.user, row, form.cleaned_data["reason"], now)
            messages.success(request, _("Đã bỏ xác nhận. Sửa điểm danh xong thì xác nhận lại."))
        elif request.POST.get("act") == "confirm":
            confirm(request.user, row, now)
            messages.success(request, _("Đã xác nhận. Hệ thống đang ghi cho từng người."))
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("classes:confirm", row.pk)
