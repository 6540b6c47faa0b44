"""People and units are found by what offices copy into a search: a cell with a telephone, another spelling."""

from importlib import import_module

import pytest
from django.apps import apps
from factories import make_person, make_unit

from people.persons.user import User
from people.units.unit import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "typed",
    [
        "DĐ: 0905222001",
        "ĐT 0905.222.001 (Zalo)",
        "Điện thoại: +84 (0)905 222 001",
        "0905 222 001; 0236 3821 411",
        "chị Hà 0905222001",
    ],
)
def test_a_telephone_is_found_among_the_words_around_it(typed):
    person = make_person("Alăng Thị Hà", "Q1", phone="+84905222001")
    make_person("Hồ Văn Dũng", "DD-1", phone="+84905222002")
    assert User.objects.found(typed).get() == person


@pytest.mark.parametrize("written", ["Alăng Thị Hà", "A Lăng Thị Hà", "A-lăng Thị Hà", "A’Lăng Thị Hà"])
@pytest.mark.parametrize("typed", ["A lăng", "alang thi ha", "a lang thi", "ALĂNG", "A Lăng Thị Hà", "hà a lăng"])
def test_a_family_name_is_found_written_in_two_or_as_one(written, typed):
    person = make_person(written, "Q1")
    make_person("Lăng Thị Hạnh", "Q2")
    make_person("Zơ Râm Thị Hà", "Q3")
    assert User.objects.found(typed).get() == person
    assert User.objects.found("zoram").get().staff_code == "Q3"


@pytest.mark.parametrize("written", ["Xã Bhalê", "Xã Bha Lê", "UBND xã Bha Lêê", "Xã Bhalêê"])
@pytest.mark.parametrize("typed", ["bhalee", "Bha Lê", "bhale", "bha lee", "xã Bhalêê"])
def test_a_unit_is_found_however_its_name_is_written(written, typed):
    unit = make_unit("20479", written)
    make_unit("20480", "Xã Avương")
    assert Unit.objects.found(typed).get() == unit
    assert Unit.objects.found("a vuong").get().code == "20480"


def test_who_was_there_before_is_found_too():
    person, unit = make_person("A Lăng Thị Hà", "Q1"), make_unit("20479", "Xã Bha Lê")
    User.objects.update(search_words=" a lang thi ha q1   ")
    Unit.objects.update(search_words=" xa bha le 20479 ")
    import_module("people.migrations.0040_names_found_as_one").fill(apps, None)
    assert (User.objects.found("alang").get(), Unit.objects.found("bhalee").get()) == (person, unit)
