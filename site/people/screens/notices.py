"""What happened to an account: its owner reads it and undoes it by the link of the mail, or she is called."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.guarding import notices, restoring
from people.guarding.notices import AccountNotice
from people.persons.user import User
from people.rights.giving import decides_for_the_province
from people.rights.roles import PEOPLE_KINDS
from people.rights.scope import answers_today, visible_to
from people.screens.role_admin import may_edit
from people.screens.slips import printing
from people.signing_in.resuming import signed_in_or_kept


@require_POST
@signed_in_or_kept
def seen(request):
    notices.unseen(request.user).update(seen_at=timezone.now())
    return redirect("account")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restore_account(request, token: str):
    """Without signing in: who opens it may be shut out. By a button, so that what only fetches it undoes nothing."""
    now = timezone.now()
    notice = notices.notice_of(token, now)
    if notice is None:
        return render(request, "account/restore_gone.html", status=404)
    if request.method == "POST" and restoring.restore(notice, None, now):
        return render(request, "account/restored.html", {"person": notice.person})
    return render(request, "account/restore.html", {"notice": notice})


# --- by telephone


def _to_call(user):
    """Notices of those whom no mail reached, seen by who answers for them and did not do it herself."""
    waiting = AccountNotice.objects.filter(to_call=True, called_at=None, seen_at=None, undone_at=None)
    mine = User.objects.filter(visible_to(user, User), is_active=True).exclude(pk=user.pk)
    return waiting.exclude(by=user).filter(person__in=mine.values("pk")).select_related("person", "by")


@require_safe
@printing
def calls(request):
    now = timezone.now()
    province = decides_for_the_province(request.user)
    undoable = notices.undoable(now).exclude(person=request.user) if province else []
    return render(request, "account/calls.html", {"waiting": _to_call(request.user)[:100], "undoable": undoable[:100]})


@require_POST
@printing
def call(request, pk: int):
    now = timezone.now()
    if "khoi-phuc" in request.POST:
        return _restored(request, get_object_or_404(notices.undoable(now), pk=pk), now)
    notice = get_object_or_404(_to_call(request.user), pk=pk)
    if not answers_today(request.user, notice.person, PEOPLE_KINDS):
        raise Http404
    AccountNotice.objects.filter(pk=notice.pk).update(called_at=now)
    messages.success(request, _("Đã ghi: đã gọi."))
    return redirect("calls")


def _restored(request, notice: AccountNotice, now):
    """On her request, by the province: never by who did it, nor for oneself."""
    if not decides_for_the_province(request.user) or not may_edit(request.user, notice.person):
        raise Http404
    if request.user.pk in (notice.person_id, notice.by_id):
        raise PermissionDenied(_("Người đã làm việc này không tự khôi phục; một quản trị viên cấp tỉnh khác làm."))
    if restoring.restore(notice, request.user, now):
        messages.success(request, _("Đã khôi phục. Hãy in cho người ấy một phiếu kích hoạt mới."))
    return redirect("calls")
