"""What is typed about an alert."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.alerts.alert import Alert, AlertWording
from campaigns.alerts.words import FIELDS, MOST_SIGNS, USUAL_DAYS, Words
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks


def _lines(label, most: int, rows: int, help_text="", required=True):
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea({"rows": rows}),
        help_text=help_text,
        required=required,
    )


class AlertForm(forms.Form):
    title = forms.CharField(
        label=_("Tên cảnh báo"), max_length=70, help_text=_("Một câu ngắn bà con đọc đầu tiên, không quá 70 chữ cái.")
    )
    how = _lines(
        _("Chúng làm thế nào"), 500, 4, _("Phương thức, thủ đoạn, hai ba câu. Không nêu ai, thôn nào, vụ nào.")
    )
    signs = _lines(_("Dấu hiệu"), 400, 5, _("Mỗi dòng một dấu hiệu, nhiều nhất %d dòng.") % MOST_SIGNS)
    act = _lines(_("Nên làm"), 400, 3, _("Việc bà con làm được ngay. Số 111 đã có sẵn trên trang và trên tờ."))
    spoken = _lines(
        _("Bài đọc trên loa, 30 giây"),
        700,
        4,
        _("Để trống thì bài được ghép từ các ô trên; xem trước khi gửi duyệt."),
        required=False,
    )
    ends_on = typed_day(_("Có giá trị đến hết ngày"), looks=Looks.AHEAD)
    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in FIELDS})

    def clean(self):
        data = self.cleaned_data
        for name in ("title", "how", "act", "spoken"):
            if name in data:
                data[name] = " ".join(data[name].split())
        if "signs" in data:
            data["signs"] = "\n".join(" ".join(line.split()) for line in data["signs"].splitlines() if line.strip())
        return data


def filled(wording: AlertWording | None) -> dict:
    """What the form begins with: the open draft, else what stands."""
    if wording is None:
        return {"ends_on": today() + timedelta(days=USUAL_DAYS)}
    said = {name: getattr(wording, name) for name in (*FIELDS, "ends_on")}
    return {**said, "stamp": wording.stamp if wording.is_open else None}


class AlertChoice(forms.ModelChoiceField):
    def label_from_instance(self, alert) -> str:
        return f"{alert.pk} · {alert.message.title}"


class WithdrawalForm(forms.Form):
    why = forms.CharField(
        label=_("Vì sao rút"), max_length=200, help_text=_("Ai quét mã trên tờ đã in sẽ đọc câu này. Không nói về ai.")
    )
    replaced_by = AlertChoice(Alert.objects.none(), label=_("Thay bằng cảnh báo"), required=False)

    def __init__(self, alert: Alert, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = Alert.objects.standing(today()).exclude(pk=alert.pk)
        self.fields["replaced_by"].queryset = others  # type: ignore[attr-defined]
