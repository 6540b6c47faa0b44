"""Days and times under /cms/: every form made of a model reads them as people type them here, and Wagtail's picker
leaves what was typed as it is. By itself it writes today, the present minute or the year 1900 over what it cannot read.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
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


def connect() -> None:
    for column, field, widget in KINDS:
        register_form_field_override(column, override={"form_class": field, "widget": widget})
        _leave_what_was_typed(widget)


def _leave_what_was_typed(widget) -> None:
    """The picker's own setting, with every widget of the class: in filters and in the dialog of the schedule too."""
    own = widget.get_config

    def get_config(self):
        return {**own(self), "validateOnBlur": False}

    widget.get_config = get_config
