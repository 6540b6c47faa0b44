"""One alert: what waits to be decided, what stands, who put it out, what was printed of it; and the address of one that
is over.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.alerts import deciding, ending
from campaigns.alerts.alert import Alert, AlertWording, Ended, State
from campaigns.alerts.deciding import Refused
from campaigns.alerts.fitting import PRINTED, draft_on_paper
from campaigns.alerts.ledger import ledger
from campaigns.alerts.screens import gate
from campaigns.alerts.screens.forms import WithdrawalForm
from campaigns.alerts.words import seconds_to_read, spoken_of
from campaigns.renderings.composing import Unprintable
from campaigns.renderings.formats import FORMATS
from letters.numbers import is_number
from people.times import today


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def alert(request, pk: int) -> HttpResponse:
    """`act` of a POST: send, call_back, discard, approve, send_back, withdraw, bring_back."""
    row = gate.alert_or_404(pk)
    if request.method != "POST":
        return _page(request, row)
    act = request.POST.get("act", "")
    if act == "withdraw":
        return _withdrawn(request, row)
    try:
        said = _done(request, row, act)
    except Refused as why:
        messages.error(request, str(why))
    else:
        if said:
            messages.success(request, said)
    return redirect("alerts:alert", row.pk) if Alert.objects.filter(pk=row.pk).exists() else redirect("alerts:home")


def _done(request, row: Alert, act: str) -> str:
    """What was done, in one sentence; "" for nothing."""
    by, now = request.user, timezone.now()
    if act == "bring_back":
        ending.bring_back(by, row, now)
        return _("Đã đưa lại: cảnh báo lại đứng ở mọi xã.")
    wording = _open_of(row)
    if wording is None:
        raise Refused(_("Không còn lời nào chờ quyết định; tải lại trang."))
    typed = request.POST.get("stamp", "")
    stamp = int(typed) if is_number(typed) and len(typed) < 10 else -1
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "send": (lambda: deciding.submit(by, wording, now), _("Đã gửi duyệt.")),
        "call_back": (lambda: deciding.call_back(by, wording), _("Đã lấy lại bản nháp.")),
        "discard": (lambda: deciding.discard(by, wording), _("Đã bỏ bản nháp.")),
        "approve": (
            lambda: deciding.approve(by, wording, stamp, now),
            _("Đã duyệt. Cảnh báo đã lên trang, tờ gấp, thẻ, bài loa và bản tin của mọi xã."),
        ),
        "send_back": (
            lambda: deciding.send_back(by, wording, request.POST.get("word", ""), stamp),
            _("Đã trả lại cho người viết."),
        ),
    }
    if act not in acts:
        return ""
    does, said = acts[act]
    does()
    return said


def _withdrawn(request, row: Alert) -> HttpResponse:
    form = WithdrawalForm(row, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            count = ending.withdraw(request.user, row, given["why"], given["replaced_by"], timezone.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request, _("Đã rút. Mã và địa chỉ nói “đã rút, hãy gỡ”; %d tờ đã in vào danh sách để gỡ.") % count
            )
            return redirect("alerts:alert", row.pk)
    return _page(request, row, form)


def _open_of(row: Alert) -> AlertWording | None:
    return row.wordings.exclude(state=State.APPROVED).select_related("written_by").first()


def _page(request, row: Alert, form: WithdrawalForm | None = None) -> HttpResponse:
    wording, day = _open_of(row), today()
    stands = row.wordings.filter(version=row.version).select_related("written_by", "approved_by").first()
    rows = ledger(row) if row.version else []
    shown = wording or stands
    context = {
        "alert": row,
        "wording": wording,
        "stands": stands,
        "earlier": row.wordings.filter(state=State.APPROVED, version__lt=row.version).select_related("approved_by"),
        "is_standing": row.is_standing_on(day),
        "is_new": row.is_new_on(day),
        "is_hers": wording is not None and deciding.is_hers(wording, request.user),
        "spoken": spoken_of(shown.words) if shown else "",
        "seconds": seconds_to_read(spoken_of(shown.words)) if shown else 0,
        "papers": [FORMATS[key] for key in PRINTED],
        "rows": rows,
        "opened": sum(one.opened_at is not None for one in rows),
        "printed": sum(one.printed > 0 for one in rows),
        "played": sum(one.played > 0 for one in rows),
        "sheets": sum(one.printed for one in rows),
        "down": sum(one.to_take_down for one in rows),
        "withdrawal": form or WithdrawalForm(row),
        "withdrawn": row.ended == Ended.WITHDRAWN,
        "trail": gate.trail(),
    }
    return render(request, "alerts/alert.html", context, status=422 if form and form.errors else 200)


@require_safe
@gate.leading
def paper(request, pk: int, key: str) -> HttpResponse:
    """What waits, or else what stands, on a leaflet, cards or a bulletin, stamped: for a look."""
    row = gate.alert_or_404(pk)
    wording = _open_of(row) or row.wordings.filter(version=row.version).first()
    if wording is None or key not in PRINTED:
        raise Http404
    try:
        drawn = draft_on_paper(key, wording.words, wording.ends_on)
    except Unprintable as why:
        messages.error(request, str(why))
        return redirect("alerts:alert", row.pk)
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="canh-bao-{row.pk}-{key}.pdf"'
    return response


@require_safe
def public(request, number: int) -> HttpResponse:
    """`/canh-bao/so/<number>/`: leads to an alert that stands; of one that is over, says so and what replaces it."""
    row = gate.alert_or_404(number)
    if row.version == 0:
        raise Http404
    if row.is_standing_on(today()) and row.message is not None and row.message.live:
        return redirect(row.message.url or reverse("alerts:home"))
    other = row.replaced_by
    replaced_by = other.message if other is not None and other.is_standing_on(today()) else None
    context = {"alert": row, "replaced_by": replaced_by, "withdrawn": row.ended == Ended.WITHDRAWN}
    response = render(request, "alerts/over.html", context, status=410)
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_cache=True)
    return response
