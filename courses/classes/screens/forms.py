"""What is typed about a class and its meetings."""

import re
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.planned.planning import MeetingTimes, units_to_plan_in
from courses.classes.planned.training_class import MOST_SEATS
from courses.content.taught import titles
from people.times import today
from people.typed_fields import TimeOfDayField, typed_day
from people.typed_times import Looks
from people.units.unit import Unit

# a class may be written down the month after, and be planned for next year
FARTHEST_DAYS = 400
MOST_MEETINGS = 20
# a hundred billion đồng is no class
MOST_COST = 10**11


class ClassForm(forms.Form):
    course_key = forms.ChoiceField(label=gettext_lazy("Khóa học"))
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Đơn vị mở lớp"),
        help_text=gettext_lazy("Mời được người của đơn vị này và các đơn vị bên dưới."),
    )
    title = forms.CharField(label=gettext_lazy("Tên lớp"), max_length=150, strip=True)
    seats = forms.IntegerField(label=gettext_lazy("Số chỗ"), min_value=1, max_value=MOST_SEATS, initial=40)
    share = forms.IntegerField(
        label=gettext_lazy("Phải dự ít nhất bao nhiêu phần trăm số buổi"), min_value=1, max_value=100, initial=100
    )
    cost = forms.CharField(
        label=gettext_lazy("Kinh phí (đồng)"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Để trống nếu chưa biết."),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course_key"].choices = sorted(titles().items(), key=lambda row: row[1])  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units_to_plan_in(user)  # type: ignore[attr-defined]

    def clean_cost(self) -> int | None:
        typed = re.sub(r"[\s.,đ₫]", "", self.cleaned_data["cost"])
        if not typed:
            return None
        if not typed.isdecimal() or int(typed) > MOST_COST:
            raise forms.ValidationError(_("Ghi số đồng bằng chữ số, ví dụ 12.500.000."))
        return int(typed)


class ChangeForm(ClassForm):
    """What can still be changed of a class that was planned; course and unit say whose it is, and stay."""

    NAMES = ("title", "seats", "share", "cost")

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        del self.fields["course_key"], self.fields["unit"]


class MeetingForm(forms.Form):
    on = typed_day(gettext_lazy("Ngày học"), looks=Looks.AHEAD)
    begins = TimeOfDayField(label=gettext_lazy("Từ mấy giờ"), widget=forms.TimeInput({"placeholder": "08:00"}, "%H:%M"))
    ends = TimeOfDayField(label=gettext_lazy("Đến mấy giờ"), widget=forms.TimeInput({"placeholder": "11:30"}, "%H:%M"))
    room = forms.CharField(label=gettext_lazy("Phòng, nơi học"), max_length=120, strip=True)

    def clean_on(self):
        on = self.cleaned_data["on"]
        if abs((on - today()).days) > FARTHEST_DAYS:
            raise forms.ValidationError(_("Chọn một ngày trong khoảng một năm trước hoặc sau hôm nay."))
        return on

    def clean(self):
        data = super().clean()
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", _("Giờ kết thúc phải sau giờ bắt đầu, trong cùng một ngày."))
        return data

    @property
    def times(self) -> MeetingTimes:
        data = self.cleaned_data
        return MeetingTimes(_moment(data["on"], data["begins"]), _moment(data["on"], data["ends"]), data["room"])


class _Meetings(forms.BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        times = self.times()
        if not times:
            raise forms.ValidationError(_("Ghi ít nhất một buổi học: ngày, giờ và nơi học."))
        if any(later.starts_at < earlier.ends_at for earlier, later in zip(times, times[1:], strict=False)):
            raise forms.ValidationError(_("Hai buổi trùng giờ nhau; sửa lại giờ của một buổi."))

    def times(self) -> list[MeetingTimes]:
        """In the order of time: what stood there before, changed or not, and what was added."""
        kept = [form for form in self.forms if form in self.initial_forms or form.has_changed()]
        times = [form.times for form in kept if form not in self.deleted_forms]
        return sorted(times, key=lambda one: one.starts_at)


# the stubs do not read the class from `formset`
MeetingForms: type[_Meetings] = forms.formset_factory(  # type: ignore[assignment]
    MeetingForm, formset=_Meetings, extra=2, max_num=MOST_MEETINGS, absolute_max=MOST_MEETINGS, can_delete=True
)


def _moment(on, at) -> datetime:
    return timezone.make_aware(datetime.combine(on, at))
