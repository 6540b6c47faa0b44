"""A code means one person however it is typed; the store keeps the columns that say so, whichever way it is written."""

import unicodedata
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from factories import make_person, make_unit

from letters.order import name_order
from people.persons.user import User
from people.units.unit import Unit

pytestmark = pytest.mark.django_db
fill = import_module("people.migrations.0006_fill_foldings")
SIGNED_IN = ["đn-001", "ĐN–001", "ĐN‑001", "Ðn-001", "\u200eĐN-001\u2069", " ĐN-001 ", "ĐＮ-００１"]


@pytest.mark.parametrize("typed", SIGNED_IN)
def test_a_code_is_known_however_it_is_typed(typed):
    person = make_person("Hồ Văn Dung", "ĐN-001")
    assert User.objects.by_code(typed) == person
    assert User.objects.by_login(typed) == person
    assert User.objects.by_code(unicodedata.normalize("NFD", typed)) == person


@pytest.mark.parametrize("typed", ["DN-001", "ĐN-0O1", "ĐN-OO1", "ĐN-00l", "ĐN001", "ĐN 001", "ĐN-1", ""])
def test_another_code_means_nobody(typed):
    make_person("Hồ Văn Dung", "ĐN-001")
    assert User.objects.by_code(typed) is None
    assert User.objects.by_login(typed) is None


def test_nobody_gets_a_code_that_is_spelled_like_somebody_elses():
    make_person("Hồ Văn Dung", "CB77")
    for other in ("cb77", "СВ77", "CB\u200b77"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_person("Bling Thị Ca", other)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.bulk_create([User(staff_code=other, full_name="Bling Thị Ca")])
    make_person("Bling Thị Ca", "CB7-7")


def test_signing_in_takes_code_before_address_and_no_code_for_a_telephone():
    coded = make_person("Hồ Văn Dung", "0905123456")
    make_person("Bling Thị Ca", "B1", phone="+84905123456")
    mailed = make_person("Bling Thị Cam", "B2", email="cam@example.vn")
    assert User.objects.by_login("0905 123 456").staff_code == "B1"
    assert User.objects.by_login("0905123456") == coded
    assert User.objects.by_login("Cam@Example.VN") == mailed
    assert User.objects.by_login("CB-0905123456") is None
    with CaptureQueriesContext(connection) as asked:
        User.objects.by_login("0905123456")
    assert len(asked) == 1


def test_a_unit_is_known_however_its_code_is_typed():
    unit = make_unit("ĐN–01", "Xã Đại Lộc")
    assert Unit.objects.coded("đn-01").get() == unit
    assert not Unit.objects.coded("dn-01").exists()


# --- the columns


def columns(person: User) -> tuple:
    return User.objects.values_list("code_spelling", "name_order", "search_words").get(pk=person.pk)


@pytest.mark.parametrize(
    "write",
    [
        lambda person: person.save(),
        lambda person: person.save(update_fields=["full_name", "staff_code", "phone"]),
        lambda person: User.objects.bulk_update([person], ["full_name", "staff_code", "phone"]),
        lambda person: User.objects.filter(full_name="Hồ Văn Dung").update(
            full_name=person.full_name, staff_code=person.staff_code, phone=person.phone
        ),
        lambda person: _saved_in_part(person),
    ],
    ids=["save", "update_fields", "bulk_update", "update", "read in part"],
)
def test_however_a_person_is_written_the_columns_follow(write):
    person = make_person("Hồ Văn Dung", "ĐN-001")
    person.full_name, person.staff_code, person.phone = "Alăng Thị Hà", "TG–7", "+84905222001"
    write(person)
    words = " alang thi ha tg 7 0905222001 84905222001 "
    assert columns(person) == ("tg-7", name_order("Alăng Thị Hà"), words)
    assert list(User.objects.found("0905222")) == [person]
    assert not User.objects.found("dung").exists()


def _saved_in_part(person):
    part = User.objects.only("pk", "full_name").get(pk=person.pk)
    part.full_name = person.full_name
    part.save()
    part = User.objects.only("staff_code", "phone").get(pk=person.pk)
    part.staff_code, part.phone = person.staff_code, person.phone
    part.save()


def test_a_name_and_a_code_are_stored_without_what_nobody_sees():
    made = User.objects.bulk_create([User(staff_code="\u200eCB\u200b77", full_name=" Hồ\u00a0 Văn\ufeff Dung ")])[0]
    assert (made.staff_code, made.full_name) == ("CB77", "Hồ Văn Dung")
    made.refresh_from_db()
    assert (made.staff_code, made.full_name) == ("CB77", "Hồ Văn Dung")
    unit = make_unit("X1", "Xã Đại Lộc")
    Unit.objects.filter(pk=unit.pk).update(name="Xã Hoà Vang")
    assert Unit.objects.found("hoa vang").get() == unit


# --- the upgrade


@pytest.fixture
def older():
    """Rows as a version left them that knew neither spelling nor order; two codes are spelled alike."""
    people = [make_person("Hồ Văn Dung", "CB77"), make_person("Bling Thị Ca", "XX77"), make_person("Âu An", "A1")]
    table, quote = User._meta.db_table, connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {quote(table)} SET shares_code = %s", [True])
        cursor.execute(f"UPDATE {quote(table)} SET code_spelling = '', name_order = '', search_words = ''")
        cursor.execute(f"UPDATE {quote(table)} SET staff_code = 'cb77' WHERE staff_code = 'XX77'")
    return people


def upgrade(monkeypatch):
    monkeypatch.setattr(fill, "BATCH", 2)
    for _twice in range(2):
        fill.fill(apps, None)
    # the constraint comes after
    alike = User.objects.filter(code_spelling="cb77").order_by("pk")
    User.objects.exclude(pk__in=alike.values("pk")[1:]).update(shares_code=False)
    fill.keep_both(apps, None)


def test_an_upgrade_fills_the_columns_and_keeps_both_of_two_codes_that_are_spelled_alike(older, monkeypatch, capsys):
    upgrade(monkeypatch)
    first, second, other = older
    assert "cb77" in capsys.readouterr().out
    assert [*User.objects.filter(shares_code=True)] == [second]
    assert list(User.objects.found("ho van dung")) == [first]
    assert [person.staff_code for person in User.objects.filter(pk__in=[p.pk for p in older]).by_name()] == [
        *("A1", "cb77", "CB77"),
    ]
    # exactly typed each is herself; typed otherwise it may be either
    assert User.objects.by_code("CB77") == first
    assert User.objects.by_code("cb77") == second
    assert User.objects.by_code("Cb77") is None
    assert User.objects.by_login("Cb77") is None
    assert User.objects.spelled_alike() == {"cb77": [first, second]}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person("Người thứ ba", "Cb77")
