"""The short forms of the log: photographs, what a commune keeps of itself, kinds."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.made.evidence import cleaned_photo
from campaigns.activities.made.hamlet import LONGEST
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.screens.fields import LANGUAGES
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Ảnh minh chứng"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=gettext_lazy("Chụp phòng, băng rôn, tờ in, sau lưng. Được giữ kín, tự xóa sau hai năm."),
    )
    without_faces = forms.BooleanField(
        label=gettext_lazy("Tôi đã xem: trong ảnh không có gương mặt ai"),
        error_messages={"required": gettext_lazy("Chỉ nhận ảnh không có gương mặt ai; xem lại rồi đánh dấu.")},
    )

    def clean_photo(self):
        try:
            return cleaned_photo(self.cleaned_data["photo"])
        except ValidationError as refused:
            raise ValidationError(refused.messages[0]) from refused


class HamletForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Tên thôn"), max_length=LONGEST)


class CompleteForm(forms.Form):
    until = typed_day(
        gettext_lazy("Sổ đã đủ đến hết ngày"),
        looks=Looks.BACK,
        help_text=gettext_lazy("Mọi hoạt động trong xã đến hết ngày ấy đã ghi, kể cả khi không có hoạt động nào."),
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until > today():
            raise ValidationError(_("Ngày này ở tương lai."))
        return until


class SpokenForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Tiếng nói trong xã"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tiếng bà con dùng hằng ngày; không ghi ai nói tiếng gì."),
    )


class KindForm(forms.ModelForm):
    class Meta:
        model = ActivityKind
        fields = ["name", "retired"]
