"""`/bao-cao/cong-khai/`: which requirements everybody may read of; the province's manager switches on and off."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.month_ends.public_switch import PublicFigures, hide, show
from courses.reports.query.gate import forbidden, reading_figures
from courses.requirements.requirement import Requirement
from people.rights.roles import RoleKind
from people.rights.scope import kinds_at_the_top, reaches_everything


def switches(user) -> bool:
    return reaches_everything(user) or RoleKind.PROVINCE_MANAGER in kinds_at_the_top(user)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_figures
def switching(request):
    """A POST names the requirement (`yeu_cau`) and whether it is to be public (`cong_khai`: 1 or 0)."""
    if not switches(request.user):
        return forbidden(request, _("Công khai số liệu hay không là do người quản lý cấp tỉnh quyết định."))
    if request.method == "POST":
        return _switch(request)
    rows = PublicFigures.objects.select_related("requirement", "by", "ended_by").order_by("-recorded_at", "-pk")
    history = list(rows)
    on = {row.requirement_id: row for row in history if row.superseded_at is None}
    context = {
        "requirements": [(one, on.get(one.pk)) for one in Requirement.objects.order_by("name")],
        "history": history,
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/shown/switching.html", context)


def _switch(request):
    requirement = get_object_or_404(Requirement, key=request.POST.get("yeu_cau", ""))
    if request.POST.get("cong_khai") == "1":
        changed = show(requirement, request.user, timezone.now())
        said = _("Đã công khai số liệu cuối tháng của “%s”. Bấm “Thôi công khai” để hoàn tác.")
    else:
        changed = hide(requirement, request.user, timezone.now())
        said = _("Đã thôi công khai số liệu của “%s”. Bấm “Công khai” để hoàn tác.")
    if changed:
        messages.success(request, said % requirement.name)
    return redirect("reports:public")
