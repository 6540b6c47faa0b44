"""The forms of a reform; each by-hand one makes an act (`people.reforms.acts`)."""

from datetime import date
from pathlib import Path

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.reforms import acts
from people.reforms.acts import Known, Target
from people.reforms.finding import NotFound, found, goes_on, known
from people.reforms.reform import Reform
from people.typed_fields import typed_day
from people.typed_times import Looks
from people.units.unit import UnitKind

MOST_BYTES = 2 * 1024 * 1024
PARTS = 5


class ReformForm(forms.ModelForm):
    on = typed_day(
        gettext_lazy("Ngày có hiệu lực"),
        looks=Looks.NOWHERE,
        help_text=gettext_lazy("Ngày đầu tiên của đơn vị mới. Ngày chưa đến thì trang, lớp… chuyển đúng ngày ấy."),
    )

    class Meta:
        model = Reform
        fields = ["decree", "on"]
        labels = {"decree": gettext_lazy("Nghị quyết, quyết định")}
        help_texts = {"decree": gettext_lazy("Ví dụ: Nghị quyết 1659/NQ-UBTVQH15")}


class TablesForm(forms.Form):
    units = forms.FileField(
        label=gettext_lazy("Bảng đơn vị"),
        help_text=gettext_lazy("Cột: ma, ten, loai, nganh, ma_cha, tu_ngay, den_ngay. CSV hoặc XLSX, nhiều nhất 2 MB."),
        required=False,
        max_length=200,
    )
    successions = forms.FileField(
        label=gettext_lazy("Bảng chuyển đơn vị"),
        help_text=gettext_lazy("Cột: ma_cu, ma_moi, thua_ke, quyet_dinh, ngay."),
        required=False,
        max_length=200,
    )

    def clean(self):
        cleaned = super().clean()
        files = {name: cleaned.get(name) for name in ("units", "successions")}
        if not any(files.values()) and not self.errors:
            raise forms.ValidationError(_("Chọn ít nhất một tệp."))
        for name, file in files.items():
            if file and Path(file.name).suffix.lower() not in (".csv", ".txt", ".xlsx"):
                self.add_error(name, _("Chỉ nhận tệp .csv, .txt hoặc .xlsx."))
            elif file and file.size > MOST_BYTES:
                self.add_error(name, _("Tệp quá lớn: nhiều nhất 2 MB."))
        return cleaned


class _UnitForm(forms.Form):
    """What a result is: a code alone means a unit that goes on, a code and a name a new one."""

    code = forms.CharField(label=gettext_lazy("Mã"), max_length=20)
    name = forms.CharField(
        label=gettext_lazy("Tên"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Để trống nếu đó là đơn vị đang có và vẫn tiếp tục."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=[("", gettext_lazy("Như đơn vị cũ")), *UnitKind.choices], required=False
    )
    parent = forms.CharField(
        label=gettext_lazy("Mã cấp trên"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Để trống: như đơn vị cũ."),
    )

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_code(self):
        return self.cleaned_data["code"].strip()

    def target(self, *olds: Known) -> Target | None:
        """Like the first of the old units where nothing else is typed. None, with an error, where a unit that should go
        on does not exist on the day, or a new one would take the code of one that does.
        """
        cells, like = self.cleaned_data, olds[0]
        code, name = cells["code"], cells["name"].strip()
        if not name:
            unit = goes_on(code, self.on)
            if unit is None:
                day = f"{self.on:%d/%m/%Y}"
                said = _("Ngày %(day)s không có đơn vị mã %(code)s; đơn vị mới thì ghi cả tên.")
                self.add_error("name", said % {"day": day, "code": code})
                return None
            return Target(unit.code, unit.name, unit.kind, unit.sector, "", False)
        bearer = goes_on(code, self.on)
        if bearer is not None and bearer.code not in {one.code for one in olds}:
            said = _("Mã %(code)s đang là của “%(name)s”; hãy ghi mã khác.")
            self.add_error("code", said % {"code": code, "name": bearer.name})
            return None
        return Target(code, name, cells["kind"] or like.kind, like.sector, cells["parent"].strip() or like.parent, True)


def _found(form: forms.Form, field: str, typed: str, on: date) -> Known | None:
    try:
        return known(found(typed, on), on)
    except NotFound as reason:
        form.add_error(field, str(reason))
        return None


class MergeForm(_UnitForm):
    olds = forms.CharField(
        label=gettext_lazy("Những đơn vị gộp lại"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=gettext_lazy("Mỗi dòng một đơn vị, ghi mã hoặc tên."),
    )
    field_order = ["olds", "code", "name", "kind", "parent"]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        typed = [line for line in cleaned["olds"].splitlines() if line.strip()]
        olds = [_found(self, "olds", line, self.on) for line in typed]
        units = {one.code: one for one in olds if one}
        if not self.errors and len(units) + (cleaned["code"] not in units and not cleaned["name"]) < 2:
            self.add_error("olds", _("Gộp cần ít nhất hai đơn vị."))
        into = self.target(*units.values()) if not self.errors else None
        if into is not None:
            cleaned["act"] = acts.merging(list(units.values()), into, self.on)
        return cleaned


class RenameForm(_UnitForm):
    old = forms.CharField(
        label=gettext_lazy("Đơn vị đổi tên"), max_length=200, help_text=gettext_lazy("Mã hoặc tên hiện nay.")
    )
    field_order = ["old", "name", "code", "kind", "parent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Để trống: giữ mã cũ.")
        self.fields["name"].required, self.fields["name"].help_text = True, ""
        self.fields["name"].label = _("Tên mới")

    def clean(self):
        cleaned = super().clean()
        old = _found(self, "old", cleaned["old"], self.on) if not self.errors else None
        if old is not None:
            cleaned["code"] = cleaned["code"] or old.code
            new = self.target(old)
            if new is None:
                return cleaned
            if (new.name, new.kind, new.code, new.parent) == (old.name, old.kind, old.code, old.parent):
                self.add_error("name", _("Tên này là tên đang có."))
            else:
                cleaned["act"] = acts.renaming(old, new, self.on)
        return cleaned


class SplitForm(forms.Form):
    old = forms.CharField(
        label=gettext_lazy("Đơn vị chia tách"), max_length=200, help_text=gettext_lazy("Mã hoặc tên.")
    )

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.parts = [PartForm(*args, on=on, prefix=f"phan-{n}", number=n) for n in range(1, PARTS + 1)]

    def is_valid(self) -> bool:
        valid = super().is_valid()
        filled = [part for part in self.parts if part.has_changed()]
        # each is asked, so that each says what is wrong with it
        if [part for part in filled if not part.is_valid()] or not valid:
            return False
        old = _found(self, "old", self.cleaned_data["old"], self.on)
        if old is None:
            return False
        parts = [part.target(old) for part in filled]
        named = [part for part in parts if part]
        if len(named) < len(filled):
            return False
        if len({part.code for part in named}) < 2 or len({part.code for part in named}) < len(named):
            self.add_error(None, _("Ghi ít nhất hai phần, mỗi phần một mã khác nhau."))
            return False
        self.cleaned_data["act"] = acts.splitting(old, named, self.on)
        return True


class PartForm(_UnitForm):
    def __init__(self, *args, number: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.number, self.empty_permitted, self.use_required_attribute = number, True, False
