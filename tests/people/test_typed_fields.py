"""The fields for days and times: refused beside the field, or shown in full and sent once more."""

from datetime import date, datetime, time

import pytest
from django import forms
from django.utils import timezone
from time_machine import travel

from people.typed_fields import DayField, MomentField, TimeOfDayField
from people.typed_times import Looks


@pytest.fixture(autouse=True)
def on_one_day():
    with travel("2026-11-29T03:15:00Z", tick=False):
        yield


class Plan(forms.Form):
    on = DayField(looks=Looks.AHEAD, widget=forms.DateInput(format="%d/%m/%Y"))
    at = TimeOfDayField(required=False, widget=forms.TimeInput(format="%H:%M"))
    go_live_at = MomentField(required=False, widget=forms.DateTimeInput(format="%d/%m/%Y %H:%M"))


def sent(**typed):
    return Plan({"on": "05/12/2026", **typed})


def test_what_is_typed_in_full_is_taken_at_once():
    form = sent(at="19:30", go_live_at="05/12/2026 19:30")
    assert form.is_valid()
    moment = timezone.make_aware(datetime(2026, 12, 5, 19, 30))
    assert form.cleaned_data == {"on": date(2026, 12, 5), "at": time(19, 30), "go_live_at": moment}


@pytest.mark.parametrize(
    ("name", "typed", "told", "shown"),
    [
        ("on", "5/12", "thứ Bảy, ngày 5 tháng 12 năm 2026", "05/12/2026"),
        ("on", "ngày 12/12/2026", "thứ Bảy, ngày 12 tháng 12 năm 2026", "12/12/2026"),
        ("at", "19 giờ", "19 giờ 00", "19:00"),
        ("at", "7h30 tối", "19 giờ 30", "19:30"),
        ("go_live_at", "19h30 ngày 5/12", "19 giờ 30, thứ Bảy, ngày 5 tháng 12 năm 2026", "05/12/2026 19:30"),
    ],
)
def test_what_is_understood_is_shown_in_full_and_saved_when_sent_again(name, typed, told, shown):
    form = sent(**{name: typed})
    assert form.errors == {name: [f"“{typed}” được hiểu là {told}. Nếu đúng, hãy gửi lại; nếu không, hãy sửa."]}
    assert f'value="{shown}"' in str(form[name])
    assert sent(**{name: shown}).is_valid()


@pytest.mark.parametrize(("name", "typed"), [("on", "19 giờ"), ("at", "5/12"), ("go_live_at", "sớm nhất")])
def test_what_is_not_understood_is_refused_beside_the_field_and_stays_there(name, typed):
    form = sent(**{name: typed})
    assert list(form.errors) == [name]
    assert f'value="{typed}"' in str(form[name])


def test_nothing_is_nothing_and_a_value_is_itself():
    assert sent(at=" ", go_live_at="").is_valid()
    assert DayField(required=False).clean("  ") is None
    assert DayField().clean(date(2026, 12, 5)) == date(2026, 12, 5)


def test_a_filter_takes_what_it_understands():
    assert DayField(looks=Looks.BACK, asks=False).clean("5/12") == date(2025, 12, 5)
    with pytest.raises(forms.ValidationError, match="thiếu năm"):
        DayField(asks=False).clean("5/12")


def test_a_field_that_did_not_change_has_not_changed():
    assert not DayField().has_changed(date(2026, 12, 5), "05/12/2026")
    assert DayField().has_changed(date(2026, 12, 5), "6/12")
