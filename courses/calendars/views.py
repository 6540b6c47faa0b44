"""`/lich/`: one's calendar addresses, made and withdrawn; and a calendar, for whoever brings its secret."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courses.calendars.address import CalendarAddress, make, opened_by, unit_roles, withdraw
from courses.calendars.of_unit import unit_events
from courses.calendars.own import own_events
from courses.calendars.writing import written
from people.rights.roles import Role
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


@require_safe
@never_cache
@signed_in_or_kept
def home(request) -> HttpResponse:
    return _page(request)


@require_POST
@never_cache
@signed_in_or_kept
def own(request) -> HttpResponse:
    return _changed(request, None)


@require_POST
@never_cache
@signed_in_or_kept
def unit(request, pk: int) -> HttpResponse:
    role = unit_roles(request.user).filter(pk=min(pk, LARGEST)).first()
    if role is None:
        raise Http404
    return _changed(request, role)


def _changed(request, role: Role | None) -> HttpResponse:
    if "rut" not in request.POST:
        # shown in this answer alone: a redirect would have to keep the secret somewhere
        secret = make(request.user, role, timezone.now())
        return _page(request, settings.BASE_URL + reverse("calendars:calendar", args=[secret]), role)
    if withdraw(request.user, role, timezone.now()):
        messages.success(request, _("Đã rút địa chỉ. Lịch nào đang dùng địa chỉ ấy không nhận được gì nữa."))
    else:
        messages.warning(request, _("Không có địa chỉ nào để rút, nên không đổi gì."))
    return redirect("calendars:home")


def _page(request, new: str = "", new_of: Role | None = None) -> HttpResponse:
    context = {
        "own": CalendarAddress.objects.filter(person=request.user).first(),
        "roles": list(unit_roles(request.user).select_related("calendar_address")),
        "new": new,
        "new_of": new_of,
        "trail": [(_("Tài khoản"), reverse("account"))],
    }
    return render(request, "calendars/home.html", context)


@require_safe
def calendar(request, secret: str) -> HttpResponse:
    """For programs without a cookie. What was withdrawn or ended takes the same queries as what never was."""
    address = opened_by(secret)
    answer = _file(request, address) if address else _nothing()
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def _nothing() -> HttpResponse:
    words = _("Địa chỉ lịch này không có hoặc đã rút.")
    answer = HttpResponseNotFound(words, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _file(request, address: CalendarAddress) -> HttpResponse:
    body = _body(address)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    whole = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    whole["Content-Disposition"] = 'inline; filename="lich.ics"'
    answer = get_conditional_response(request, etag=etag, response=whole) or whole
    answer["ETag"] = etag
    # kept by who asked, and asked for again each time: a withdrawn one ends at once
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _body(address: CalendarAddress) -> bytes:
    now = timezone.now()
    if address.role is not None:
        unit = address.role.unit
        return written(_("Lá Chắn: %s") % unit.name, unit_events(unit, now), address.made_at)
    assert address.person is not None
    return written(_("Lá Chắn: việc của tôi"), own_events(address.person, now), address.made_at)
