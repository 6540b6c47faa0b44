"""`/hoat-dong/ghi/…` and `/hoat-dong/muc/…`: writing an activity, reading it, deciding on it, its photographs."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.activities.made import whose, writing
from campaigns.activities.made.activity import CORRECTED_HERE, Activity, ActivityState
from campaigns.activities.made.doubles import doubles_of, hold_apart
from campaigns.activities.made.evidence import MOST_PHOTOS, Evidence, end_photo, keep_photo
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.pulse import of_activity
from campaigns.activities.made.writing import Refused
from campaigns.activities.screens import gate
from campaigns.activities.screens.forms import ActivityForm, filled
from campaigns.activities.screens.short_forms import PhotoForm
from campaigns.activities.told.words import facts, organiser, short
from letters.numbers import is_number
from outbox.private_files import file_answer
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.rights import scope
from people.times import today

WORDS = gettext_lazy("Ghi chú của hoạt động")


# --- writing


def _posted_key(request) -> UUID:
    """A form that is sent twice writes one activity: the page gives it its key."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


@require_http_methods(["GET", "HEAD", "POST"])
@gate.writing
@writes("activity", WORDS, "note")
def write(request, kind: str) -> HttpResponse:
    """A new activity of a kind."""
    found = get_object_or_404(ActivityKind, key=kind, retired=False)
    posted = request.POST if request.method == "POST" else None
    key = _posted_key(request)
    form = ActivityForm(request.user, found, posted, initial={"on": today(), "languages": ["vi"], "quantity": "1"})
    if not form.offered:
        raise PermissionDenied(_("Vai trò của anh chị không gắn với đơn vị nào đang có."))
    if posted is not None and form.is_valid():
        rows = Activity.objects.filter(key=key)
        if rows.exists() and not rows.filter(written_by=request.user).exists():
            raise Http404
        if rows.current().filter(state__in=(ActivityState.SENT, ActivityState.VERIFIED)).exists():
            return redirect("activities:activity", key)
        return _written(request, key, form) or _form_page(request, form, key, found)
    return _form_page(request, form, key, found)


def _written(request, key: UUID, form: ActivityForm) -> HttpResponse | None:
    """Where it leads; None where it was refused, as the form now says."""
    send = request.POST.get("act") == "send"
    try:
        writing.write(request.user, key, form.said, timezone.now(), send=send)
    except Refused as sentence:
        form.add_error(None, str(sentence))
        return None
    messages.success(request, _("Đã gửi; người thứ hai xác nhận thì tính.") if send else _("Đã lưu nháp."))
    return redirect("activities:activity", key)


