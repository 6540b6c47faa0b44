"""`/bao-cao/xac-nhan/<code>/`: the list that a unit confirms, what changed since, and past ones as they were kept."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.reports.query.gate import forbidden, reading_figures, reading_people
from letters.numbers import is_number
from people.log.audit import Act, record
from people.persons.user import User
from people.postings.posting import Duty, RosterConfirmation
from people.roster.confirmations import ListChanged, confirm_roster, take_back
from people.roster.frozen import Line, difference, lines_of, mark_of, read
from people.times import today
from people.units.unit import Unit

SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@reading_figures
def confirm(request, code):
    """Shows today's list. A POST with `danh_sach`, the mark of what was shown, confirms it; one with `rut` withdraws a
    confirmation; either redirects to `ve`.
    """
    unit = Unit.objects.on(today()).filter(code=code).first()
    if unit is None or not request.reader.may_see(unit.pk):
        raise Http404
    if not request.reader.may_confirm(unit.pk):
        return forbidden(
            request, _("Người giám sát xem con số; thủ trưởng hoặc người phụ trách tập huấn xác nhận danh sách.")
        )
    if request.method != "POST":
        return _list(request, unit)
    now = timezone.now()
    if request.POST.get("rut"):
        take_back(_confirmation(unit, request.POST["rut"]), now, request.user)
        messages.info(request, _("Đã rút lại xác nhận danh sách của %s.") % unit.name)
        return redirect(_back(request.POST))
    try:
        confirm_roster(unit, request.user, now, request.POST.get("danh_sach", ""))
    except ListChanged:
        return _list(request, unit, is_other=True)
    messages.success(request, _("Đã xác nhận: danh sách của %s hôm nay là đủ.") % unit.name)
    return redirect(_back(request.POST))


def _list(request, unit: Unit, is_other: bool = False):
    lines = lines_of(unit, today())
    given = RosterConfirmation.objects.filter(unit=unit).select_related("kept_list", "confirmed_by")
    earlier = list(given.order_by("-recorded_at")[:SHOWN])
    # a confirmation that was withdrawn says nothing of today
    last = next((one for one in earlier if one.superseded_at is None), None)
    kept = getattr(last, "kept_list", None)
    then = read(kept) if kept else []
    changed = difference(then, lines) if kept else None
    people = User.objects.in_bulk({one.person for one in (*lines, *then)})
    record(Act.SAW_PEOPLE, request.user, unit=unit, on=today(), count=len(people))
    page = {
        "unit": unit,
        "rows": _rows(lines, people),
        "mark": mark_of(lines),
        "is_other": is_other,
        "last": last,
        "kept": kept,
        "changed": changed,
        "came": _named(changed.came, people) if changed else [],
        "left": _named(changed.left, people) if changed else [],
        "others": _named(changed.changed, people) if changed else [],
        "earlier": earlier,
        "back": _back(request.POST if request.method == "POST" else request.GET),
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/confirm.html", page, status=422 if is_other else 200)


def _rows(lines: list[Line], people: dict[int, User]) -> list[dict]:
    """By name; an erased person stands under the code that she became."""
    duties = dict(Duty.objects.values_list("key", "name"))
    rows = [
        {"line": one, "person": people[one.person], "duties": [duties.get(k, k) for k in one.duties]} for one in lines
    ]
    return sorted(rows, key=lambda row: (row["person"].name_order, row["person"].pk, row["line"].start))


def _named(pks, people: dict[int, User]) -> list[User]:
    return sorted((people[pk] for pk in pks), key=lambda one: one.name_order)


@require_safe
@reading_people
def confirmed(request, code, pk):
    """A confirmation with the list that it kept, for who may see the names; `tep` is the file as its hash covers it."""
    given = RosterConfirmation.objects.select_related("unit", "confirmed_by", "kept_list")
    confirmation = get_object_or_404(given, pk=pk, unit__code=code)
    if not request.reader.may_see_people(confirmation.unit_id):
        raise Http404
    kept = getattr(confirmation, "kept_list", None)
    if kept and request.GET.get("tep"):
        response = HttpResponse(kept.body, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="danh-sach-{code}-{confirmation.on:%Y-%m-%d}.csv"'
        return response
    lines = read(kept) if kept else []
    people = User.objects.in_bulk({one.person for one in lines})
    record(Act.SAW_PEOPLE, request.user, unit=confirmation.unit_id, on=confirmation.on, count=len(people))
    page = {
        "confirmation": confirmation,
        "unit": confirmation.unit,
        "kept": kept,
        "rows": _rows(lines, people),
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/confirmed.html", page)


def _confirmation(unit: Unit, pk: str) -> RosterConfirmation:
    return get_object_or_404(RosterConfirmation, unit=unit, pk=int(pk) if is_number(pk) else 0)


def _back(asked) -> str:
    back = asked.get("ve", "")
    return back if url_has_allowed_host_and_scheme(back, None) else "/bao-cao/"
