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
from courses.classes.planned.planning import Refused
from courses.classes.planned.training_class import TrainingClass
from courses.classes.screens import gate
from letters.numbers import is_number

ON_A_PAGE = 50


class WalkInForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Mã cán bộ"), max_length=40, strip=True)
    name = forms.CharField(
        label=gettext_lazy("Họ tên"),
        max_length=150,
        strip=True,
        help_text=gettext_lazy("Đúng như trong danh sách cán bộ, có dấu; hoa hay thường đều được."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def walk_in(request, row: TrainingClass) -> HttpResponse:
    form = WalkInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            write(request.user, row, form.cleaned_data["code"], form.cleaned_data["name"], timezone.now())
        except Refused as sentence:
            form.add_error(None, str(sentence))
        else:
            messages.success(request, _("Đã ghi. Điểm danh như mọi người; tính khi đơn vị của người ấy xác nhận."))
            return redirect("classes:class", row.pk)
    context = {"row": row, "form": form, "trail": gate.trail(row)}
    return render(request, "classes/walk_in.html", context, status=422 if form.errors else 200)


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
