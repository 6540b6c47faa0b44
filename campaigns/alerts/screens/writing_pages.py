"""Writing an alert, on one screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.alerts.alert import Alert, State
from campaigns.alerts.deciding import Refused, submit, write
from campaigns.alerts.screens import gate
from campaigns.alerts.screens.forms import AlertForm, filled


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def new(request) -> HttpResponse:
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.leading
def again(request, pk: int) -> HttpResponse:
    """Her draft, or the next version of what stands."""
    return _written(request, gate.alert_or_404(pk))


def _written(request, alert: Alert | None) -> HttpResponse:
    """`viec=send` hands it over at once; `act` is a field, what to do."""
    wording = alert.wordings.order_by("-version").first() if alert else None
    if request.method != "POST":
        return _page(request, AlertForm(initial=filled(wording)), alert)
    form = AlertForm(request.POST)
    if not form.is_valid():
        return _page(request, form, alert)
    data, now = form.cleaned_data, timezone.now()
    try:
        row = write(request.user, alert, form.words(), data["ends_on"], now, data["stamp"])
    except Refused as why:
        _refused(form, why)
        return _page(request, form, alert)
    try:
        if request.POST.get("viec") == "send":
            submit(request.user, row, now)
            messages.success(
                request, _("Đã gửi duyệt. Một người quản lý khác duyệt thì cảnh báo lên trang của mọi xã.")
            )
        else:
            messages.success(request, _("Đã lưu bản nháp. Xem lại rồi gửi duyệt."))
    except Refused as why:
        messages.error(request, _("Đã lưu bản nháp, chưa gửi được: %s") % why)
        return redirect("alerts:again", row.alert_id)
    return redirect("alerts:alert", row.alert_id)


def _refused(form: AlertForm, why: Refused) -> None:
    for name, sentences in why.fields.items():
        for sentence in sentences:
            form.add_error(name, sentence)
    if not why.fields:
        form.add_error(None, str(why))


def _page(request, form: AlertForm, alert: Alert | None) -> HttpResponse:
    heading = _("Viết cảnh báo")
    if alert is not None and alert.version:
        heading = _("Viết bản thay của cảnh báo số %d") % alert.pk
    sent_back = alert.wordings.filter(state=State.DRAFT).exclude(word="").first() if alert else None
    context = {"form": form, "heading": heading, "sent_back": sent_back, "trail": gate.trail()}
    return render(request, "alerts/write.html", context, status=422 if form.errors else 200)
