"""The forms of annual reports: which one to make, why anew, the pattern of a unit, the cut days."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.annual.patterns import ReportPattern
from courses.annual.periods import FIRST_YEAR, LAST_YEAR, Kind, Period, PeriodError, cuts, period
from courses.annual.wording import NO_DISTRICTS, district_problems, problems
from people.annual_sections import sections
from people.rights.roles import PEOPLE_KINDS
from people.times import covering, today
from people.typed_fields import typed_day
from people.typed_times import Looks
from people.units.successions import Reach


class ReportForm(forms.Form):
    """The choice of units is the reader's own and the level below."""

    don_vi = forms.TypedChoiceField(label=gettext_lazy("Đơn vị"), coerce=int)
    nam = forms.IntegerField(label=gettext_lazy("Năm báo cáo"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    ky = forms.ChoiceField(label=gettext_lazy("Kỳ báo cáo"))
    ngay = typed_day(gettext_lazy("Tính đến ngày"), looks=Looks.BACK, required=False)

    def __init__(self, reader, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.cuts = cuts()
        unit, kind = self.fields["don_vi"], self.fields["ky"]
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        unit.choices = units_of(reader)
        annual, half = (f"{day}/{month}" for month, day in (self.cuts.annual, self.cuts.mid_year))
        kind.choices = [
            (Kind.ANNUAL.value, _("Cả năm, chốt ngày %s hoặc hôm nay nếu sớm hơn") % annual),
            (Kind.MID_YEAR.value, _("6 tháng đầu năm, chốt ngày %s") % half),
            (Kind.AD_HOC.value, _("Đột xuất, đến ngày ghi bên dưới")),
        ]
        self.fields["ngay"].help_text = _("Chỉ cho báo cáo đột xuất.")

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if self.errors:
            return
        if data["ky"] == Kind.AD_HOC and not data["ngay"]:
            self.add_error("ngay", _("Hãy ghi ngày mà số liệu tính đến."))
            return
        try:
            data["period"] = self._period(data)
        except PeriodError as error:
            self.add_error("ngay" if data["ky"] == Kind.AD_HOC else "nam", str(error))

    def _period(self, data: dict) -> Period:
        if data["ky"] == Kind.ANNUAL:
            return period(data["nam"], None, today(), self.cuts)
        as_of: date = data["ngay"] if data["ky"] == Kind.AD_HOC else self.cuts.of_half(data["nam"])
        if as_of > today():
            raise PeriodError(
                _("Ngày chốt %s chưa đến; hãy chọn báo cáo cả năm hoặc một ngày đã qua.") % f"{as_of:%d/%m/%Y}"
            )
        return period(data["nam"], as_of, today(), self.cuts)


def units_of(reader) -> list[tuple[int, str]]:
    """(id, name) of the units of the reader's roles and one level below, highest first."""
    roots = [unit.pk for unit in reader.roots(PEOPLE_KINDS)]
    rows = Reach.objects.filter(covering(today()), covering(today(), "unit__valid_from", "unit__valid_to"))
    rows = rows.filter(ancestor__in=roots, depth__lte=1).order_by("depth", "unit__name_order")
    return list(dict(rows.values_list("unit", "unit__name")).items())


class VersionForm(forms.Form):
    ly_do = forms.CharField(
        label=gettext_lazy("Vì sao lập lại"),
        max_length=300,
        help_text=gettext_lazy("Một câu, không nêu tên ai; câu này in trong báo cáo."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do trong một câu.")},
    )
    # the version that was latest when the form was opened
    sau = forms.IntegerField(widget=forms.HiddenInput)


class PatternForm(forms.ModelForm):
    class Meta:
        model = ReportPattern
        fields = [
            *("superior", "organisation", "mark", "place", "subject", "addressees", "wording"),
            *("recipients", "signing", "signer"),
        ]
        widgets = {
            "addressees": forms.Textarea(attrs={"rows": 2}),
            "recipients": forms.Textarea(attrs={"rows": 4}),
            "signing": forms.Textarea(attrs={"rows": 3}),
            "wording": forms.Textarea(attrs={"rows": 18}),
        }

    def clean_wording(self):
        return self._checked("wording", self.cleaned_data["wording"])

    def clean_subject(self):
        subject = self.cleaned_data["subject"]
        for problem in problems(subject, [], max(today(), NO_DISTRICTS)):
            raise forms.ValidationError(problem)
        return subject

    def clean_addressees(self):
        return self._without_districts("addressees")

    def clean_recipients(self):
        return self._without_districts("recipients")

    def _without_districts(self, name: str) -> str:
        text = self.cleaned_data[name]
        for problem in district_problems(text, today()):
            raise forms.ValidationError(problem)
        return text

    @staticmethod
    def _checked(name: str, text: str) -> str:
        if found := problems(text, sections(), today()):
            raise forms.ValidationError(found)
        return text


class CutDayForm(forms.Form):
    """`ngay` and `thang` of the year's cut, then of the half year's."""

    nam_ngay = forms.IntegerField(label=gettext_lazy("Báo cáo năm: ngày"), min_value=1, max_value=31)
    nam_thang = forms.IntegerField(label=gettext_lazy("tháng"), min_value=1, max_value=12)
    nua_ngay = forms.IntegerField(label=gettext_lazy("Báo cáo 6 tháng: ngày"), min_value=1, max_value=31)
    nua_thang = forms.IntegerField(label=gettext_lazy("tháng"), min_value=1, max_value=12)

    def clean(self):
        super().clean()
        data = self.cleaned_data
        for which in ("nam", "nua"):
            if f"{which}_ngay" in data and f"{which}_thang" in data:
                try:
                    # a day that each year has
                    date(2023, data[f"{which}_thang"], data[f"{which}_ngay"])
                except ValueError:
                    self.add_error(f"{which}_ngay", _("Không có ngày này trong mọi năm; hãy xem lại ngày, tháng."))
        if not self.errors and (data["nua_thang"], data["nua_ngay"]) >= (data["nam_thang"], data["nam_ngay"]):
            self.add_error("nua_ngay", _("Ngày chốt 6 tháng phải trước ngày chốt năm."))
