"""Telephone numbers as offices write them."""

from importlib import import_module

import pytest
from django.apps import apps
from factories import make_person

from people.persons.phones import local_phone, normal_phone, only_phone, phones_in
from people.persons.user import User


@pytest.mark.parametrize(
    "written",
    [
        "0905123456",
        "0905.123.456",
        "0905 123 456",
        "0905\u00a0123\u2009456",
        "+84905123456",
        "+84 (0)905 123 456",
        "(+84)0905123456",
        "+840905123456",
        "0084 905 123 456",
        "84 905123456",
        "905123456",
        "0905–123–456",
        "0905\u2011123\u2011456",
        "\u202a0905123456\u202c",
        "０９０５１２３４５６",
        "DĐ: 0905123456",
        "Di động 0905 123 456 (Zalo)",
        "0905123456 (gặp chị Hà)",
        "0905123456 máy lẻ 105",
        "0905/123/456",
        "0905 / 123.456",
        "0905|123|456",
        "0905\uff0f123\uff0f456",
        "'0905123456",
    ],
)
def test_one_number_however_it_is_written(written):
    assert normal_phone(written) == "+84905123456"


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("0905123409/0905123499", ["+84905123409", "+84905123499"]),
        ("0905.123.409/0905.123.499", ["+84905123409", "+84905123499"]),
        ("0905/123/409 - 0905/123/499", ["+84905123409", "+84905123499"]),
        ("DĐ: 0905.123.412; CQ 0236/3821412", ["+84905123412", "+842363821412"]),
        ("0235/3.852.123", ["+842353852123"]),
        ("sinh ngày 03/07/1990", []),
        ("0905123409 - 0905123499", ["+84905123409", "+84905123499"]),
        ("0905 123 409 0905 123 499", ["+84905123409", "+84905123499"]),
        ("0905123409; 0905123409", ["+84905123409"]),
        ("CQ: (0236) 3.821.412, DĐ: 0905123412", ["+842363821412", "+84905123412"]),
        ("2363821412", ["+842363821412"]),
        ("842123456", ["+84842123456"]),
        ("+856 20 5555 1234 hoặc 0905123412", ["+8562055551234", "+84905123412"]),
    ],
)
def test_every_number_of_a_cell_in_its_order(written, numbers):
    assert phones_in(written) == numbers


@pytest.mark.parametrize("written", ["", "không có", "9.05123E+08", "049123456789", "09051234567", "0905", "105"])
def test_what_is_no_number_is_none(written):
    assert normal_phone(written) == ""


def test_a_code_with_digits_is_no_telephone():
    assert only_phone("CB-0905123456") == ""
    assert only_phone("0905 123 456") == "+84905123456"
    assert only_phone("0905/123/456") == "+84905123456"
    assert only_phone("12/0345") == ""
    assert local_phone("+84905123456") == "0905123456"
    assert local_phone("") == ""


@pytest.mark.django_db
def test_an_upgrade_makes_stored_numbers_those_that_are_dialled(monkeypatch):
    dial = import_module("people.migrations.0008_telephones_as_dialled")
    monkeypatch.setattr(dial, "BATCH", 2)
    stored = ["+840905123406", "+84905123407", "+840905123407", None, "+840905123408", "+85620555512"]
    people = [make_person(f"Người {n}", f"P{n}", phone=phone) for n, phone in enumerate(stored)]
    dial.dial(apps, None)
    numbers = [User.objects.get(pk=person.pk).phone for person in people]
    assert numbers == ["+84905123406", "+84905123407", "+840905123407", None, "+84905123408", "+85620555512"]
    assert User.objects.by_login("0905123406") == User.objects.found("0905123406").get() == people[0]


@pytest.mark.parametrize("piece", ["84" + "." * 100_000, "84." * 30_000, "0" + "-" * 100_000])
def test_a_cell_of_signs_alone_is_read_in_no_time(piece):
    # with an unbounded pattern this takes minutes
    assert phones_in(piece) == []
