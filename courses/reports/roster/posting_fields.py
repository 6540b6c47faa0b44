"""A posting as somebody types it: unit, position, duties, from when to when, and why."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.postings.posting import Duty
from people.typed_fields import typed_day


class PostingFields(forms.Form):
    unit = forms.CharField(label=gettext_lazy("Đơn vị (mã hoặc tên)"), max_length=100)
    position = forms.CharField(label=gettext_lazy("Chức danh"), max_length=150, required=False)
    duties = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Nhiệm vụ"),
        queryset=Duty.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    start = typed_day(gettext_lazy("Từ ngày"))
    end = typed_day(gettext_lazy("Đến hết ngày"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )

    def clean(self) -> None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            self.add_error("end", _("Ngày kết thúc trước ngày bắt đầu."))
