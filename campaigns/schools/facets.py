"""By what a lesson is found: school band, topic, month of the school year. Keys are stored and never change."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Band(models.TextChoices):
    """For whom a lesson is made. Bands are no grades: a vocational class has no grade of the general school."""

    UPPER_PRIMARY = "4-5", _("Lớp 4–5")
    LOWER_SECONDARY = "6-9", _("Lớp 6–9")
    UPPER_SECONDARY = "10-12", _("Lớp 10–12")
    VOCATIONAL = "nghe", _("Nghề, trung cấp, cao đẳng")


GRADES = {Band.UPPER_PRIMARY: range(4, 6), Band.LOWER_SECONDARY: range(6, 10), Band.UPPER_SECONDARY: range(10, 13)}


def bands_of_grade(grade: int | None) -> list[str]:
    """The bands in which a grade is taught; None is a class without grades."""
    if grade is None:
        return [Band.VOCATIONAL.value]
    return [band.value for band, grades in GRADES.items() if grade in grades]


class Topic(models.TextChoices):
    SAFETY = "giu_minh", _("Giữ mình an toàn")
    ONLINE = "tren_mang", _("Lời mời trên mạng")
    WORK = "di_lam", _("Đi làm, đi xa")
    LAW = "luat", _("Luật và quyền")
    RETURN = "tro_ve", _("Người trở về")


# of the school year, in its order
MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5)
MONTH_CHOICES = [(month, _("Tháng %d") % month) for month in MONTHS]


def place_in_year(month: int | None) -> int:
    """Lessons without a month stand last."""
    return MONTHS.index(month) if month in MONTHS else len(MONTHS)


def checked_bands(keys) -> None:
    """Raises ValidationError unless `keys` is a list of bands, each once."""
    known = isinstance(keys, list) and all(key in Band.values for key in keys)
    if not known or len(set(keys)) != len(keys):
        raise ValidationError(gettext("Chọn bậc học trong danh sách."))


class BandsField(models.JSONField):
    """A list of keys of `Band` in the order of that list; empty where nobody said."""

    def __init__(self, *args, **kwargs):
        kwargs = {"default": list, "blank": True, "validators": [checked_bands], **kwargs}
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=Band.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )
