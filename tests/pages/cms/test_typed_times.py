"""Every form under /cms/ reads days and times as they are typed, and the picker writes nothing over them."""

from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from time_machine import travel
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.models import get_page_models

from people.typed_fields import DayField, MomentField, TimeOfDayField
from people.typed_times import Looks

OF_DJANGO = (forms.DateField, forms.TimeField, forms.DateTimeField)
OURS = (DayField, TimeOfDayField, MomentField)


class Plan(forms.Form):
    on = DayField(looks=Looks.AHEAD, widget=AdminDateInput)


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
        # a browser's own shows months first where its language does, and sends nothing of what it does not understand
        'type="date"',
        '"type": "date"',
    )
    found = [
        f"{path}: {name}"
        for room in ROOMS
        for kind in ("*.py", "*.html")
        for path in (Path(settings.BASE_DIR) / room).rglob(kind)
        for name in guessing
        if name in path.read_text()
    ]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("day", "5/12", {"value": "05/12/2026", "words": "thứ Bảy, ngày 5 tháng 12 năm 2026"}),
        ("time", "7h30 tối", {"value": "19:30", "words": "19 giờ 30"}),
        ("moment", "19h30 ngày 5/12", {"value": "05/12/2026 19:30",
                                       "words": "19 giờ 30, thứ Bảy, ngày 5 tháng 12 năm 2026"}),
        ("time", "5/12", {"error": "Không hiểu “5/12” là mấy giờ; hãy ghi như 19:30."}),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_the_script_of_a_field_is_told_what_is_understood(cast, client_of, settings, kind, text, told):
    settings.SECOND_STEP_REQUIRED = False
    with travel("2026-11-29T03:15:00Z", tick=False):
        answer = client_of(cast.editor).get("/cms/doc-ngay-gio/", {"kind": kind, "looks": "ahead", "text": text})
    assert answer.json() == told


@pytest.mark.django_db
def test_a_field_tells_the_script_where_it_looks(cast, client_of, settings):
    settings.SECOND_STEP_REQUIRED = False
    shown = str(Plan()["on"])
    assert 'data-typed="day"' in shown
    assert 'data-looks="ahead"' in shown
    answer = client_of(cast.editor).get("/cms/doc-ngay-gio/", {"kind": "year", "looks": "ahead", "text": "2026"})
    assert answer.status_code == 400