def _form_page(request, form: ActivityForm, key: UUID, kind: ActivityKind, before: Activity | None = None):
    heading = _("Sửa: %s") % kind.name if before else kind.name
    context = {"form": form, "key": key, "kind": kind, "before": before, "heading": heading, "trail": gate.trail()}
    return render(request, "activities/write.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
@writes("activity", WORDS, "note")
def edit(request, key: UUID) -> HttpResponse:
    """Corrects an activity: what counts stays until a second person has verified the new wording."""
    rows = gate.wordings_or_404(request.user, key)
    before = next((row for row in rows if row.superseded_at is None), None)
    if not gate.writes(request.user, key):
        raise PermissionDenied(_("Sửa hoạt động là việc của đơn vị đã ghi."))
    if before is None or before.source not in CORRECTED_HERE:
        messages.error(request, _("Hoạt động này không sửa được ở đây."))
        return redirect("activities:activity", key)
    posted = request.POST if request.method == "POST" else None
    form = ActivityForm(request.user, before.kind, posted, before=before, initial=filled(before))
    if posted is not None and form.is_valid():
        return _written(request, key, form) or _form_page(request, form, key, before.kind, before)
    return _form_page(request, form, key, before.kind, before)


# --- reading and deciding


@require_http_methods(["GET", "HEAD", "POST"])
@gate.reading
@writes("activity_answer", gettext_lazy("Trả lời về hoạt động"), "answer", "reason")
def activity(request, key: UUID) -> HttpResponse:
    rows = gate.wordings_or_404(request.user, key)
    if request.method == "POST":
        return _done(request, key, rows)
    return _page(request, key, rows)


def _page(request, key: UUID, rows: list[Activity], photo_form: PhotoForm | None = None) -> HttpResponse:
    user = request.user
    shown = next((row for row in rows if row.superseded_at is None), rows[0])
    own = gate.writes(user, key) or whose.decides(user, shown)
    decides = whose.decides(user, shown)
    standing = next((row for row in rows if row.is_standing and row is not shown), None)
    context = {
        "row": shown,
        "title": f"{shown.kind.name}, {shown.on:%d/%m/%Y}",
        "facts": facts(shown),
        "note": shown.note if own else "",
        "organisers": [organiser(unit, shown.commune, own=own) for unit in (shown.unit, *shown.others.all())],
        "standing": standing,
        "standing_facts": facts(standing) if standing else [],
        "doubles": [(one, short(one)) for one in doubles_of(shown)] if own and not shown.superseded_at else [],
        "readable": set(_readable(user, shown)) if own else set(),
        "decides": decides,
        "writes": gate.writes(user, key) and shown.superseded_at is None,
        "corrects": shown.source in CORRECTED_HERE,
        "wrote": whose.wrote(user, key),
        "photos": Evidence.objects.filter(activity_key=key) if own or _sees_photos(user, shown) else [],
        "photo_form": photo_form or PhotoForm(),
        "history": [row for row in rows if row is not shown and row is not standing] if own else [],
        "pulse": of_activity(shown) if own else [],
        "trail": gate.trail(),
    }
    return render(request, "activities/activity.html", context, status=422 if photo_form else 200)


def _readable(user, shown: Activity) -> list[UUID]:
    """Keys of possible doubles that she may open."""
    keys = [one.key for one in doubles_of(shown)]
    return list(whose.read_by(user).filter(key__in=keys).values_list("key", flat=True)) if keys else []


def _sees_photos(user, row: Activity) -> bool:
    """Whoever answers for the unit, not everybody who reads the row."""
    if scope.reaches_everything(user):
        return True
    units = scope.role_units(user, whose.VERIFYING_KINDS)
    return scope.under(units).filter(unit=row.unit_id).exists()


def _done(request, key: UUID, rows: list[Activity]) -> HttpResponse:
    user, act, now = request.user, request.POST.get("act", ""), timezone.now()
    typed = request.POST.get("pk", "")
    pk = int(typed) if is_number(typed) else 0
    if act in ("send", "withdraw", "photo") and not gate.writes(user, key):
        raise PermissionDenied(_("Việc này là của đơn vị đã ghi."))
    try:
        if act == "send":
            writing.send(user, key, now)
            messages.success(request, _("Đã gửi; người thứ hai xác nhận thì tính."))
        elif act == "withdraw":
            writing.withdraw(user, key, request.POST.get("reason", "")[:300], now)
            messages.success(request, _("Đã rút; hoạt động này không tính nữa."))
        elif act == "photo":
            return _photo_sent(request, key, rows)
        elif act in ("verify", "back", "apart"):
            return _decided(request, key, rows, act, pk)
    except Refused as sentence:
        messages.error(request, str(sentence))
    return redirect("activities:activity", key)


def _decided(request, key: UUID, rows: list[Activity], act: str, pk: int) -> HttpResponse:
    user, now = request.user, timezone.now()
    shown = next((row for row in rows if row.superseded_at is None), rows[0])
    if not whose.decides(user, shown):
        raise PermissionDenied(_("Người xác nhận phải là người thứ hai có trách nhiệm với đơn vị ấy."))
    if act == "verify":
        writing.verify(user, key, pk, now)
        messages.success(request, _("Đã xác nhận; hoạt động này được tính."))
    elif act == "back":
        writing.send_back(user, key, pk, request.POST.get("answer", "")[:300], now)
        messages.success(request, _("Đã gửi lại cho người ghi."))
    else:
        wanted = request.POST.get("other", "")
        other = next((one.key for one in doubles_of(shown) if str(one.key) == wanted), None)
        if other is None:
            raise Refused(_("Hoạt động ấy không còn là trùng; tải lại trang."))
        hold_apart(user, key, other, now)
        messages.success(request, _("Đã ghi: đây là hai hoạt động khác nhau."))
    return redirect("activities:activity", key)


# --- photographs


def _photo_sent(request, key: UUID, rows: list[Activity]) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, key, rows, form)
    if Evidence.objects.filter(activity_key=key).exclude(file="").count() >= MOST_PHOTOS:
        raise Refused(_("Mỗi hoạt động giữ nhiều nhất %d ảnh; xóa bớt trước.") % MOST_PHOTOS)
    keep_photo(key, rows[0].unit, form.cleaned_data["photo"], request.user, timezone.now())
    messages.success(request, _("Đã giữ ảnh. Chỉ đơn vị và người xác nhận xem được."))
    return redirect("activities:activity", key)


def _photo_or_404(user, pk: int) -> Evidence:
    photo = Evidence.objects.filter(pk=min(pk, gate.LARGEST)).exclude(file="").first()
    if photo is None:
        raise Http404
    rows = gate.wordings_or_404(user, photo.activity_key)
    if not gate.writes(user, photo.activity_key) and not _sees_photos(user, rows[0]):
        raise Http404
    return photo


@require_safe
@gate.reading
def photo(request, pk: int) -> FileResponse:
    found = _photo_or_404(request.user, pk)
    answer = file_answer(found.file, content_type=found.content_type)
    record(Act.SAW_ACTIVITY_PHOTO, request.user, unit=found.unit_id)
    return answer


@require_http_methods(["POST"])
@gate.reading
def delete_photo(request, pk: int) -> HttpResponse:
    found = _photo_or_404(request.user, pk)
    if not gate.writes(request.user, found.activity_key):
        raise PermissionDenied(_("Việc này là của đơn vị đã ghi."))
    end_photo(found)
    messages.success(request, _("Đã xóa ảnh."))
    return redirect("activities:activity", found.activity_key)
