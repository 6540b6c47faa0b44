"""The forms of the reviewers' list and of the decision."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from courses.approval.review_items import ReviewItem
from people.times import today
from people.typed_fields import DayField
from people.typed_times import Looks


def day_field(label):
    return DayField(
        label=label,
        initial=today,
        looks=Looks.BACK,
        widget=AdminDateInput,
        error_messages={"required": gettext_lazy("Hãy ghi ngày.")},
    )


def said_field(label, most: int, needed, *, required=True):
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": needed},
    )


class NoLaterThanToday(forms.Form):
    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError(_("Ngày này ở tương lai; hãy ghi đến hôm nay."))
        return self.cleaned_data["on"]


class ChosenItems(forms.Form):
    """Which items of the list; each is a box beside its row."""

    items = forms.ModelMultipleChoiceField(
        ReviewItem.objects.none(),
        error_messages={
            "required": gettext_lazy("Hãy đánh dấu ít nhất một điều trong danh sách."),
            "invalid_choice": gettext_lazy("Danh sách đã thay đổi. Hãy tải lại trang."),
        },
    )

    def __init__(self, subject: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = ReviewItem.objects.filter(subject=subject)  # type: ignore[attr-defined]


class GiveForm(ChosenItems):
    body = forms.CharField(
        label=gettext_lazy("Giao cho cơ quan, đơn vị"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Để trống: chưa giao."),
    )


class SettleForm(ChosenItems, NoLaterThanToday):
    by_name = forms.CharField(
        label=gettext_lazy("Người kết luận (họ tên, cơ quan)"),
        max_length=150,
        error_messages={"required": gettext_lazy("Hãy ghi ai kết luận.")},
    )
    on = day_field(gettext_lazy("Ngày kết luận"))
    word = said_field(gettext_lazy("Kết luận"), 500, gettext_lazy("Hãy ghi kết luận trong một câu."))


class SubmitForm(forms.Form):
    word = said_field(gettext_lazy("Lời nhắn cho người duyệt"), 500, "", required=False)


class SendBackForm(forms.Form):
    reason = said_field(
        gettext_lazy("Cần sửa gì, vì sao"), 500, gettext_lazy("Hãy ghi cần sửa gì, vì sao, để người viết biết.")
    )


class DecisionForm(NoLaterThanToday):
    on = day_field(gettext_lazy("Từ ngày"))
    # how many attempts changed keys concern, as the approver was told
    marked = forms.IntegerField(required=False, min_value=0, max_value=10**9)
    reason = said_field(
        gettext_lazy("Lý do, ghi chú"), 500, gettext_lazy("Hãy ghi lý do trong một câu."), required=False
    )


class RecognitionForm(NoLaterThanToday):
    on = day_field(gettext_lazy("Công nhận từ ngày"))
    reason = said_field(gettext_lazy("Lý do"), 300, gettext_lazy("Hãy ghi lý do trong một câu."))
