"""Who came from another unit: written by who leads the class, answered by who answers for her unit."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.classes.held.walk_ins import answer, waiting_for, write
from courses.classes.held.walk_ins_undone import WalkInUndone, undo
from courses.classes.planned.participant import Participant
from courses.classes.planned.planning import Refused
from courses.classes.planned.training_class import TrainingClass
from courses.classes.screens import gate
from letters.numbers import is_number
from people.guarding.wording import writes

ON_A_PAGE = 50


class WalkInForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Mã cán bộ"), max_length=40, strip=True)
    name = forms.CharField(
        label=gettext_lazy("Họ tên"),
        max_length=150,
        strip=True,
        help_text=gettext_lazy("Đúng như trong danh sách cán bộ, có dấu; hoa hay thường đều được."),
    )


class _WalkInField(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return f"{obj.person.full_name} ({obj.person.staff_code})"


class UndoForm(forms.Form):
    who = _WalkInField(
        Participant.objects.none(),
        label=gettext_lazy("Người ghi nhầm"),
        empty_label=gettext_lazy("Chọn một người"),
        error_messages={
            "required": gettext_lazy("Chọn người đã ghi nhầm."),
            "invalid_choice": gettext_lazy("Người này không còn trong danh sách người đơn vị khác của lớp."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Vì sao ghi nhầm"),
        help_text=gettext_lazy("Ví dụ: trùng tên, phiếu ký của lớp khác. Lý do được ghi lại."),
        max_length=300,
        strip=True,
        error_messages={"required": gettext_lazy("Ghi vì sao.")},
    )

    def __init__(self, row: TrainingClass, *args, **kwargs):
        super().__init__(*args, **kwargs)
        who: forms.ModelChoiceField = self.fields["who"]  # type: ignore[assignment]
        here = row.participants.taking_part().filter(walk_in=True).select_related("person")
        who.queryset = here.order_by("person__name_order", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
@writes("walk_in_undone", gettext_lazy("Lý do bỏ người ghi nhầm"), "reason")
def walk_in(request, row: TrainingClass) -> HttpResponse:
    """Writing somebody, and taking back whom one wrote wrongly."""
    undoing = request.method == "POST" and request.POST.get("act") == "undo"
    form = WalkInForm(request.POST if request.method == "POST" and not undoing else None)
    undo_form = UndoForm(row, request.POST if undoing else None)
    if undo_form.is_valid():
        return _undone(request, row, undo_form)
    if form.is_valid():
        try:
            write(request.user, row, form.cleaned_data["code"], form.cleaned_data["name"], timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã ghi. Điểm danh như mọi người; tính khi đơn vị của người ấy xác nhận."))
            return redirect("classes:class", row.pk)
    context = {
        "row": row,
        "form": form,
        "undo_form": undo_form,
        "written": undo_form.fields["who"].queryset.exists(),  # type: ignore[attr-defined]
        "undone": WalkInUndone.objects.filter(participant__training_class=row)
        .select_related("participant__person", "by")
        .order_by("-at", "-pk"),
        "trail": gate.trail(row),
    }
    return render(request, "classes/walk_in.html", context, status=422 if form.errors or undo_form.errors else 200)


def _undone(request, row: TrainingClass, form: UndoForm) -> HttpResponse:
    try:
        undo(request.user, row, form.cleaned_data["who"].pk, form.cleaned_data["reason"], timezone.now())
        messages.success(request, _("Đã bỏ người ghi nhầm. Điểm danh cũ của người ấy không tính nữa."))
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("classes:walk_in", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.own_page
def waiting(request) -> HttpResponse:
    """People of one's own units who came to a class elsewhere."""
    if not gate.may_open(request.user):
        raise PermissionDenied(_("Xác nhận người đã dự lớp nơi khác là việc của người phụ trách đơn vị."))
    rows = waiting_for(request.user)
    if request.method == "POST":
        return _answered(request, rows)
    page = Paginator(rows.prefetch_related("training_class__meetings"), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "classes/waiting.html", {"page": page, "trail": gate.trail()})


def _answered(request, rows) -> HttpResponse:
    who, act = request.POST.get("who", ""), request.POST.get("act", "")
    if act in ("came", "not"):
        own = rows.filter(pk=int(who) if is_number(who) else 0).first()
        if own is None:
            raise Http404
        answer(request.user, own, act == "came", timezone.now())
        messages.success(request, _("Đã ghi. Cảm ơn anh chị."))
    return redirect("classes:waiting")
