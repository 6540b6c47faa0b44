"""`/canh-bao-nhanh/`: what stands, what waits, what is over; and opening an alert for one's commune."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from campaigns.alerts.alert import Alert, AlertOpened, AlertWording, Ended, State
from campaigns.alerts.ledger import note_opened, units_of_staff
from campaigns.alerts.screens import gate
from campaigns.alerts.standing import MOST_OVER
from campaigns.communes.commune import CommuneSpacePage
from campaigns.renderings.sheets import SheetVersion
from campaigns.renderings.whose import leads
from people.rights.scope import under
from people.times import today


@require_safe
@gate.putting_out
def home(request) -> HttpResponse:
    """A constant number of queries, whoever asks."""
    day, units, leading = today(), units_of_staff(request.user), leads(request.user)
    opened = set(AlertOpened.objects.filter(unit__in=units).values_list("alert", "version"))
    down = SheetVersion.objects.to_take_down().filter(sheet__unit__in=under(units), sheet__message__alert__isnull=False)
    over = Alert.objects.exclude(ended_at=None).select_related("message", "replaced_by__message")
    context = {
        "leads": leading,
        "standing": [(one, one.is_new_on(day), (one.pk, one.version) in opened) for one in Alert.objects.standing(day)],
        "open": _open() if leading else [],
        "over": over.order_by("-ended_at")[: MOST_OVER * 5],
        "withdrawn": Ended.WITHDRAWN,
        "spaces": list(CommuneSpacePage.objects.filter(unit__in=units, closed_on=None, locale__language_code="vi")),
        "down": down.select_related("sheet__message", "sheet__unit").order_by("sheet", "number")[:100],
        "is_staff": bool(units),
    }
    return render(request, "alerts/home.html", context)


def _open():
    rows = AlertWording.objects.exclude(state=State.APPROVED).select_related("alert", "written_by")
    return rows.order_by("-state", "submitted_at", "pk")


@require_POST
@gate.putting_out
def opened(request, pk: int) -> HttpResponse:
    """Notes it for her commune and leads to its page, or to what became of it."""
    alert = gate.alert_or_404(pk)
    if alert.is_standing_on(today()) and alert.message is not None:
        note_opened(request.user, alert, timezone.now())
        return redirect(alert.message.url or reverse("alert", args=[alert.pk]))
    return redirect("alert", alert.pk)
