"""What an act on the roster asks: the day, the new unit and position, or the duty, and why."""

from django import forms
from django.utils.translation import gettext_lazy

from courses.reports.query.unit_meant import unit_meant
from people.postings.posting import Duty
from people.roster.listing import Roster
from people.roster.steps import Kind, Order
from people.typed_fields import typed_day

DAYS = {
    Kind.MOVE: gettext_lazy("Ngày đầu tiên ở đơn vị mới"),
    Kind.END: gettext_lazy("Ngày cuối cùng còn công tác"),
    Kind.GIVE: gettext_lazy("Có nhiệm vụ từ ngày"),
    Kind.TAKE: gettext_lazy("Không còn nhiệm vụ từ ngày"),
}


class ActForm(forms.Form):
    on = typed_day("")
    unit = forms.CharField(label=gettext_lazy("Đơn vị mới (mã hoặc tên)"), max_length=100)
    position = forms.CharField(
        label=gettext_lazy("Chức danh mới"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Để trống: giữ chức danh như trước."),
    )
    duty = forms.ModelChoiceField(label=gettext_lazy("Nhiệm vụ"), queryset=Duty.objects.order_by("name"))
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        help_text=gettext_lazy("Một câu, như số quyết định. Không nêu bệnh tật hay chuyện riêng."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )

    def __init__(self, kind: str, roster: Roster, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.roster = kind, roster
        self.fields["on"].label = DAYS[Kind(kind)]
        for name in ("unit", "position") if kind != Kind.MOVE else ():
            del self.fields[name]
        if kind not in (Kind.GIVE, Kind.TAKE):
            del self.fields["duty"]

    def clean(self):
        data = self.cleaned_data
        if data.get("unit") and data.get("on"):
            unit, problem = unit_meant(self.roster, data["unit"], data["on"])
            if problem:
                self.add_error("unit", problem)
            data["unit"] = unit

    def order(self) -> Order:
        data = self.cleaned_data
        unit, duty = data.get("unit"), data.get("duty")
        return Order(self.kind, data["on"], unit and unit.pk, data.get("position", ""), duty and duty.pk)
