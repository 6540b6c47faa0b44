"""The field for the sectors whom a lesson concerns most."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from people.units.unit import Sector


def checked(keys) -> None:
    """Raises ValidationError unless `keys` is a list of sectors, each once."""
    known = isinstance(keys, list) and all(key in Sector.values for key in keys)
    if not known or len(set(keys)) != len(keys):
        raise ValidationError(gettext("Chọn ngành trong danh sách."))


class SectorsField(models.JSONField):
    """A list of values of `Sector`; empty where a lesson concerns everybody."""

    def __init__(self, *args, **kwargs):
        kwargs = {"default": list, "blank": True, "validators": [checked], **kwargs}
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=Sector.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )
