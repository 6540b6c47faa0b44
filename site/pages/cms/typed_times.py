"""Days and times under /cms/: every form made of a model reads them as people type them here, and Wagtail's picker
leaves what was typed as it is. By itself it writes today, the present minute or the year 1900 over what it cannot read.
"""

from django.db import models
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from people.typed_fields import DayField, MomentField, TimeOfDayField

KINDS = (
    (models.DateField, DayField, AdminDateInput),
    (models.TimeField, TimeOfDayField, AdminTimeInput),
    (models.DateTimeField, MomentField, AdminDateTimeInput),
)


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
