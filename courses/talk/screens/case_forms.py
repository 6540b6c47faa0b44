"""What is typed in the clinic: each text is looked through for what tells who or where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.talk.clinic.case import ASKED_LETTERS, TOLD_LETTERS, WORD_LETTERS, Age, Area, Matter, Whom
from courses.talk.clinic.telling import Told
from courses.talk.clinic.wording import too_near
from courses.talk.screens.forms import Keyed, long_text
from people.units.unit import Sector

CHOOSE = _("Hãy chọn một ý trong danh sách.")


def one_of(label: Any, choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", _("Chọn…")), *choices],
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


class Telling(Keyed):
    """Refuses in every text what tells who or where."""

    telling: tuple[str, ...] = ()

    def clean(self):
        for name in self.telling:
            for sentence in too_near(self.cleaned_data.get(name, "")):
                self.add_error(name, sentence)


class CaseForm(Telling):
    telling = ("asked", "happened", "done")
    sector = one_of(_("Ngành của anh chị"), Sector.choices)
    whom = one_of(_("Ca nói về ai"), Whom.choices)
    age = one_of(_("Nhóm tuổi"), Age.choices)
    area = one_of(_("Kiểu địa bàn"), Area.choices)
    matter = one_of(_("Chuyện gì"), Matter.choices)
    asked = long_text(
        _("Điều muốn hỏi đồng nghiệp"), ASKED_LETTERS, _("Một hai câu."), required=_("Hãy ghi điều muốn hỏi."), rows=2
    )
    happened = long_text(
        _("Chuyện xảy ra"),
        TOLD_LETTERS,
        _("Không tên, không ngày, không thôn, bản, xã, phường nào. Đổi chi tiết không quan trọng."),
        required=_("Hãy kể chuyện xảy ra."),
        rows=6,
    )
    done = long_text(_("Anh chị đã làm gì"), TOLD_LETTERS, _("Không bắt buộc."), rows=4)

    @property
    def told(self) -> Told:
        """Of a valid form."""
        return Told(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class ContributionForm(Telling):
    telling = ("text",)
    text = long_text(
        _("Lời góp"), TOLD_LETTERS, _("Một người phụ trách duyệt rồi mới đăng, không nêu tên anh chị."),
        required=_("Hãy ghi lời góp."),
    )  # fmt: skip


class SummaryForm(Telling):
    telling = ("text",)
    text = long_text(_("Kết lại: điều rút ra"), TOLD_LETTERS, required=_("Hãy ghi điều rút ra từ ca này."), rows=5)


class DecisionForm(forms.Form):
    text = long_text(_("Lý do"), WORD_LETTERS, rows=2)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    which = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)
