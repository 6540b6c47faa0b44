"""What is typed about slots and plays outside of them."""

from datetime import date
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.made.hamlet import Hamlet, in_order
from campaigns.loudspeakers.reading_out import readings
from campaigns.loudspeakers.slot import MOST_DAYS, WEEKDAYS
from campaigns.messages.message import MessagePage
from letters.order import text_order
from people.times import today
from people.typed_fields import TimeOfDayField, typed_day
from people.typed_times import Looks

DAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def messages_to_read() -> list[tuple[str, str]]:
    """(key, title) of live messages that have a script."""
    pages = MessagePage.objects.live().filter(locale__language_code="vi").exclude(spoken="").order_by("pk")
    rows = [(str(key), title) for key, title in pages.values_list("translation_key", "title")]
    return sorted(rows, key=lambda row: text_order(row[1]))


class _OfMessage(forms.Form):
    message = forms.ChoiceField(label=gettext_lazy("Thông điệp"))
    minutes = forms.IntegerField(label=gettext_lazy("Số phút mỗi lượt"), min_value=1, max_value=60, initial=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["message"].choices = messages_to_read()  # type: ignore[attr-defined]


class SlotForm(_OfMessage):
    hamlet = forms.ModelChoiceField(
        Hamlet.objects.none(), label=gettext_lazy("Thôn"), required=False, empty_label=gettext_lazy("cả xã")
    )
    first_day = typed_day(gettext_lazy("Từ ngày"), looks=Looks.AHEAD)
    last_day = typed_day(gettext_lazy("Đến hết ngày"), looks=Looks.AHEAD)
    at = TimeOfDayField(label=gettext_lazy("Giờ phát"), widget=forms.TextInput({"autocomplete": "off"}))
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Những ngày"),
        choices=list(zip(WEEKDAYS, DAY_NAMES, strict=True)),
        initial=list(WEEKDAYS),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, commune, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hamlets = in_order(Hamlet.objects.filter(commune=commune, ended=False))
        self.fields["hamlet"].queryset = hamlets  # type: ignore[attr-defined]

    def clean(self):
        data = self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("Ngày cuối phải sau ngày đầu."))
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("last_day", _("Một lịch dài nhất %d ngày.") % MOST_DAYS)
        elif first and last and data.get("message"):
            self._refuse_after_its_end(UUID(data["message"]), last)
        return data

    def _refuse_after_its_end(self, key: UUID, last: date) -> None:
        reading = readings([key])[key]
        if not reading.is_read_on(last):
            until = f"{reading.last_day:%d/%m/%Y}" if reading.last_day else ""
            self.add_error("last_day", _("Bài này chỉ phát đến hết ngày %s.") % until if until else reading.over)


class PlayForm(_OfMessage):
    on = typed_day(gettext_lazy("Đã phát ngày"), looks=Looks.BACK)
    # made with the page, so that what is sent twice is one play
    device = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise ValidationError(_("Ngày này ở tương lai."))
        return self.cleaned_data["on"]
