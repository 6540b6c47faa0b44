"""Many rows at once, without a model of each: what is stored is what a model would have stored."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.standing.rules import seed_requirements
from courses.standing.spans import State
from courses.standing.standing import COLUMNS, Standing
from people.changes.change import BulkChange, ChangedRow, Deed
from people.persons.user import User, no_password
from people.postings.posting import Posting
from people.statements.plain_rows import insert_keyed, insert_models, insert_rows

pytestmark = pytest.mark.django_db


def stored(model) -> list[tuple]:
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return list(model.objects.order_by("pk").values_list(*names))


def test_what_goes_in_plainly_is_what_django_writes(units):
    change, now = BulkChange.objects.create(kind="roster"), timezone.now()
    unit = units.after.pk

    def rows():
        before = {"full_name": "Hồ Thị “Ý”\t\n\\N", "email": None}
        yield ChangedRow(
            change=change, kind="posting", what=Deed.CREATED, unit_id=unit, line="2", new=3, after={"n": 1}
        )
        yield ChangedRow(change=change, kind="person", what=Deed.CHANGED, unit_id=unit, old=4, before=before)

    ChangedRow.objects.bulk_create(rows())
    by_django = stored(ChangedRow)
    ChangedRow.objects.all().delete()
    assert insert_models(list(rows())) == 2
    assert stored(ChangedRow) == by_django

    def people(first: int) -> list[User]:
        names = ("  Nguyễn\u200b Văn  An ", "Bùi Thị Hòa")
        fields = {"date_joined": now, "password": "!"}
        return [User(staff_code=f"CB {n}", full_name=name, **fields) for n, name in enumerate(names, first)]

    plainly, with_django = people(1), people(3)
    insert_keyed(plainly)
    User.objects.bulk_create(with_django)
    for one, other in zip(plainly, with_django, strict=True):
        assert (one.pk, one._state.adding) == (User.objects.get(staff_code=one.staff_code).pk, False)
        one, other = User.objects.get(pk=one.pk), User.objects.get(pk=other.pk)
        assert (one.full_name, one.name_order, one.date_joined) == (other.full_name, other.name_order, now)
        assert one.search_words.replace(one.staff_code.lower(), "") == other.search_words.replace(
            other.staff_code.lower(), ""
        )
        one.full_name = "Tên khác"
        one.save()


def test_no_row_costs_nothing_and_a_refused_row_is_an_error_of_django(units, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_rows(Standing, COLUMNS, []) == insert_models([]) == 0
        insert_keyed([])
    person = User.objects.create_user("CB-1", full_name="An")
    posting = {"person_id": person.pk, "unit_id": units.after.pk, "start": date(2026, 1, 1), "position": "Công chức"}
    for insert in (insert_models, insert_keyed):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert([Posting(**posting, recorded_at=timezone.now()) for _twice in range(2)])
    assert not Posting.objects.exists()


def test_a_state_is_stored_as_its_value(units, django_assert_max_num_queries):
    requirement, person = seed_requirements()[0], User.objects.create_user("CB-1", full_name="An")
    row = (person.pk, requirement.pk, units.after.pk, date(2026, 1, 1), None, State.OVERDUE, False, True, "")
    with django_assert_max_num_queries(1):
        assert insert_rows(Standing, COLUMNS, [row]) == 1
    assert list(Standing.objects.values_list(*COLUMNS)) == [row]


def test_what_stands_for_no_password_fits_none_and_is_never_the_same():
    one, other = (User(staff_code="CB-1", password=no_password()) for _twice in range(2))
    assert not one.has_usable_password()
    assert not one.check_password("")
    assert one.password != other.password
    assert len(one.password) == 41
