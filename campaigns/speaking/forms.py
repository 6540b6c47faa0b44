"""What a speaker agrees to, and what is sent with a recording."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.speaking.rules import Piece
from campaigns.speaking.speaker import How, Speaker
from media.provenance import Use
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks

MOST_LETTERS = 40_000
WHO = (("me", gettext_lazy("Tôi tự đọc")), ("other", gettext_lazy("Người khác đọc, thu trên máy của tôi")))


class SpeakerForm(forms.ModelForm):
    who = forms.ChoiceField(label=gettext_lazy("Ai đọc"), choices=WHO, initial="me", widget=forms.RadioSelect)
    uses = forms.MultipleChoiceField(
        label=gettext_lazy("Đồng ý cho dùng giọng ở"),
        choices=Use.choices,
        initial=[Use.SITE],
        widget=forms.CheckboxSelectMultiple,
    )
    until = typed_day(
        gettext_lazy("Đồng ý đến hết ngày"),
        required=False,
        looks=Looks.AHEAD,
        help_text=gettext_lazy("Hết ngày ấy giọng tự gỡ khỏi mọi nơi. Để trống nếu không hẹn ngày."),
    )

    class Meta:
        model = Speaker
        fields = ["who", "how", "uses", "until", "name", "is_minor", "representative_agreed"]
        widgets = {"how": forms.RadioSelect}
        help_texts = {"name": gettext_lazy("Chỉ ghi khi người đọc muốn được nêu tên trên trang. Để trống: không nêu.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = How.choices  # type: ignore[attr-defined]

    def clean(self):
        data = super().clean()
        if Use.SITE not in data.get("uses", [Use.SITE]):
            self.add_error("uses", _("Giọng hiện trên trang này. Nếu người đọc không đồng ý thì đừng thu."))
        if data.get("is_minor") and not data.get("representative_agreed"):
            self.add_error(
                "representative_agreed",
                _("Người dưới 18 tuổi: phải có cả người đại diện đồng ý. Chưa có thì đừng thu."),
            )
        if (last := data.get("until")) and last < today():
            self.add_error("until", _("Ngày này đã qua: không còn đồng ý thì đừng thu."))
        if data.get("who") == "other" and data.get("how") == How.SELF:
            self.add_error("how", _("Người khác đọc thì đồng ý trên giấy, hoặc nói trước người chứng kiến."))
        return data


class SoundForm(forms.Form):
    """`pieces` is JSON: [{"source", "seal", "begins_at", "ends_at"}], the times in seconds, ends_at null to the end."""

    number = forms.UUIDField()
    speaker = forms.ModelChoiceField(Speaker.objects.none())
    sound = forms.FileField(max_length=200)
    pieces = forms.CharField(max_length=MOST_LETTERS)

    def __init__(self, speakers, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = speakers  # type: ignore[attr-defined]

    def clean_pieces(self) -> list[Piece]:
        try:
            return [_piece(one) for one in json.loads(self.cleaned_data["pieces"])]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise ValidationError(_("Bản thu đến không đủ. Hãy gửi lại.")) from None


def _piece(said: dict) -> Piece:
    ends = said.get("ends_at")
    return Piece(
        source=_whole(said["source"]),
        seal=str(said["seal"])[:16],
        begins_at=float(said.get("begins_at") or 0),
        ends_at=None if ends is None else float(ends),
    )


def _whole(value) -> int:
    number = int(value)
    if not 0 < number < 2**63:
        raise ValueError(value)
    return number
