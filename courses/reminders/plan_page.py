"""`/bao-cao/nhac/ke-hoach/`: whether, at what hour, how many days before and after the due day who is told."""

from datetime import time

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from courses.reminders.gate import setting_the_plan
from courses.reminders.plan import FURTHEST, Audience, Empty, change, steps
from people.log.audit import Act, record
from people.messages.day_message import MessagePlan, message_plan

BEFORE, ON, AFTER = "truoc", "dung", "sau"
SIDES = [
    (BEFORE, gettext_lazy("ngày trước hạn")),
    (ON, gettext_lazy("đúng ngày hạn")),
    (AFTER, gettext_lazy("ngày sau hạn")),
]


class TimesForm(forms.ModelForm):
    opens_at = forms.TypedChoiceField(
        label=gettext_lazy("Giờ gửi"),
        choices=[(f"{hour:02}:00", f"{hour}:00") for hour in range(6, 17)],
        coerce=time.fromisoformat,
    )
    is_on = forms.BooleanField(label=gettext_lazy("Tự nhắc mỗi ngày làm việc"), required=False)

    class Meta:
        model = MessagePlan
        fields = ["is_on", "opens_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["opens_at"] = f"{self.instance.opens_at:%H:%M}"


class StepForm(forms.Form):
    audience = forms.ChoiceField(label=gettext_lazy("Báo cho"), choices=Audience.choices)
    days = forms.IntegerField(
        label=gettext_lazy("Số ngày"),
        min_value=0,
        max_value=FURTHEST,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Ghi số ngày bằng chữ số, như 14."),
            "min_value": gettext_lazy("Ghi số ngày từ 0 trở lên, rồi chọn trước hay sau hạn."),
            "max_value": gettext_lazy("Nhiều nhất là 365 ngày."),
        },
    )
    side = forms.ChoiceField(label=gettext_lazy("Trước hay sau hạn"), choices=SIDES)

    def clean(self):
        data = super().clean()
        side, days = data.get("side"), data.get("days")
        if self.errors:
            return data
        if side != ON and not days:
            self.add_error("days", _("Ghi số ngày trước hoặc sau hạn."))
        elif data["audience"] != Audience.SELF and side != AFTER:
            self.add_error("side", _("Người khác chỉ được báo khi đã quá hạn: chọn “ngày sau hạn”."))
        else:
            data["offset"] = {BEFORE: -(days or 0), ON: 0, AFTER: days or 0}[side]
        return data


@require_http_methods(["GET", "HEAD", "POST"])
@setting_the_plan
def plan_page(request):
    """A POST with `gio` sets hour and switch, with `them` adds a step, with `bo` (audience:days) takes one out."""
    doing = request.POST
    times = TimesForm(doing if "gio" in doing else None, instance=message_plan())
    step = StepForm(doing if "them" in doing else None)
    problem = ""
    if times.is_valid():
        times.save()
        return _done(request, _("Đã ghi giờ gửi."), "times")
    if step.is_valid():
        change(step.cleaned_data["audience"], step.cleaned_data["offset"])
        return _done(request, _("Đã thêm một bước."), "step")
    if "bo" in doing and (known := _known(doing["bo"])):
        try:
            change(known.audience, known.days, gone=True)
        except Empty as empty:
            problem = str(empty)
        else:
            return _done(request, _("Đã bỏ một bước."), "step")
    context = {
        "times": times,
        "step": step,
        "steps": steps(),
        "problem": problem,
        "trail": [(_("Tiến độ"), reverse("reports:home")), (_("Nhắc"), reverse("reminders:overview"))],
    }
    return render(
        request, "reminders/plan.html", context, status=422 if problem or times.errors or step.errors else 200
    )


def _known(typed: str):
    return next((step for step in steps() if f"{step.audience}:{step.days}" == typed), None)


def _done(request, said: str, what: str):
    record(Act.CHANGED_REMINDERS, request.user, detail=what)
    messages.success(request, said)
    return redirect("reminders:plan")
