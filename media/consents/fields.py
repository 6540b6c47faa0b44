"""The consent of the people in a file as a form asks for it."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.consents.ended import FILES
from media.provenance import Use
from people.typed_fields import typed_day
from people.typed_times import Looks

# a mixin of forms, which a type checker shall take for one
_Form: Any = object


class ConsentFields(_Form):
    """Of a form with the columns of `Provenance`: uses are boxes, the last day is typed as people write days."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "consent" in self.fields and self.instance.pk:
            address = reverse("consent", args=[FILES[type(self.instance)], self.instance.pk])
            self.fields["consent"].help_text = format_html(
                '{} <a href="{}">{}</a>',
                self.fields["consent"].help_text,
                address,
                _("Người trong tệp rút lời đồng ý?"),
            )
        if "consent_for" in self.fields:
            self.fields["consent_for"] = forms.MultipleChoiceField(
                label=gettext_lazy("Đồng ý cho dùng ở"),
                choices=Use.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        if "consent_until" in self.fields:
            self.fields["consent_until"] = typed_day(
                gettext_lazy("Đồng ý đến hết ngày"),
                required=False,
                looks=Looks.AHEAD,
                help_text=gettext_lazy("Hết ngày ấy tệp tự gỡ khỏi mọi trang. Để trống nếu không hẹn ngày."),
            )

    def clean(self):
        data = super().clean()
        if data.get("consent_for") and Use.SITE not in data["consent_for"]:
            self.add_error(
                "consent_for",
                _("Tệp trong thư viện hiện trên trang này. Nếu người trong tệp không đồng ý thì đừng tải lên."),
            )
        if data.get("shows_minor") and not data.get("representative_agreed"):
            self.add_error(
                "representative_agreed",
                _("Người dưới 18 tuổi: phải có cả người đại diện đồng ý. Chưa có thì đừng dùng tệp này."),
            )
        return data
