"""`/loa-xa/`: the slots of a commune and what was played; `/loa/<code>/`: logging by the code on a bulletin."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.activities.made import whose
from campaigns.activities.made.writing import Refused
from campaigns.activities.screens import gate
from campaigns.loudspeakers.bulletin import TooLong, bulletin_pdf
from campaigns.loudspeakers.forms import PlayForm, SlotForm
from campaigns.loudspeakers.package import to_delete
from campaigns.loudspeakers.playing import confirm, log_by_code, log_unplanned, refuse
from campaigns.loudspeakers.reading_out import calendar_of, readings
from campaigns.loudspeakers.slot import Play, Slot, days_between
from letters.numbers import is_number
from pages.serving.same_origin import is_from_elsewhere
from people.times import today
from people.units.unit import Unit
from printing import MissingLetter


@require_safe
@gate.reading
def communes(request) -> HttpResponse:
    """Whose loudspeakers she plans; of one commune at once its page."""
    kept = list(whose.kept_communes(request.user))
    if len(kept) == 1:
        return redirect("loudspeakers:commune", kept[0].pk)
    return render(request, "loudspeakers/communes.html", {"kept": kept, "trail": gate.trail()})


def _days(request) -> tuple[date, date]:
    """The week of today, or the month around 30/7 (`?thang=7`)."""
    day = today()
    if request.GET.get("thang") == "7":
        return date(day.year, 7, 1), date(day.year, 7, 31)
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
def commune(request, pk: int) -> HttpResponse:
    unit = gate.commune_or_404(request.user, pk)
    if request.method != "POST":
        return _page(request, unit)
    act = request.POST.get("act", "")
    if act == "slot":
        return _slot_sent(request, unit)
    if act == "play":
        return _play_sent(request, unit)
    try:
        _answered(request, unit, act)
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("loudspeakers:commune", unit.pk)


def _page(request, unit: Unit, slot_form: SlotForm | None = None, play_form: PlayForm | None = None) -> HttpResponse:
    status = 422 if slot_form or play_form else 200
    first, last = _days(request)
    slots = list(Slot.objects.filter(commune=unit, last_day__gte=min(first, today())).select_related("hamlet"))
    waiting = list(Play.objects.filter(commune=unit, confirmed=None).select_related("slot__hamlet", "by")[:100])
    both: list[Any] = [*slots, *waiting]
    said = readings(one.message_key for one in both)
    for one in both:
        one.title = said[one.message_key].title
    planned = [slot for slot in slots if slot.ended_on is None and slot.last_day >= today()]
    over = [(slot, why) for slot in planned if (why := said[slot.message_key].why_not_on(today()))]
    filled = {"first_day": today(), "last_day": today() + timedelta(days=30)}
    play_form = play_form or PlayForm(initial={"on": today()}, auto_id="ngoai_%s")
    context = {
        "unit": unit,
        "calendar": calendar_of(slots, said, days_between(first, last)),
        "month": request.GET.get("thang") == "7",
        "slots": [slot for slot in planned if said[slot.message_key].is_read_on(today())],
        "over": over,
        "waiting": waiting,
        "to_delete": to_delete([unit.pk]),
        "slot_form": slot_form or SlotForm(unit, initial=filled, auto_id="lich_%s"),
        "play_form": play_form,
        "has_scripts": bool(play_form.fields["message"].choices),  # type: ignore[attr-defined]
        "trail": gate.trail(),
    }
    return render(request, "loudspeakers/commune.html", context, status=status)


def _slot_sent(request, unit: Unit) -> HttpResponse:
    form = SlotForm(unit, request.POST, auto_id="lich_%s")
    if not form.is_valid():
        return _page(request, unit, slot_form=form)
    data = form.cleaned_data
    Slot.objects.create(
        commune=unit,
        hamlet=data["hamlet"],
        message_key=data["message"],
        first_day=data["first_day"],
        last_day=data["last_day"],
        weekdays="".join(sorted(data["weekdays"])),
        at=data["at"],
        minutes=data["minutes"],
        planned_by=request.user,
    )
    messages.success(request, _("Đã lập lịch phát. In tờ tin để đọc và ghi lượt phát."))
    return redirect("loudspeakers:commune", unit.pk)


def _play_sent(request, unit: Unit) -> HttpResponse:
    form = PlayForm(request.POST, auto_id="ngoai_%s")
    if not form.is_valid():
        return _page(request, unit, play_form=form)
    data = form.cleaned_data
    log_unplanned(request.user, unit, data["message"], data["on"], data["minutes"], data["device"], timezone.now())
    messages.success(request, _("Đã ghi lượt phát; người khác xác nhận thì tính."))
    return redirect("loudspeakers:commune", unit.pk)


def _answered(request, unit: Unit, act: str) -> None:
    typed = request.POST.get("which", "")
    which = int(typed) if is_number(typed) else 0
    if act == "confirm":
        confirm(request.user, which, unit, timezone.now())
        messages.success(request, _("Đã xác nhận; lượt phát được tính, không cần ghi lại."))
    elif act == "refuse":
        refuse(request.user, which, unit)
        messages.success(request, _("Đã bỏ lượt phát ấy."))
    elif act == "end" and Slot.objects.filter(pk=which, commune=unit, ended_on=None).update(ended_on=today()):
        messages.success(request, _("Đã dừng lịch phát từ ngày mai."))


@require_safe
@gate.reading
def bulletin(request, pk: int) -> HttpResponse:
    slot = Slot.objects.filter(pk=min(pk, gate.LARGEST)).select_related("commune", "hamlet").first()
    if slot is None:
        raise Http404
    gate.commune_or_404(request.user, slot.commune_id)
    said = readings([slot.message_key])[slot.message_key]
    if why := said.why_not_on(today()):
        words = {"title": said.title, "word": why}
        messages.error(request, _("“%(title)s”: %(word)s. Không đọc nữa; gỡ tờ tin đã in.") % words)
    elif said.page is None or not said.page.spoken.strip():
        messages.error(request, _("Thông điệp này không còn bài đọc; chọn thông điệp khác."))
    else:
        try:
            return _as_file(bulletin_pdf(slot, said), slot)
        except MissingLetter as missing:
            messages.error(request, _("Phông chữ in thiếu chữ “%s”; báo quản trị.") % missing.letter)
        except TooLong:
            messages.error(request, _("Bài đọc dài quá một trang A4 chữ to; chọn bài ngắn hơn."))
    return redirect("loudspeakers:commune", slot.commune_id)


def _as_file(pdf: bytes, slot: Slot) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="to-tin-{slot.pk}.pdf"'
    return response


# an anonymous page sets no cookie, so the POST is told by its origin
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request, token: str) -> HttpResponse:
    """Shows nothing of the slot, neither before nor after, whether there is one or not."""
    if request.method == "POST":
        if is_from_elsewhere(request):
            return HttpResponseForbidden(_("Biểu mẫu này không gửi từ trang của chúng tôi."))
        log_by_code(token[:20], today(), timezone.now())
    return render(request, "loudspeakers/by_code.html", {"sent": request.method == "POST"})
