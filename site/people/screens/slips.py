"""Printing activation slips: those of a unit who cannot sign in yet, or one person's new one with a reason.

The codes exist in this one response only: it is never cached, and another request makes new codes.
"""

import uuid
from functools import wraps

import segno
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from letters.numbers import is_number
from people.guarding.wording import writes
from people.persons.user import User
from people.postings.posting import Posting
from people.rights.scope import ROSTER_KINDS, role_units, under
from people.signing_in.activation import (
    VALID,
    cannot_sign_in,
    make_slips,
    may_drop_second_step,
    may_print,
    posted_under,
    within_reach,
    written_code,
)
from people.signing_in.resuming import signed_in_or_kept
from people.times import covering, today
from people.units.unit import Unit

# five sheets of eight slips; a bigger pile gets mixed up
MOST_AT_ONCE = 40


def printing(view):
    @signed_in_or_kept
    @wraps(view)
    def gate(request, *args, **kwargs):
        if not may_print(request.user):
            sentence = _("Phiếu kích hoạt do người phụ trách tập huấn, thủ trưởng đơn vị và người quản lý in.")
            return render(request, "account/no_slips.html", {"reason": sentence}, status=403)
        return view(request, *args, **kwargs)

    return never_cache(gate)


def reached_units(user):
    """Today's units for which the user may print slips, the highest first."""
    units = Unit.objects.on(today())
    if not user.is_superuser:
        units = units.filter(pk__in=under(role_units(user, ROSTER_KINDS)))
    return units


@require_safe
@printing
def slips_home(request):
    """Redirects to the unit of the user's role, or offers a choice of several."""
    highest = Unit.objects.on(today()).filter(pk__in=role_units(request.user, ROSTER_KINDS)).by_name()
    if request.user.is_superuser:
        highest = Unit.objects.on(today()).filter(parent=None)
    if len(highest) == 1:
        return redirect("slips", highest[0].code)
    return render(request, "account/slip_units.html", {"units": highest})


@require_http_methods(["GET", "HEAD", "POST"])
@printing
def slips(request, code: str):
    unit = get_object_or_404(reached_units(request.user), code=code)
    waiting = User.objects.filter(cannot_sign_in(), within_reach(request.user), posted_under(unit)).by_name()
    if request.method == "POST":
        return _print_chosen(request, unit, waiting)
    page = Paginator(waiting, MOST_AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "page": page,
        "lines": list(zip(page.object_list, _placed(page.object_list), strict=True)),
        "children": reached_units(request.user).filter(parent=unit).by_name(),
        "batch": uuid.uuid4(),
        "days": VALID.days,
    }
    return render(request, "account/slips.html", context)


def _print_chosen(request, unit: Unit, waiting) -> HttpResponse:
    chosen = [pk for pk in request.POST.getlist("person") if is_number(pk)][:MOST_AT_ONCE]
    people = list(waiting.filter(pk__in=chosen))
    if not people:
        return redirect("slips", unit.code)
    return printed(request, people, batch_of(request), reverse("slips", args=[unit.code]))


class NewSlipForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Lý do cấp phiếu mới"),
        help_text=gettext_lazy("Ví dụ: quên mật khẩu, không có email. Lý do được ghi lại."),
        max_length=200,
        error_messages={"required": gettext_lazy("Ghi lý do cấp phiếu mới.")},
    )
    drops_second_step = forms.BooleanField(
        label=gettext_lazy("Bỏ cả bước xác nhận thứ hai, vì người này mất điện thoại và mã dự phòng"), required=False
    )

    def __init__(self, *args, may_drop: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_drop:
            del self.fields["drops_second_step"]


@require_http_methods(["GET", "HEAD", "POST"])
@printing
@writes("slip", gettext_lazy("Lý do cấp phiếu mới"), "reason")
def slip_of(request, staff_code: str):
    """Prints a new slip for one person, also for one who lost the password."""
    person = get_object_or_404(User.objects.filter(within_reach(request.user)), staff_code=staff_code)
    form = NewSlipForm(request.POST or None, may_drop=may_drop_second_step(request.user, person))
    if request.method == "POST" and form.is_valid():
        here = reverse("slip_of", args=[staff_code])
        return printed(request, [person], batch_of(request), here, **form.cleaned_data)
    context = {"person": person, "form": form, "batch": uuid.uuid4(), "days": VALID.days}
    return render(request, "account/slip_of.html", context)


def batch_of(request) -> uuid.UUID:
    """Of the form that asks for slips, so that it is answered once; 404 where it has none."""
    try:
        return uuid.UUID(request.POST.get("batch", ""))
    except ValueError:
        raise Http404 from None


def printed(request, people: list[User], batch: uuid.UUID, back: str, **slip) -> HttpResponse:
    """The sheet with the codes, to be printed at once; the caller asked whom the user may print for."""
    now = timezone.now()
    codes = make_slips(people, request.user, now, batch=batch, **slip)
    if not codes:
        return render(request, "account/slips_gone.html", {"back": back}, status=409)
    sheet = [
        {"person": person, "code": written_code(code), "unit": place, "qr": qr(person.staff_code)}
        for (person, code), place in zip(codes, _placed(people), strict=True)
    ]
    context = {"slips": sheet, "back": back, "until": now + VALID, "address": f"{settings.BASE_URL}{_page()}"}
    return render(request, "account/slip_sheet.html", context)


def _page() -> str:
    return reverse("activate")


def qr(staff_code: str) -> str:
    """The QR code (SVG) of the page with the staff code filled in. It never holds the one-time code, since URLs are
    logged.
    """
    address = f"{settings.BASE_URL}{_page()}?{urlencode({'can-bo': staff_code})}"
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=1, border=2, omitsize=True, svgclass="qr", lineclass=None, title=None
    )
    return mark_safe(drawn)


def _placed(people) -> list[str]:
    """The name of the unit in which each person counts today, in one query; people no longer know an ended commune."""
    rows = Posting.objects.current().filter(covering(today()), person__in=[person.pk for person in people])
    units: dict[int, str] = {}
    for person, name in rows.placed_on(today()).order_by("-start").values_list("person", "place"):
        units[person] = name
    return [units.get(person.pk, "") for person in people]
