"""Rows that many tests start from, made once by a process and rolled back to before each of them.

    @shared
    def cast(units): ...

is a fixture like any other; its parameters are shared fixtures too. What it makes stands in an open transaction around
the tests that ask for it; each of them changes it inside a savepoint of its own, as with Django's `setUpTestData`, and
gets copies of the objects. The fixtures in force are a stack: before each test whatever it does not ask for is taken
down, so that no test sees rows of a fixture that it does not name. Tests are sorted so that this happens seldom.
"""

import inspect
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test.utils import override_settings


@dataclass(frozen=True)
class Recipe:
    make: Any
    needs: tuple[str, ...]
    on: Any = None

    @property
    def name(self) -> str:
        return f"{self.make.__module__}.{self.make.__qualname__}"

    def cook(self, values: dict[str, Any]):
        with time_machine.travel(self.on, tick=True) if self.on else nullcontext():
            return self.make(**{need: values[need] for need in self.needs})


def shared(make=None, *, on=None):
    """A fixture made once for all tests that follow each other and ask for it, as if it were the moment `on` (now).

    It may use the database and other shared fixtures, and nothing else: no file, no cache, no clock of the test's.
    """
    if make is None:
        return lambda function: shared(function, on=on)
    recipe = Recipe(make, tuple(inspect.signature(make).parameters), on)

    def fixture(shared_rows, db, **values):
        return shared_rows.value(recipe, values)

    names = ("shared_rows", "db", *recipe.needs)
    kind = inspect.Parameter.KEYWORD_ONLY
    fixture.__signature__ = inspect.Signature([inspect.Parameter(name, kind) for name in names])
    fixture.__name__, fixture.__doc__, fixture.recipe = make.__name__, make.__doc__, recipe
    return pytest.fixture(fixture)


def recipes_of(item) -> tuple[Recipe, ...]:
    """The shared fixtures that a test asks for, each after those that it needs."""
    found = []

    def add(name):
        for definition in item._fixtureinfo.name2fixturedefs.get(name, ())[-1:]:
            recipe = getattr(definition.func, "recipe", None)
            if recipe and recipe not in found:
                for need in recipe.needs:
                    add(need)
                found.append(recipe)

    for name in item.fixturenames:
        add(name)
    return tuple(found)


def order_of(item) -> tuple[str, ...]:
    """Sorts tests that share rows next to each other, those with more rows after those with fewer."""
    return tuple(recipe.name for recipe in recipes_of(item))


class Rows:
    """What stands in the database around the tests: [(recipe, value, the transaction)], outermost first."""

    def __init__(self, blocker, surroundings: dict[str, Any]):
        self.blocker, self.surroundings = blocker, surroundings
        self.levels: list[tuple[Recipe, Any, transaction.Atomic]] = []
        self.copies: dict[Recipe, Any] | None = None

    def value(self, recipe: Recipe, values: dict[str, Any]):
        """A test's own copy, or, where it came too late to be prepared for, a making of its own."""
        if self.copies is None:
            self.copies = deepcopy({one: value for one, value, _transaction in self.levels})
        return self.copies[recipe] if recipe in self.copies else recipe.cook(values)

    def prepare_for(self, item) -> None:
        self.copies = None
        if not {"db", "transactional_db", "django_db_blocker"} & {*item.fixturenames} and not _marked(item):
            return  # it cannot see the database
        wanted = recipes_of(item)
        here = tuple(recipe for recipe, *_rest in self.levels)
        kept = len([*takewhile(lambda pair: pair[0] is pair[1], zip(here, wanted, strict=False))])
        with self.blocker.unblock():
            self.take_down(kept)
            if len(wanted) > kept:
                self._put_up(wanted[kept:])

    def take_down(self, kept: int = 0) -> None:
        while len(self.levels) > kept:
            *_rest, atomic = self.levels.pop()
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    def _put_up(self, recipes) -> None:
        with override_settings(**self.surroundings):
            cache.clear()
            for recipe in recipes:
                atomic = transaction.atomic()
                atomic.__enter__()
                try:
                    value = recipe.cook({one.make.__name__: made for one, made, _transaction in self.levels})
                except BaseException:
                    transaction.set_rollback(True)
                    atomic.__exit__(None, None, None)
                    raise
                self.levels.append((recipe, value, atomic))


def _marked(item) -> bool:
    return item.get_closest_marker("django_db") is not None
