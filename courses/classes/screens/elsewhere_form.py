"""What is typed about a training elsewhere."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.classes.elsewhere.entering import Said, why_not_entered
from courses.classes.elsewhere.papers import cleaned_paper
from courses.completions.filed import FIRST_LAW
from courses.content.taught import titles
from courses.reliefs.asking import units_of
from people.persons.merges import one_person
from people.persons.user import User
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks


class EntryForm(forms.Form):
    """When valid, `person` says whose training it is."""

    code = forms.CharField(
        label=gettext_lazy("Mã cán bộ"),
        max_length=40,
        strip=True,
        error_messages={"required": gettext_lazy("Hãy ghi mã cán bộ của người đã tập huấn.")},
    )
    course_key = forms.ChoiceField(label=gettext_lazy("Khóa học tương ứng"))
    completed_on = typed_day(gettext_lazy("Ngày hoàn thành"), looks=Looks.BACK)
    held_by = forms.CharField(
        label=gettext_lazy("Nơi tổ chức"),
        max_length=150,
        strip=True,
        help_text=gettext_lazy("Cơ quan đã tổ chức lớp, và số giấy nếu có."),
        error_messages={"required": gettext_lazy("Hãy ghi cơ quan nào đã tổ chức lớp này.")},
    )
    paper = forms.FileField(
        label=gettext_lazy("Giấy chứng nhận hoặc giấy xác nhận"),
        help_text=gettext_lazy(
            "Ảnh chụp rõ, hoặc tệp PDF. Giấy được giữ kín, tự hết hạn; tệp PDF còn giữ tên người soạn."
        ),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,.pdf"}),
        error_messages={
            "required": gettext_lazy("Hãy chọn ảnh hoặc tệp PDF của giấy; không có giấy thì không ghi được.")
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú cho người thứ hai"),
        max_length=300,
        strip=True,
        required=False,
        help_text=gettext_lazy("Không bắt buộc. Không nêu chuyện riêng của ai."),
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.person: User | None = None
        self.fields["course_key"].choices = sorted(titles().items(), key=lambda row: row[1])  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        self.person = User.objects.filter(is_active=True).by_code(self.cleaned_data["code"])
        if self.person is None or self.person.pk not in units_of(self.user, [self.person.pk]):
            self.person = None
            raise forms.ValidationError(
                _("Không có ai đang công tác trong phạm vi của anh chị với mã này. Xem lại mã.")
            )
        if User.objects.filter(pk__in=one_person(self.user), pk=self.person.pk).exists():
            raise forms.ValidationError(_("Không ai ghi cho chính mình; người khác ở đơn vị ghi thay."))
        return self.person.staff_code

    def clean_completed_on(self):
        on = self.cleaned_data["completed_on"]
        if on > today():
            raise forms.ValidationError(_("Ngày này ở tương lai; ghi ngày đã tập huấn xong."))
        if on < FIRST_LAW:
            raise forms.ValidationError(_("Ngày này trước 01/01/2012, ngày có luật đầu tiên; hãy ghi đúng."))
        return on

    def clean_paper(self):
        try:
            return cleaned_paper(self.cleaned_data["paper"])
        except ValidationError as refused:
            raise forms.ValidationError(refused.messages[0]) from refused

    def clean(self):
        data = self.cleaned_data
        if not (self.person and {"code", "course_key", "completed_on"} <= data.keys()):
            return
        if why := why_not_entered(self.person, data["course_key"], data["completed_on"]):
            self.add_error("completed_on", why)

    @property
    def whose(self) -> User:
        """Of a valid form."""
        assert self.person is not None
        return self.person

    @property
    def said(self) -> Said:
        return Said(**{name: self.cleaned_data[name] for name in ("course_key", "completed_on", "held_by", "note")})
