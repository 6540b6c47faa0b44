"""The same form for people chosen from a list: whom it cannot be asked for is left out, and counted."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext as _

from courses.reliefs.asking import concerned, units_of
from courses.reports.reliefs.forms import KINDS, WishForm
from courses.requirements.relief import LEAVING_OUT, ReliefKind


class ChosenForm(WishForm):
    """`people` are ids. An extension has no first day: it is that of asking."""

    def __init__(self, user, people: Collection[int], extends: bool, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.units = {person: unit for person, unit in units_of(user, people).items() if person != user.pk}
        self.extends = extends
        self.fields["end"].label = _("Hạn mới") if extends else _("Đến hết ngày")
        if extends:
            del self.fields["kind"], self.fields["start"]
            return
        self.fields["start"].help_text = ""
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, label) for value, label in KINDS if value in LEAVING_OUT]

    def clean(self):
        if self.extends:
            self.cleaned_data["kind"] = ReliefKind.EXTENSION
        return super().clean()

    def _check_people(self, start, end) -> None:
        required = concerned(self.cleaned_data["requirement"], list(self.units), start, end)
        if not required:
            reason = _("Trong thời gian này không ai trong những người đã chọn phải hoàn thành yêu cầu ấy.")
            self.add_error("requirement", reason)
        self.units = {person: unit for person, unit in self.units.items() if person in required}
