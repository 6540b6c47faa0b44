"""What is typed about texts, settlements, and what is printed for all or taken back."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.messages import asked
from campaigns.renderings.formats import FORMATS
from campaigns.renderings.plan import PlanStep
from campaigns.renderings.reading import printed_messages
from campaigns.renderings.texts.passages import MessageKit
from campaigns.renderings.texts.sentences import sentences
from config.languages import NAMES
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks

ALL = _("Mọi loại tờ")


class PassageForm(forms.Form):
    title = forms.CharField(label=_("Tên mặt, tên dòng"), max_length=60, required=False)
    text = forms.CharField(
        label=_("Lời"),
        max_length=1500,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "{số trực} là chỗ của số liên hệ của xã, [tên thôn] là chỗ của tên xã. Không ghi số điện thoại khác."
        ),
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def __init__(self, *args, slot: str, **kwargs):
        super().__init__(*args, **kwargs)
        if slot in asked.QUESTIONS:
            self.fields["title"] = forms.ChoiceField(
                label=_("Đáp án đúng"), choices=[(letter, letter) for letter in asked.LETTERS]
            )


class KitForm(forms.ModelForm):
    """The scene on what is printed of a message."""

    class Meta:
        model = MessageKit
        fields = ["scene"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scene"].label = _("Chọn một hình")


class OpenPointForm(forms.Form):
    sentence = forms.ChoiceField(label=_("Về câu nào"), required=False)
    what = forms.CharField(
        label=_("Phải xác nhận điều gì"), max_length=200, help_text=_("Ví dụ: đường dẫn tra cứu giấy phép còn đúng.")
    )
    office = forms.CharField(label=_("Cơ quan xác nhận"), max_length=120)

    def __init__(self, *args, text: str, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("Cả lời này")), *((one, one) for one in sentences(text))]
        self.fields["sentence"].choices = choices  # type: ignore[attr-defined]


class SettlementForm(forms.Form):
    answered_by = forms.CharField(
        label=_("Ai trả lời"),
        max_length=120,
        help_text=_("Chức danh và cơ quan, ví dụ: Trưởng phòng Việc làm, Sở Nội vụ. Không ghi họ tên."),
    )
    answered_on = typed_day(_("Trả lời ngày"), looks=Looks.BACK)
    paper = forms.CharField(
        label=_("Căn cứ"), max_length=200, help_text=_("Số văn bản, hoặc cách trả lời: họp, thư công vụ.")
    )

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day > today():
            raise ValidationError(_("Ngày trả lời không ở sau hôm nay."))
        return day


class MessageChoice(forms.ModelChoiceField):
    def label_from_instance(self, message) -> str:
        return message.title


class ForAllForm(forms.Form):
    message = MessageChoice(None, label=_("Thông điệp"))
    formats = forms.MultipleChoiceField(
        label=_("Loại tờ"),
        choices=[(one.key, one.label) for one in FORMATS.values()],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label=_("Tiếng"),
        choices=[(tag, names[0]) for tag, names in NAMES.items()],
        required=False,
        help_text=_("Tiếng còn thiếu câu đã duyệt thì không in được tờ nào; trang in của từng tờ nói thiếu câu nào."),
    )

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or "vi"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].queryset = printed_messages()  # type: ignore[attr-defined]


class WithdrawalForm(forms.Form):
    message = MessageChoice(None, label=_("Rút tờ của thông điệp"))
    format = forms.ChoiceField(
        label=_("Loại tờ"), required=False, choices=[("", ALL), *((one.key, one.label) for one in FORMATS.values())]
    )
    why = forms.CharField(
        label=_("Vì sao rút"), max_length=200, help_text=_("Ai quét mã trên tờ sẽ đọc câu này. Không nói về ai.")
    )
    replaced_by = MessageChoice(
        None,
        label=_("Thay bằng thông điệp"),
        required=False,
        help_text=_("Để trống nếu sẽ in bản mới của chính tờ này."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("message", "replaced_by"):
            self.fields[name].queryset = printed_messages()  # type: ignore[attr-defined]


class StepForm(forms.ModelForm):
    """A step of the plan of the thirty days."""

    when = forms.ChoiceField(
        label=_("Trước hay sau 30/7"), choices=[("-1", _("trước 30/7")), ("1", _("sau 30/7, hoặc đúng ngày"))]
    )
    away = forms.IntegerField(
        label=_("Cách bao nhiêu ngày"), min_value=0, max_value=180, help_text=_("0 là đúng ngày 30/7.")
    )

    class Meta:
        model = PlanStep
        fields = ["what", "who"]
        widgets = {"what": forms.Textarea({"rows": 3})}

    field_order = ["what", "who", "when", "away"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(when="-1" if self.instance.days < 0 else "1", away=abs(self.instance.days))

    def clean(self):
        given = super().clean()
        if "when" in given and "away" in given:
            self.instance.days = int(given["when"]) * given["away"]
        return given
