"""What is typed in the talk."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.talk.inquiries.inquiry import MOST_LETTERS
from courses.talk.screens.gate import key_of

ALONE, UNIT, NAMED = "rieng", "don-vi", "don-vi-co-ten"


def long_text(label, most: int, help_text="", required: Any = "", rows: int = 4) -> forms.CharField:
    """`required` is the sentence for an empty one; "": it may be empty."""
    errors = {"max_length": _("Dài quá %(limit_value)d chữ cái; rút ngắn lại rồi gửi.")}
    return forms.CharField(
        label=label,
        max_length=most,
        strip=True,
        required=bool(required),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={**errors, "required": required},
    )


class Keyed(forms.Form):
    """A form that brings a key of its own, so that sent twice it is kept once."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, data: Mapping | None = None, **more):
        super().__init__(data, **more)
        self.initial.setdefault("key", str(uuid4()))
        self.order_fields([name for name in self.fields if name != "key"])

    @property
    def sent_key(self) -> UUID:
        """Of a valid form."""
        return key_of(self.cleaned_data["key"])


class AskForm(Keyed):
    text = long_text(
        _("Điều muốn hỏi"),
        MOST_LETTERS,
        _("Hỏi về bài học và cách làm. Không ghi tên, số, ngày sinh hay nơi ở của người thật."),
        required=_("Hãy ghi điều muốn hỏi."),
    )
    whom = forms.ChoiceField(
        label=_("Ai đọc được"),
        choices=[
            (ALONE, _("Chỉ người phụ trách tập huấn")),
            (UNIT, _("Cả đơn vị tôi đọc sau khi có trả lời, không nêu tên tôi")),
            (NAMED, _("Cả đơn vị tôi đọc sau khi có trả lời, có nêu tên tôi")),
        ],
        initial=ALONE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Hãy chọn ai đọc được câu hỏi."),
            "invalid_choice": _("Hãy chọn ai đọc được câu hỏi."),
        },
    )


class SayForm(Keyed):
    """One thing said; `seen` is the stamp of the words that it is said to."""

    text = long_text(_("Nội dung"), MOST_LETTERS, required=_("Hãy ghi nội dung rồi gửi."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)


class ReasonForm(SayForm):
    """Where the act itself asks for a reason or not."""

    text = long_text(_("Lý do"), MOST_LETTERS)
