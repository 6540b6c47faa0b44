"""Requests for a role of who is posted elsewhere: seen by who asked, decided by the province, taken by the official."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from people.guarding import role_requests
from people.guarding.role_requests import RequestState, RoleRequest
from people.guarding.wording import writes
from people.rights.giving import decides_for_the_province
from people.rights.roles import NotHers, TooManyRoles
from people.screens.oversight import PAGE, overseeing
from people.signing_in.resuming import signed_in_or_kept


@require_safe
@overseeing
def requests(request):
    rows = RoleRequest.objects.select_related("person", "unit", "asked_by")
    waiting = rows.filter(state=RequestState.ASKED).exclude(person=request.user).exclude(asked_by=request.user)
    context = {
        "waiting": waiting if decides_for_the_province(request.user) else [],
        "asked": rows.filter(asked_by=request.user)[:PAGE],
        "open": role_requests.OPEN_STATES,
    }
    return render(request, "account/role_requests.html", context)


@require_POST
@overseeing
@writes("role_answer", gettext_lazy("Lý do không giao vai trò"), "answer")
def decision(request, pk):
    row = get_object_or_404(RoleRequest.objects.open().select_related("person", "unit", "asked_by"), pk=pk)
    now, answer = timezone.now(), request.POST.get("answer", "").strip()[:300]
    if row.asked_by == request.user:
        if "rut" in request.POST and role_requests.withdraw(row, request.user, now):
            messages.info(request, _("Đã rút đề nghị."))
        return redirect("role_requests")
    if not decides_for_the_province(request.user):
        raise Http404
    if not role_requests.decides(request.user, row):
        raise PermissionDenied(
            _("Không ai tự quyết định cho chính mình; một quản trị viên cấp tỉnh khác sẽ quyết định.")
        )
    if "giao" in request.POST and role_requests.grant(row, request.user, now):
        messages.success(request, _("Đã đồng ý. Vai trò có hiệu lực khi người ấy nhận ở trang “Tài khoản” của mình."))
    elif "khong" in request.POST and not answer:
        messages.error(request, _("Hãy ghi lý do trong một câu; người đề nghị sẽ đọc câu này."))
    elif "khong" in request.POST and role_requests.refuse(row, request.user, answer, now):
        messages.info(request, _("Đã trả lời người đề nghị."))
    return redirect("role_requests")


@require_POST
@signed_in_or_kept
def consent(request, pk):
    row = get_object_or_404(role_requests.waiting_for(request.user, timezone.now()), pk=pk)
    try:
        if "nhan" in request.POST and role_requests.agree(row, timezone.now()):
            messages.success(request, _("Anh chị đã nhận vai trò."))
        elif "khong" in request.POST and role_requests.decline(row, timezone.now()):
            messages.info(request, _("Anh chị không nhận vai trò này; người đề nghị được báo."))
    except TooManyRoles as sentence:
        messages.error(request, str(sentence))
    except NotHers:
        messages.error(request, _("Người đã đồng ý ở cấp tỉnh nay không còn quyền ấy; hãy nhờ đơn vị đề nghị lại."))
    return redirect("account")
