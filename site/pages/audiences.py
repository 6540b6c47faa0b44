"""The audiences for whom a page is written: a facet of lists and of the search, never a fact about a reader."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    PEOPLE = "nguoi_dan", _("Người dân")
    YOUTH = "thanh_nien", _("Thanh niên")
    WORKERS = "lao_dong", _("Người đi làm xa")
    PARENTS = "phu_huynh", _("Cha mẹ")
    PUPILS = "hoc_sinh", _("Học sinh")
    TEACHERS = "giao_vien", _("Giáo viên")
    OFFICIALS = "can_bo", _("Cán bộ")


def checked(keys) -> None:
    """Raises ValidationError unless `keys` is a list of audiences, each once."""
    known = isinstance(keys, list) and all(key in Audience.values for key in keys)
    if not known or len(set(keys)) != len(keys):
        raise ValidationError(gettext("Chọn người đọc trong danh sách."))


class AudiencesField(models.JSONField):
    """A list of keys of `Audience` in the order of that list; empty where a page is for everybody."""

    def __init__(self, *args, **kwargs):
        kwargs = {"default": list, "blank": True, "validators": [checked], **kwargs}
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=Audience.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )
