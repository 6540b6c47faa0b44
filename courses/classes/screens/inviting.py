"""`/lop-tap-huan/lop/<pk>/moi/`: whom one invites, from a filter."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.classes.planned.finding import STATES, Filter, duties, found, units_of
from courses.classes.planned.seating import Invited, invite
from courses.classes.planned.training_class import MOST_SEATS, TrainingClass
from courses.classes.screens import gate
from letters.numbers import is_number
from people.times import today

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def inviting(request, row: TrainingClass) -> HttpResponse:
    wanted = Filter.of(request.GET)
    people = found(request.user, row, wanted, today())
    if request.method == "POST":
        return _invited(request, row, people)
    page = Paginator(people, ON_A_PAGE).get_page(request.GET.get("page"))
    seated = row.participants.seated().count()
    context = {
        "row": row,
        "page": page,
        "wanted": wanted,
        "query": f"{urlencode(_said(request))}&" if _said(request) else "",
        "here": request.get_full_path(),
        "units": units_of(row, today()),
        "duties": duties(),
        "states": [(key, label) for key, (label, _states) in STATES.items()],
        "most": MOST_SEATS,
        "free": max(row.seats - seated, 0),
        "trail": gate.trail(row),
    }
    return render(request, "classes/invite.html", context)


def _said(request) -> dict[str, str]:
    return {key: request.GET[key] for key in ("don-vi", "nhiem-vu", "tinh-trang", "tim") if request.GET.get(key)}


def _invited(request, row: TrainingClass, people) -> HttpResponse:
    """Those ticked, or all that the filter finds."""
    if row.cancelled_at:
        messages.error(request, _("Lớp này đã hủy, nên không mời được nữa."))
        return redirect("classes:class", row.pk)
    if request.POST.get("act") == "all":
        chosen = list(people.values_list("pk", flat=True)[:MOST_SEATS])
    else:
        chosen = [int(who) for who in request.POST.getlist("who") if is_number(who)][:MOST_SEATS]
    if not chosen:
        messages.error(request, _("Chưa chọn ai. Đánh dấu người cần mời rồi bấm mời."))
        return redirect(request.get_full_path())
    messages.success(request, _sentence(invite(request.user, row, chosen, timezone.now())))
    return redirect("classes:class", row.pk)


def _sentence(invited: Invited) -> str:
    words = _("Đã mời: %d người có chỗ.") % invited.seated
    return f"{words} {_('%d người vào danh sách chờ.') % invited.waiting}" if invited.waiting else words
