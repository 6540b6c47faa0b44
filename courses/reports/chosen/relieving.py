"""Asking that chosen people be excused, excluded or given more time; somebody above their unit decides."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.acts.choice import Choice
from courses.reliefs.asking import ask
from courses.reports.chosen.gate import frame, of_choice
from courses.reports.reliefs.chosen_form import ChosenForm
from people.guarding.wording import writes
from people.persons.user import User

NAMED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
@writes("relief", gettext_lazy("Lý do miễn, hoãn, gia hạn"), "reason")
def excuse(request, choice: Choice):
    return _asking(request, choice, extends=False)


@require_http_methods(["GET", "HEAD", "POST"])
@of_choice
@writes("relief", gettext_lazy("Lý do miễn, hoãn, gia hạn"), "reason")
def extend(request, choice: Choice):
    return _asking(request, choice, extends=True)


def _asking(request, choice: Choice, *, extends: bool):
    form = ChosenForm(request.user, choice.people, extends, request.POST if request.method == "POST" else None)
    hers = dict(form.units)
    if form.is_valid():
        asked = ask(form.wish, form.units, request.user, timezone.now())
        said = _("Đã gửi đề nghị cho %d người. Người ở cấp trên của đơn vị sẽ quyết định.") % asked
        if left := len(choice.people) - asked:
            said += " " + _("%d người không có trong đề nghị: không phải hoàn thành yêu cầu ấy, đã đề nghị rồi,") % left
            said += " " + _("hoặc hôm nay không do anh chị phụ trách.")
        messages.success(request, said)
        return redirect(f"{reverse('reports:reliefs')}?loc=toi")
    context = {
        "form": form,
        "title": _("Gia hạn") if extends else _("Miễn, hoãn"),
        "names": list(User.objects.filter(pk__in=hers).by_name()[:NAMED]),
        "count": len(hers),
        "not_hers": len(choice.people) - len(hers),
        **frame(choice),
    }
    return render(request, "reports/chosen/relieving.html", context, status=422 if form.errors else 200)
