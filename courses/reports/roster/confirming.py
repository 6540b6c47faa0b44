"""Confirms that a unit's roster is complete, and withdraws a confirmation."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.reports.query.gate import forbidden, reading_figures
from letters.numbers import is_number
from people.postings.posting import RosterConfirmation
from people.roster.confirmations import confirm_roster, take_back
from people.times import today
from people.units.unit import Unit


@require_POST
@reading_figures
def confirm(request, code):
    """Confirms today's roster of the unit, or with `rut` withdraws a confirmation; redirects to `ve`."""
    unit = Unit.objects.on(today()).filter(code=code).first()
    if unit is None or not request.reader.may_see(unit.pk):
        raise Http404
    if not request.reader.may_confirm(unit.pk):
        return forbidden(
            request, _("Người giám sát xem con số; thủ trưởng hoặc người phụ trách tập huấn xác nhận danh sách.")
        )
    now = timezone.now()
    if request.POST.get("rut"):
        take_back(_confirmation(unit, request.POST["rut"]), now, request.user)
        messages.info(request, _("Đã rút lại xác nhận danh sách của %s.") % unit.name)
    else:
        confirm_roster(unit, request.user, now)
        messages.success(request, _("Đã xác nhận: danh sách của %s hôm nay là đủ.") % unit.name)
    return redirect(_back(request))


def _confirmation(unit: Unit, pk: str) -> RosterConfirmation:
    return get_object_or_404(RosterConfirmation, unit=unit, pk=int(pk) if is_number(pk) else 0)


def _back(request) -> str:
    back = request.POST.get("ve", "")
    return back if url_has_allowed_host_and_scheme(back, None) else "/bao-cao/"
