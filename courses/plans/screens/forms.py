"""What is typed about plans, tasks, money and results."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.plans.made.papers import cleaned_paper
from courses.plans.made.plan import FIRST_YEAR, LAST_YEAR
from courses.plans.made.recording import Said
from courses.plans.made.task import MOST_DONG, Money, Task, TaskKind
from courses.plans.made.whose import units_to_plan
from people.postings.posting import Duty
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks
from people.units.unit import Unit, UnitKind

# a plan of more lines is several
MOST_LINES = 12
SPACES = re.compile(r"[\s.,đ₫]")
BELOW = [kind for kind in UnitKind.choices if kind[0] not in (UnitKind.PROVINCE, UnitKind.CITY)]


class DongField(forms.CharField):
    """Whole đồng, typed as people write money here: 12.500.000 đ."""

    def __init__(self, **kwargs):
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=24, widget=widget, **kwargs)

    def clean(self, value):
        typed = SPACES.sub("", super().clean(value))
        if not typed:
            return None
        if not (typed.isascii() and typed.isdecimal()) or int(typed) > MOST_DONG:
            raise ValidationError(_("Ghi số đồng bằng chữ số, ví dụ 12.500.000."))
        return int(typed)


def year_field(**kwargs) -> forms.IntegerField:
    return forms.IntegerField(label=gettext_lazy("Năm"), min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class BeginForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị"))
    year = year_field()

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_plan(user)  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    """What a template begins with."""

    year = year_field()
    begins = forms.ChoiceField(
        label=gettext_lazy("Bắt đầu từ"),
        choices=[
            ("starter", gettext_lazy("Kế hoạch của tỉnh năm 2024 (việc chính, để sửa)")),
            ("before", gettext_lazy("Mẫu của năm trước")),
            ("empty", gettext_lazy("Bản trống")),
        ],
    )


class HeadForm(forms.Form):
    """What stands above the tasks."""

    basis = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Kế hoạch, quyết định của cấp trên; mỗi dòng một văn bản."),
    )


class TemplateHeadForm(HeadForm):
    offered_to = forms.MultipleChoiceField(
        label=gettext_lazy("Giao cho loại đơn vị"),
        choices=BELOW,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Không chọn gì là giao cho mọi đơn vị bên dưới."),
    )
    answer_by = typed_day(gettext_lazy("Gửi kế hoạch trước ngày"), looks=Looks.AHEAD, required=False)


class TaskForm(forms.ModelForm):
    first_day = typed_day(gettext_lazy("Từ ngày"), looks=Looks.AHEAD)
    last_day = typed_day(
        gettext_lazy("Đến hết ngày"),
        looks=Looks.AHEAD,
        required=False,
        help_text=gettext_lazy("Để trống nếu chỉ làm trong một ngày."),
    )

    class Meta:
        model = Task
        fields = ["kind", "title", "expected", "number", "measure", "first_day", "last_day", "duty", "who"]
        help_texts = {
            "number": gettext_lazy("Để trống nếu kết quả không đếm được."),
            "measure": gettext_lazy("Như buổi, lớp, người, hộ."),
            "who": gettext_lazy("Ghi chức danh hay bộ phận, không ghi tên người."),
            "duty": gettext_lazy("Người giữ nhiệm vụ này ở đơn vị làm việc ấy."),
        }

    def __init__(self, year: int, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = year
        self.fields["kind"].choices = TaskKind.choices  # type: ignore[attr-defined]
        self.fields["duty"].queryset = Duty.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["title"].error_messages["required"] = _("Hãy ghi việc cần làm.")

    def clean(self):
        data = super().clean()
        data["last_day"] = data.get("last_day") or data.get("first_day")
        for name in ("first_day", "last_day"):
            if data.get(name) and data[name].year != self.year:
                self.add_error(name, _("Ghi một ngày trong năm %d.") % self.year)
        if data.get("first_day") and data.get("last_day") and data["last_day"] < data["first_day"]:
            self.add_error("last_day", _("Ngày cuối phải sau ngày đầu."))
        if data.get("number") is not None and not data.get("measure"):
            self.add_error("measure", _("Ghi đơn vị tính của số lượng, như buổi, người."))
        return data


class TemplateTaskForm(TaskForm):
    unit_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Loại đơn vị làm việc này"),
        choices=BELOW,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Không chọn gì là mọi đơn vị nhận mẫu."),
    )

    class Meta(TaskForm.Meta):
        fields = [*TaskForm.Meta.fields, "unit_kinds"]


class LineForm(forms.Form):
    words = forms.CharField(label=gettext_lazy("Nội dung chi"), max_length=150, strip=True)
    amount = DongField(label=gettext_lazy("Số tiền (đồng)"))
    source = forms.ChoiceField(label=gettext_lazy("Nguồn"), choices=[("", "—"), *Money.choices])

    def clean_amount(self) -> int:
        if not self.cleaned_data["amount"]:
            raise ValidationError(_("Ghi số đồng lớn hơn 0, ví dụ 12.500.000."))
        return self.cleaned_data["amount"]


class _Lines(forms.BaseFormSet):
    def lines(self) -> list[dict]:
        kept = [form for form in self.forms if form in self.initial_forms or form.has_changed()]
        names = ("words", "amount", "source")
        return [{name: form.cleaned_data[name] for name in names} for form in kept if form not in self.deleted_forms]


# the stubs do not read the class from `formset`
LineForms: type[_Lines] = forms.formset_factory(  # type: ignore[assignment]
    LineForm, formset=_Lines, extra=2, max_num=MOST_LINES, absolute_max=MOST_LINES, can_delete=True
)


class ResultForm(forms.Form):
    done_on = typed_day(
        gettext_lazy("Xong ngày"),
        looks=Looks.BACK,
        required=False,
        help_text=gettext_lazy("Để trống nếu việc còn đang làm."),
    )
    number = forms.IntegerField(
        label=gettext_lazy("Đã đạt"),
        min_value=0,
        max_value=10**9,
        required=False,
        help_text=gettext_lazy("Để trống nếu chưa rõ; 0 là đã rõ là không có."),
    )
    cost = DongField(
        label=gettext_lazy("Đã chi (đồng)"), required=False, help_text=gettext_lazy("Để trống nếu chưa rõ.")
    )
    note = forms.CharField(
        label=gettext_lazy("Minh chứng"),
        max_length=300,
        strip=True,
        required=False,
        help_text=gettext_lazy("Số văn bản, nơi giữ hồ sơ. Không nêu chuyện riêng của ai."),
    )
    paper = forms.FileField(
        label=gettext_lazy("Ảnh hoặc tệp PDF minh chứng"),
        required=False,
        help_text=gettext_lazy("Được giữ kín, tự hết hạn. Không chụp mặt người được hỗ trợ."),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,.pdf"}),
    )
    # the source of a suggestion with which the form was filled
    drawn_from = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    def clean_done_on(self):
        on = self.cleaned_data["done_on"]
        if on and on > today():
            raise ValidationError(_("Ngày này ở tương lai; ghi ngày đã làm xong."))
        return on

    def clean_paper(self):
        paper = self.cleaned_data["paper"]
        try:
            return cleaned_paper(paper) if paper else None
        except ValidationError as refused:
            raise ValidationError(refused.messages[0]) from refused

    def clean(self):
        data = self.cleaned_data
        names = ("done_on", "number", "cost", "note", "paper")
        if not self.errors and all(data.get(name) in (None, "") for name in names):
            raise ValidationError(_("Ghi ít nhất một điều: ngày xong, số đã đạt, số đã chi hoặc minh chứng."))
        return data

    @property
    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in ("done_on", "number", "cost", "note", "drawn_from")})
