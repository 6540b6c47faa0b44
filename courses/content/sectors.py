"""The fields of a lesson for whom it concerns most: lists of keys, chosen by boxes in columns."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext

from courses.content.concerns import duty_choices, sector_choices
from people.units.unit import Sector


def boxes() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple(attrs={"class": "key-choices"})


def checked(keys) -> None:
    """Raises ValidationError unless `keys` is a list of sectors, each once."""
    known = isinstance(keys, list) and all(key in Sector.values for key in keys)
    if not known or len(set(keys)) != len(keys):
        raise ValidationError(gettext("Chọn ngành trong danh sách."))


def listed(keys) -> None:
    """Raises ValidationError unless `keys` is a list of words, each once. A duty may go at any time, so the list of
    duties is asked by the form only.
    """
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys) or len(set(keys)) != len(keys):
        raise ValidationError(gettext("Chọn nhiệm vụ trong danh sách."))


class KeysField(models.JSONField):
    """Empty where a lesson concerns everybody."""

    # asked when the form is drawn
    choices_now: Callable[[], list[tuple]]

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.choices_now,
            widget=boxes(),
            required=False,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
        )


class SectorsField(KeysField):
    """Values of `Sector`."""

    choices_now = staticmethod(sector_choices)

    def __init__(self, *args, **kwargs):
        kwargs = {"default": list, "blank": True, "validators": [checked], **kwargs}
        super().__init__(*args, **kwargs)


class DutiesField(KeysField):
    """Keys of `Duty`."""

    choices_now = staticmethod(duty_choices)

    def __init__(self, *args, **kwargs):
        kwargs = {"default": list, "blank": True, "validators": [listed], **kwargs}
        super().__init__(*args, **kwargs)
