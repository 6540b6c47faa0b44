"""`/bao-cao/nam/mau/`: the pattern of a unit's reports, and for the province the cut days."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.annual.patterns import pattern_of
from courses.annual.periods import CutDay, Kind, cuts
from courses.annual.wording import placeholders
from courses.reports.annual.forms import CutDayForm, PatternForm
from courses.reports.annual.views import trail
from courses.reports.query.gate import forbidden, reading_people
from people.annual_sections import sections
from people.guarding.wording import writes
from people.times import today
from people.units.unit import Unit


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
@writes("report_pattern", gettext_lazy("Mẫu báo cáo"), "wording", "subject")
def pattern(request, code: str):
    unit = Unit.objects.on(today()).filter(code=code).first()
    if unit is None or not request.reader.may_see_people(unit.pk):
        raise Http404
    row = pattern_of(unit, today())
    form = PatternForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Đã lưu mẫu báo cáo; báo cáo đã chốt giữ nguyên, báo cáo lập sau theo mẫu này."))
        return redirect("reports:annual")
    context = {
        "form": form,
        "unit": unit,
        "is_starter": row.pk is None,
        "placeholders": placeholders(sections()),
        "trail": trail(),
    }
    return render(request, "reports/annual/pattern.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def cut_days(request):
    """For the whole province, so only by a role that reaches it."""
    if not request.reader.may_upload:
        return forbidden(request, _("Ngày chốt số liệu là của cả tỉnh: người quản lý cấp tỉnh đặt."))
    (year_month, year_day), (half_month, half_day) = (now := cuts()).annual, now.mid_year
    initial = {"nam_ngay": year_day, "nam_thang": year_month, "nua_ngay": half_day, "nua_thang": half_month}
    form = CutDayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with transaction.atomic():
            for kind, which in ((Kind.ANNUAL, "nam"), (Kind.MID_YEAR, "nua")):
                days = {"month": data[f"{which}_thang"], "day": data[f"{which}_ngay"]}
                CutDay.objects.update_or_create(kind=kind, defaults=days)
        messages.success(request, _("Đã lưu ngày chốt; báo cáo đã chốt giữ nguyên."))
        return redirect("reports:annual")
    context = {"form": form, "trail": trail()}
    return render(request, "reports/annual/cut_days.html", context, status=422 if form.errors else 200)
