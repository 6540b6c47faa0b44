"""What is typed about an activity. A form has the fields that its kind needs and no more, so that it takes a minute."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.made import whose
from campaigns.activities.made.activity import MOST_DONG, Activity, Audience
from campaigns.activities.made.hamlet import Hamlet, in_order
from campaigns.activities.made.kind import ActivityKind, Measure
from campaigns.activities.made.rules import People, too_large
from campaigns.activities.made.writing import Said
from campaigns.activities.screens.fields import LANGUAGES, NumberField, PeopleField, people_typed
from letters.numbers import thousands
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks
from people.units.unit import Unit

# of a field: the place that was written before, which nobody is shown again
KEPT = "giu"
QUANTITY = {
    Measure.SESSIONS: gettext_lazy("Số buổi"),
    Measure.THINGS: gettext_lazy("Số lượng"),
    Measure.PLACES: gettext_lazy("Số nơi"),
    Measure.PLAYS: gettext_lazy("Số lượt phát"),
    Measure.POSTS: gettext_lazy("Số bài"),
}


class ActivityForm(forms.Form):
    """`before` is the wording that is corrected. Its place is kept unless another one is chosen, and never shown."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị tổ chức"))
    on = typed_day(gettext_lazy("Ngày"), looks=Looks.BACK)
    commune = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Xã, phường nơi làm"))
    hamlet = forms.ChoiceField(
        label=gettext_lazy("Thôn"),
        required=False,
        help_text=gettext_lazy("Chỉ để đếm số thôn đã đến; không hiện cùng số người."),
    )
    quantity = NumberField()
    minutes = NumberField(label=gettext_lazy("Tổng số phút phát"), required=False)
    views = NumberField(
        label=gettext_lazy("Lượt xem"), required=False, help_text=gettext_lazy("Đọc ở trang của xã rồi ghi lại.")
    )
    people = PeopleField(
        label=gettext_lazy("Lượt người dự"),
        required=False,
        help_text=gettext_lazy("Dưới 5 thì ghi “dưới 5”. Chưa rõ thì để trống."),
    )
    women = PeopleField(label=gettext_lazy("Trong đó nữ"), required=False)
    minors = PeopleField(label=gettext_lazy("Trong đó dưới 18 tuổi"), required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Tiếng đã dùng"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(label=gettext_lazy("Dành cho"), choices=Audience.choices)
    officials = PeopleField(label=gettext_lazy("Số cán bộ tham gia"), required=False)
    others = forms.CharField(
        label=gettext_lazy("Đơn vị cùng tổ chức"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Tên hoặc mã, cách nhau bằng dấu chấm phẩy. Một hoạt động chung chỉ ghi một lần."),
    )
    budget = NumberField(label=gettext_lazy("Ngân sách (đồng)"), most=MOST_DONG, required=False)
    other_money = NumberField(label=gettext_lazy("Nguồn khác (đồng)"), most=MOST_DONG, required=False)
    accessible = forms.ChoiceField(
        label=gettext_lazy("Có chữ thay ảnh, chữ to, lối xe lăn"),
        choices=[("", gettext_lazy("chưa rõ")), ("co", gettext_lazy("có")), ("khong", gettext_lazy("không"))],
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Việc cần sửa"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Câu khó hiểu, lỗi dịch, tờ hỏng. Không ghi tên, tuổi, thôn, chuyện của ai."),
    )

    MORE = ("officials", "others", "budget", "other_money", "accessible", "note")

    def __init__(self, user, kind: ActivityKind, *args, before: Activity | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.kind, self.before = user, kind, before
        self._units()
        self._places()
        self._measures()

    @property
    def first_fields(self):
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more_fields(self):
        return [field for field in self.visible_fields() if field.name in self.MORE]

    @property
    def more_is_wrong(self) -> bool:
        return any(name in self.errors for name in self.MORE)

    # --- what it offers

    def _units(self) -> None:
        units = whose.own_units(self.user)
        if self.before is not None:
            units = Unit.objects.filter(pk=self.before.unit_id)
        self.offered = list(units)
        field = self.fields["unit"]
        field.queryset = units  # type: ignore[attr-defined]
        if len(self.offered) == 1:
            field.initial, field.widget, field.required = self.offered[0].pk, forms.HiddenInput(), False

    def _places(self) -> None:
        fixed = {unit.pk: whose.commune_of(unit) for unit in self.offered}
        self.fixed = {pk: commune for pk, commune in fixed.items() if commune is not None}
        field = self.fields["commune"]
        field.queryset = whose.communes()  # type: ignore[attr-defined]
        if len(self.fixed) == len(self.offered):
            del self.fields["commune"]
        elif self.fixed:
            field.required = False
        communes = {commune.pk for commune in self.fixed.values()}
        hamlets = in_order(Hamlet.objects.filter(commune__in=communes, ended=False)).select_related("commune")
        several = len(communes) > 1
        named = [(str(one.pk), f"{one.name}, {one.commune.name}" if several else one.name) for one in hamlets]
        kept = [(KEPT, _("giữ nơi đã ghi"))] if self.before else []
        if not named and not kept:
            del self.fields["hamlet"]
            return
        whole = [("", _("cả xã, hoặc nhiều thôn"))]
        self.fields["hamlet"].choices = [*kept, *whole, *named]  # type: ignore[attr-defined]
        self.hamlets = {str(one.pk): one for one in hamlets}

    def _measures(self) -> None:
        measure = self.kind.measure
        gone = set()
        if measure != Measure.PLAYS:
            gone.add("minutes")
        if measure != Measure.POSTS:
            gone.add("views")
        if not self.kind.counts_people:
            gone |= {"people", "women", "minors"}
        if measure == Measure.PEOPLE:
            gone.add("quantity")
            self.fields["people"].label = _("Số lượt người")
        else:
            self.fields["quantity"].label = QUANTITY[Measure(measure)]
        for name in gone:
            del self.fields[name]

    # --- what it takes

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > today():
            raise ValidationError(_("Ngày này ở tương lai; ghi khi đã làm xong."))
        return on

    def clean_quantity(self):
        if not self.cleaned_data["quantity"]:
            raise ValidationError(_("Ghi số lớn hơn 0."))
        return self.cleaned_data["quantity"]

    def clean_others(self) -> list[Unit]:
        typed = [one.strip() for one in self.cleaned_data["others"].split(";") if one.strip()][:10]
        return [self._unit_called(one) for one in typed]

    def _unit_called(self, typed: str) -> Unit:
        units = Unit.objects.on(today())
        found = list(units.filter(code=typed)[:2]) or list(units.filter(name__iexact=typed)[:2])
        found = found or list(units.found(typed)[:2])
        if len(found) != 1:
            said = _("“%s” là nhiều đơn vị; ghi mã.") if found else _("Không có đơn vị “%s”.")
            raise ValidationError(said % typed[:60])
        return found[0]

    def clean(self):
        data = self.cleaned_data
        if not self.errors:
            data["unit"] = data.get("unit") or self.offered[0]
            data["commune"] = self.fixed.get(data["unit"].pk) or data.get("commune")
            if data["commune"] is None:
                self.add_error("commune", _("Chọn xã, phường nơi làm."))
            self._read_hamlet()
        for name in ("women", "minors"):
            if too_large(data.get(name), data.get("people")):
                self.add_error(name, _("Lớn hơn tổng số lượt."))
            elif data.get(name) is not None and data.get("people") is None and "people" not in self.errors:
                self.add_error("people", _("Ghi tổng số lượt trước."))
        return data

    def _read_hamlet(self) -> None:
        chosen, place = self.cleaned_data.get("hamlet", ""), self.cleaned_data["commune"]
        if chosen == KEPT:
            same = self.before is not None and place is not None and self.before.commune_id == place.pk
            self.cleaned_data["hamlet"] = self.before.hamlet if same and self.before else None
            return
        hamlet = self.hamlets.get(chosen) if chosen else None
        if hamlet is not None and (place is None or hamlet.commune_id != place.pk):
            self.add_error("hamlet", _("Thôn này thuộc xã khác."))
        self.cleaned_data["hamlet"] = hamlet

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        details: dict[str, Any] = {"quantity": data.get("quantity") or 1, "audience": data["audience"]}
        details |= {name: data.get(name) for name in ("minutes", "views", "budget", "other_money")}
        details |= {"note": data["note"], "accessible": {"co": True, "khong": False}.get(data["accessible"])}
        counts: dict[str, int | People | None] = {
            name: data.get(name) for name in ("people", "women", "minors", "officials")
        }
        others = [unit for unit in data["others"] if unit != data["unit"]]
        place = data["unit"], data["commune"], data.get("hamlet") or None
        return Said(self.kind, *place, data["on"], counts, details, data["languages"], others)


def filled(row: Activity) -> dict[str, Any]:
    """A wording as its form takes it back, without its place."""
    numbers = {name: "" if value is None else thousands(value) for name, value in _numbers(row)}
    people = {
        name: people_typed(getattr(row, name), getattr(row, f"{name}_mark"))
        for name in ("people", "women", "minors", "officials")
    }
    return {
        **numbers,
        **people,
        "unit": row.unit_id,
        "commune": row.commune_id,
        "on": row.on,
        "hamlet": KEPT,
        "languages": row.languages,
        "audience": row.audience,
        "others": "; ".join(unit.code for unit in row.others.all()),
        "accessible": {True: "co", False: "khong"}.get(row.accessible, ""),  # type: ignore[arg-type]
        "note": row.note,
    }


def _numbers(row: Activity):
    return [(name, getattr(row, name)) for name in ("quantity", "minutes", "views", "budget", "other_money")]
