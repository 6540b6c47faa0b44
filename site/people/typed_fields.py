"""Form fields for days, times and moments, typed as people here write them (`people.typed_times`).

What is not understood is refused beside the field, and what was typed stays there. What was understood but not typed in
full comes back written out, with its weekday, to be sent once more: nothing is saved that nobody saw. The same with and
without scripts. `asks=False` is for filters, which save nothing.
"""

from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from people.typed_times import (
    Looks,
    NotUnderstood,
    Read,
    day_in_full,
    moment_in_full,
    read_day,
    read_moment,
    read_time,
    time_in_full,
)


class _Typed(forms.Field):
    """What the three fields share; `_read` raises NotUnderstood, `in_full` says a value in words."""

    kind: str
    looks: Looks

    def __init__(self, *args, looks: Looks | None = None, asks: bool = True, **kwargs):
        # before Django asks for the attributes of the widget
        self.looks, self.asks = looks or self.looks, asks
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget):
        """For the script under /cms/ that shows in full what was typed, as soon as it was."""
        return {**super().widget_attrs(widget), "data-typed": self.kind, "data-looks": self.looks.value}

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        found = self._found(value)
        if self.asks and not found.exact:
            params = {"typed": value.strip()[:60], "meant": self.in_full(found.value)}
            said = _("“%(typed)s” được hiểu là %(meant)s. Nếu đúng, hãy gửi lại; nếu không, hãy sửa.") % params
            raise ValidationError(said, code="understood")
        return self._made(found.value)

    def bound_data(self, data, initial):
        """In a form that comes back: what was understood, in full; else what was typed."""
        data = super().bound_data(data, initial)
        try:
            return self._read(data).value if isinstance(data, str) and data.strip() else data
        except NotUnderstood:
            return data

    def _found(self, value: str) -> Read:
        try:
            return self._read(value)
        except NotUnderstood as refusal:
            raise ValidationError(str(refusal), code="invalid") from refusal

    def _read(self, text: str) -> Read:
        raise NotImplementedError

    def in_full(self, value) -> str:
        raise NotImplementedError

    def _made(self, value):
        return value


class DayField(_Typed, forms.DateField):
    kind = "day"
    looks = Looks.NOWHERE

    def _read(self, text: str) -> Read[date]:
        return read_day(text, timezone.localdate(), self.looks)

    def in_full(self, value: date) -> str:
        return day_in_full(value)


class TimeOfDayField(_Typed, forms.TimeField):
    kind = "time"
    looks = Looks.NOWHERE

    def _read(self, text: str) -> Read[time]:
        return read_time(text)

    def in_full(self, value: time) -> str:
        return time_in_full(value)


class MomentField(_Typed, forms.DateTimeField):
    """Aware moments, typed and shown as they are here."""

    kind = "moment"
    looks = Looks.AHEAD

    def _read(self, text: str) -> Read[datetime]:
        return read_moment(text, timezone.localtime().replace(tzinfo=None), self.looks)

    def in_full(self, value: datetime) -> str:
        return moment_in_full(value)

    def _made(self, value: datetime):
        return forms.DateTimeField.to_python(self, value)


class DayToCome(models.DateField):
    """A column whose day without a year is the next such day; in the database and in migrations a plain date."""

    def formfield(self, **kwargs):
        return super().formfield(**{**kwargs, "form_class": DayField, "looks": Looks.AHEAD})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


def typed_day(label, *, looks: Looks = Looks.NOWHERE, **kwargs) -> DayField:
    """In a plain input that takes what people type. A browser's own for days shows them in the order of its language,
    month first in many, and sends nothing at all of what it does not understand.
    """
    widget = forms.DateInput({"placeholder": _lazy("ngày/tháng/năm"), "autocomplete": "off"}, "%d/%m/%Y")
    return DayField(label=label, looks=looks, widget=widget, **kwargs)
