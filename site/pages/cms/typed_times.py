"""Days and times under /cms/: every form made of a model reads them as people type them here, and Wagtail's picker
leaves what was typed as it is. By itself it writes today, the present minute or the year 1900 over what it cannot read.
The filters of lists and reports read them the same way.
"""

import django_filters
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_filters.fields import DateRangeField
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from people.typed_fields import DayField, MomentField, TimeOfDayField
from people.typed_times import Looks

KINDS = (
    (models.DateField, DayField, AdminDateInput),
    (models.TimeField, TimeOfDayField, AdminTimeInput),
    (models.DateTimeField, MomentField, AdminDateTimeInput),
)


# how the widgets write a value
WRITTEN = {
    DayField.kind: (DayField, settings.WAGTAIL_DATE_FORMAT),
    TimeOfDayField.kind: (TimeOfDayField, "%H:%M"),
    MomentField.kind: (MomentField, settings.WAGTAIL_DATETIME_FORMAT),
}


@require_safe
def read_aloud(request):
    """What is understood of `text`, for the script of the field: {"value", "words"}, or {"error"}."""
    kind, looks = request.GET.get("kind"), request.GET.get("looks")
    if kind not in WRITTEN or looks not in {one.value for one in Looks}:
        return HttpResponseBadRequest()
    field_class, form = WRITTEN[kind]
    field = field_class(looks=Looks(looks), asks=False)
    try:
        value = field.clean(request.GET.get("text", "")[:200])
    except ValidationError as refusal:
        return JsonResponse({"error": " ".join(refusal.messages)})
    local = timezone.localtime(value) if kind == MomentField.kind else value
    return JsonResponse({"value": local.strftime(form), "words": field.in_full(local)})


class AskedDays(DateRangeField):
    """From a day to a day, of a filter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields: tuple[DayField, ...] = tuple(
            DayField(looks=Looks.BACK, asks=False, required=False) for _side in range(2)
        )


class AskedMoment(MomentField):
    """Of a filter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, looks=Looks.BACK, asks=False, **kwargs)


def connect() -> None:
    for column, field, widget in KINDS:
        register_form_field_override(column, override={"form_class": field, "widget": widget})
        _leave_what_was_typed(widget)
    django_filters.DateFromToRangeFilter.field_class = AskedDays
    django_filters.DateTimeFilter.field_class = AskedMoment


def _leave_what_was_typed(widget) -> None:
    """The picker's own setting, with every widget of the class: in filters and in the dialog of the schedule too."""
    own = widget.get_config

    def get_config(self):
        return {**own(self), "validateOnBlur": False}

    widget.get_config = get_config
