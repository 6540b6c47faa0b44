"""The form by which a file is handed in, for each kind with what else it needs."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.elsewhere.papers import cleaned_paper
from courses.reports.importing.evidence import keep_until_brought_in
from courses.reports.importing.kinds import COMPLETIONS, ROSTER, UNIT_FILES, FileKind
from courses.reports.query.unit_meant import unit_meant
from people.postings.coverage import root_on
from people.roster.listing import Roster
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks

MOST_BYTES = settings.ROSTER_MAX_UPLOAD_SIZE
TABLES = ".csv,.txt,.xlsx"


def _table(label, *, required: bool = True) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=gettext_lazy("CSV, văn bản Unicode (.txt) hoặc XLSX; nhiều nhất 30 MB."),
        widget=forms.FileInput(attrs={"accept": TABLES}),
        max_length=200,
        required=required,
        error_messages={
            "required": gettext_lazy("Chọn một tệp CSV hoặc XLSX."),
            "empty": gettext_lazy("Tệp không có gì; hãy chọn tệp có danh sách."),
        },
    )


class FileForm(forms.Form):
    file = _table(gettext_lazy("Tệp danh sách (CSV hoặc XLSX)"))
    unit = forms.CharField(
        label=gettext_lazy("Tệp của đơn vị nào (mã hoặc tên)"),
        help_text=gettext_lazy("Để nhớ các cột của đơn vị ấy, và hiểu tên các đơn vị bên dưới. Để trống: của cả tỉnh."),
        max_length=100,
        required=False,
    )
    second = _table(
        gettext_lazy("Bảng chuyển đơn vị, nếu có (mã cũ, mã mới, thừa kế, quyết định, ngày)"), required=False
    )
    codes_as_of = typed_day(
        gettext_lazy("Mã đơn vị trong tệp là mã của ngày"),
        looks=Looks.BACK,
        help_text=gettext_lazy("Để trống: mã vào “từ ngày” của từng dòng. Bảng dùng mã hiện nay thì ghi ngày hôm nay."),
        required=False,
    )
    missing = forms.ChoiceField(
        label=gettext_lazy("Công tác đang có mà không thấy trong tệp"),
        choices=[
            ("", gettext_lazy("Giữ nguyên")),
            ("end", gettext_lazy("Ghi là đã kết thúc, trong các đơn vị mà tệp ghi (tệp là toàn bộ danh sách)")),
        ],
        required=False,
    )
    evidence = forms.FileField(
        label=gettext_lazy("Tệp minh chứng, nếu có (ảnh hoặc PDF)"),
        help_text=gettext_lazy(
            "Như quyết định công nhận, danh sách có dấu. Giữ riêng, chỉ người nhập được loại tệp này xem."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,.pdf"}),
        required=False,
    )

    def __init__(self, kind: FileKind, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.user = kind, user
        for name, of in (
            ("codes_as_of", ROSTER),
            ("missing", ROSTER),
            ("evidence", COMPLETIONS),
            ("second", UNIT_FILES),
        ):
            if kind is not of:
                del self.fields[name]

    def clean_file(self):
        return _checked(self.cleaned_data["file"])

    def clean_second(self):
        file = self.cleaned_data["second"]
        return _checked(file) if file else None

    def clean_evidence(self):
        file = self.cleaned_data["evidence"]
        return cleaned_paper(file) if file else None

    def clean_unit(self):
        unit, problem = unit_meant(Roster(self.user), self.cleaned_data["unit"])
        if problem:
            raise forms.ValidationError(problem)
        self.is_named = unit is not None
        return unit.pk if unit else root_on(today()).pk

    def options(self) -> dict:
        """What goes into the payload; a paper is kept by it."""
        data = self.cleaned_data
        options = {"unit": data["unit"], "is_named": self.is_named}
        if "missing" in data:
            day = data["codes_as_of"]
            options |= {"codes_as_of": day.isoformat() if day else "", "ended_if_missing": data["missing"] == "end"}
        if data.get("evidence"):
            options["evidence"] = keep_until_brought_in(data["evidence"])
        return options


def _checked(file):
    if Path(file.name).suffix.lower() not in TABLES.split(","):
        raise forms.ValidationError(_("Chỉ nhận tệp .csv, .txt hoặc .xlsx; tệp Excel cũ thì lưu lại thành .xlsx."))
    if file.size > MOST_BYTES:
        raise forms.ValidationError(_("Tệp quá lớn: nhiều nhất 30 MB. Anh chị chia theo đơn vị rồi nhập từng tệp."))
    return file
