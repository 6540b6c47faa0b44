"""Shared fixtures stand apart: what one changes of another's objects is gone when it is rolled back."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from sharing import Rows, SharedFixture

pytestmark = pytest.mark.django_db


def people():
    return SimpleNamespace(manager=SimpleNamespace(is_superuser=False))


def raised(people):
    people.manager.is_superuser = True
    return people.manager


def test_a_fixture_that_changes_another_ones_object_changes_it_for_its_own_tests_alone():
    rows = Rows(SimpleNamespace(unblock=nullcontext), {})
    lower, upper = SharedFixture(people, ()), SharedFixture(raised, ("people",))
    rows._create_levels([lower, upper])
    assert rows.value(lower, {}).manager.is_superuser
    assert rows.value(lower, {}).manager is rows.value(upper, {})
    rows.roll_back_to(1)
    rows.copies = None
    assert not rows.value(lower, {}).manager.is_superuser
    rows.roll_back_to(0)
