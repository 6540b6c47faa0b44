"""`/bao-cao/nhac/ngay-nghi/`: the days on which nobody is told what can wait."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.reminders.gate import setting_the_plan
from letters.numbers import is_number
from people.log.audit import Act, record
from people.messages.days_off import DayOff, proposed
from people.times import today, year_typed
from people.typed_fields import typed_day
from people.typed_times import Looks


class DayOffForm(forms.Form):
    day = typed_day(gettext_lazy("Ngày nghỉ"), looks=Looks.AHEAD)
    name = forms.CharField(
        label=gettext_lazy("Tên ngày nghỉ"),
        max_length=80,
        error_messages={"required": gettext_lazy("Ghi tên ngày nghỉ, như “Nghỉ bù Quốc khánh”.")},
    )

    def clean_day(self):
        day = self.cleaned_data["day"]
        if DayOff.objects.filter(day=day).exists():
            raise forms.ValidationError(_("Ngày này đã có trong danh sách."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
@setting_the_plan
def days_off_page(request):
    """A POST with `them` adds a day, with `nhan` (days of a proposed year) those, with `bo` (id) takes one out."""
    doing = request.POST
    form = DayOffForm(doing if "them" in doing else None)
    year = _year(request)
    if form.is_valid():
        DayOff.objects.create(**form.cleaned_data)
        return _done(request, _("Đã thêm ngày nghỉ."), 1)
    if "nhan" in doing:
        chosen = {one for one in proposed(year) if one.day.isoformat() in doing.getlist("ngay")}
        DayOff.objects.bulk_create([DayOff(day=one.day, name=one.name) for one in chosen], ignore_conflicts=True)
        return _done(request, _("Đã thêm %d ngày nghỉ.") % len(chosen), len(chosen))
    if is_number(doing.get("bo", "")):
        gone, _by_kind = DayOff.objects.filter(pk=int(doing["bo"])).delete()
        return _done(request, _("Đã bỏ ngày nghỉ."), gone)
    context = {
        "form": form,
        "days": DayOff.objects.filter(day__gte=today()),
        "year": year,
        "years": [today().year, today().year + 1],
        "proposed": proposed(year) if "nam" in request.GET else None,
        "trail": [(_("Tiến độ"), reverse("reports:home")), (_("Nhắc"), reverse("reminders:overview"))],
    }
    return render(request, "reminders/days_off.html", context, status=422 if form.errors else 200)


def _year(request) -> int:
    """This year or one of the next five; the package's table ends somewhere."""
    typed, now = request.GET.get("nam") or request.POST.get("nam", ""), today().year
    return year_typed(typed, now, now + 5)


def _done(request, said: str, count: int):
    record(Act.CHANGED_REMINDERS, request.user, detail="days_off", count=count)
    messages.success(request, said)
    return redirect("reminders:days_off")
