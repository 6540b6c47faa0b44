"""What is typed about an exemplar."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk.exemplars.exemplar import LINE_LETTERS, MOST_RESULTS, TEXT_LETTERS, TITLE_LETTERS, ExemplarKind
from courses.talk.exemplars.whose import units_of
from courses.talk.exemplars.writing import Words
from courses.talk.screens.case_forms import one_of
from courses.talk.screens.forms import Keyed, long_text
from people.times import today
from people.units.unit import Sector, Unit

MOST_COST = 10**13
WHOLE = {"invalid": gettext_lazy("Ghi một số nguyên, không có chữ.")}


def line(label: Any, most: int, required: Any = "", help_text: Any = "") -> forms.CharField:
    errors = {"max_length": gettext_lazy("Dài quá %(limit_value)d chữ cái; rút ngắn lại."), "required": required}
    return forms.CharField(
        label=label, max_length=most, strip=True, required=bool(required), help_text=help_text, error_messages=errors
    )


class ExemplarForm(Keyed):
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Của đơn vị"),
        empty_label=None,
        error_messages={
            "invalid_choice": gettext_lazy("Chọn một đơn vị của anh chị."),
            "required": gettext_lazy("Chọn một đơn vị của anh chị."),
        },
    )
    title = line(gettext_lazy("Tên mô hình"), TITLE_LETTERS, gettext_lazy("Hãy ghi tên mô hình."))
    sector = one_of(gettext_lazy("Ngành"), Sector.choices)
    kind = one_of(gettext_lazy("Loại"), ExemplarKind.choices)
    since = forms.IntegerField(
        label=gettext_lazy("Làm từ năm"),
        min_value=1990,
        max_value=2100,
        error_messages={"required": gettext_lazy("Hãy ghi năm bắt đầu, như 2023."), **WHOLE},
    )
    what = long_text(gettext_lazy("Làm gì"), TEXT_LETTERS, required=gettext_lazy("Hãy ghi mô hình làm gì."))
    how = long_text(
        gettext_lazy("Làm thế nào"),
        TEXT_LETTERS,
        gettext_lazy("Từng bước, ai làm, bao lâu một lần, để đơn vị khác làm theo được."),
        required=gettext_lazy("Hãy ghi cách làm."),
        rows=6,
    )
    results = long_text(gettext_lazy("Kết quả"), TEXT_LETTERS, required=gettext_lazy("Hãy ghi kết quả."))
    cost = forms.IntegerField(
        label=gettext_lazy("Kinh phí mỗi năm, đồng"),
        required=False,
        min_value=0,
        max_value=MOST_COST,
        help_text=gettext_lazy("Để trống nếu không rõ; ghi 0 nếu không tốn."),
        error_messages=WHOLE,
    )
    cost_note = line(gettext_lazy("Tiền từ đâu"), LINE_LETTERS)
    ask_whom = line(
        gettext_lazy("Hỏi ai để làm theo"),
        LINE_LETTERS,
        gettext_lazy("Hãy ghi hỏi cơ quan nào, chức danh nào."),
        gettext_lazy("Cơ quan và chức danh, không ghi tên hay số riêng của ai."),
    )

    def __init__(self, user, *args, numbers=(), **more):
        super().__init__(*args, **more)
        self.fields["unit"].queryset = units_of(user)  # type: ignore[attr-defined]
        for place in range(1, MOST_RESULTS + 1):
            label, number = numbers[place - 1] if place <= len(numbers) else ("", None)
            self.fields[f"label_{place}"] = line(_("Con số %d: đếm gì") % place, 80)
            self.fields[f"number_{place}"] = forms.IntegerField(
                label=_("Con số %d: bao nhiêu") % place,
                required=False,
                min_value=0,
                max_value=2**31 - 1,
                error_messages=WHOLE,
            )
            self.initial |= {f"label_{place}": label, f"number_{place}": number}
        numbers_last = [name for name in self.fields if name.rpartition("_")[2].isdecimal()]
        before = list(self.fields)[: list(self.fields).index("cost")]
        self.order_fields([*before, *numbers_last])

    def clean_since(self) -> int:
        if self.cleaned_data["since"] > today().year:
            raise forms.ValidationError(_("Năm này ở tương lai; ghi năm đã bắt đầu."))
        return self.cleaned_data["since"]

    def clean(self):
        for place in range(1, MOST_RESULTS + 1):
            label, number = (self.cleaned_data.get(f"{name}_{place}") for name in ("label", "number"))
            if f"number_{place}" in self.cleaned_data and bool(label) != (number is not None):
                self.add_error(f"number_{place}", _("Ghi cả đếm gì và bao nhiêu, hoặc để trống cả hai."))

    @property
    def words(self) -> Words:
        """Of a valid form."""
        said = self.cleaned_data
        pairs = [(said[f"label_{place}"], said[f"number_{place}"]) for place in range(1, MOST_RESULTS + 1)]
        fields = {name: said[name] for name in Words.__dataclass_fields__ if name != "numbers"}
        return Words(**fields, numbers=[(label, number) for label, number in pairs if label])
