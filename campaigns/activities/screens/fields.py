"""Fields for numbers as people write them in the log."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.activities.made.activity import MOST
from campaigns.activities.made.rules import REST, SMALL, Mark
from config.languages import NAMES
from letters.numbers import thousands
from people.typed_times import plain

LANGUAGES = [(tag, vietnamese) for tag, (vietnamese, _own) in NAMES.items()]
SPACES = re.compile(r"[\s.,đ₫]")


def _number(typed: str, most: int) -> int:
    digits = SPACES.sub("", typed)
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 15 or int(digits) > most:
        raise ValidationError(_("Ghi bằng chữ số, ví dụ 120."))
    return int(digits)


class NumberField(forms.CharField):
    """A whole number as people write it here: 1.200. None where nothing was typed."""

    def __init__(self, *, most: int = MOST, **kwargs):
        self.most = most
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=24, widget=widget, **kwargs)

    def clean(self, value):
        typed = super().clean(value).strip()
        return _number(typed, self.most) if typed else None


class PeopleField(NumberField):
    """Attendances: a number, “dưới 5”, or “không nêu” where what is left of the whole is fewer than five."""

    def clean(self, value):
        typed = forms.CharField.clean(self, value).strip()
        said = plain(typed)
        if said in ("duoi 5", "<5", "< 5"):
            return SMALL
        if said == "khong neu":
            return REST
        return _number(typed, self.most) if typed else None


def people_typed(number: int | None, mark: str) -> str:
    """As the field takes it back."""
    if mark == Mark.TOLD and number is not None:
        return thousands(number)
    return {Mark.SMALL: "dưới 5", Mark.REST: "không nêu"}.get(Mark(mark), "")
