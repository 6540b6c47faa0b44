"""Every form under /cms/ reads days and times as they are typed, and the picker writes nothing over them."""

from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.models import get_page_models

from people.typed_fields import DayField, MomentField, TimeOfDayField

OF_DJANGO = (forms.DateField, forms.TimeField, forms.DateTimeField)
OURS = (DayField, TimeOfDayField, MomentField)
ROOMS = ("site", "media", "courses", "campaigns")


@pytest.mark.parametrize("model", get_page_models(), ids=lambda model: model._meta.label)
def test_the_form_of_a_page_reads_what_is_typed(model):
    fields = model.get_edit_handler().get_form_class().base_fields
    days = {name: field for name, field in fields.items() if isinstance(field, OF_DJANGO)}
    assert all(isinstance(field, OURS) for field in days.values()), days


@pytest.mark.parametrize("widget", [AdminDateInput, AdminTimeInput, AdminDateTimeInput])
def test_the_picker_leaves_what_was_typed(widget):
    assert '"validateOnBlur": false' in widget().render("at", "19 giờ", {"id": "id_at"})


def test_no_form_of_ours_takes_a_field_that_guesses():
    """A form that is not made of a model asks for days with the fields of `people.typed_fields`."""
    guessing = (
        "forms.DateField(",
        "forms.TimeField(",
        "forms.DateTimeField(",
        "SplitDateTimeField(",
        "django_filters.DateFilter(",
    )
    found = [
        f"{path}: {name}"
        for room in ROOMS
        for path in (Path(settings.BASE_DIR) / room).rglob("*.py")
        if path.name != "typed_fields.py"
        for name in guessing
        if name in path.read_text()
    ]
    assert found == []
