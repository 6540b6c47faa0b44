"""Rows that many tests start from, made once by a process and rolled back to before each of them.

    @shared
    def cast(units): ...

is a fixture like any other; its parameters are shared fixtures too. What it makes stands in an open transaction around
the tests that ask for it; each of them changes it inside a savepoint of its own, as with Django's `setUpTestData`, and
gets copies of the objects. The fixtures in force are a stack: before each test whatever it does not ask for is rolled
back, so that no test sees rows of a fixture that it does not name. Tests are sorted so that this happens seldom.
"""

import inspect
import pickle
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.db.models import Manager, QuerySet
from django.test.utils import override_settings


@dataclass(frozen=True)
class SharedFixture:
    make: Any
    needs: tuple[str, ...]
    on: Any = None

    @property
    def name(self) -> str:
        return f"{self.make.__module__}.{self.make.__qualname__}"

    def create(self, values: dict[str, Any]):
        with time_machine.travel(self.on, tick=True) if self.on else nullcontext():
            return self.make(**{need: values[need] for need in self.needs})


def shared(make=None, *, on=None):
    """A fixture made once for all tests that follow each other and ask for it, as if it were the moment `on` (now).

    It may use the database and other shared fixtures, and nothing else: no file, no cache, no clock of the test's.
    """
    if make is None:
        return lambda function: shared(function, on=on)
    definition = SharedFixture(make, tuple(inspect.signature(make).parameters), on)

    def fixture(shared_rows, db, **values):
        return shared_rows.value(definition, values)

    names = ("shared_rows", "db", *definition.needs)
    kind = inspect.Parameter.KEYWORD_ONLY
    fixture.__signature__ = inspect.Signature([inspect.Parameter(name, kind) for name in names])
    fixture.__name__, fixture.__doc__, fixture.definition = make.__name__, make.__doc__, definition
    return pytest.fixture(fixture)


def shared_fixtures_of(item) -> tuple[SharedFixture, ...]:
    """The shared fixtures that a test asks for, each after those that it needs."""
    definitions = []

    def add(name):
        for fixturedef in item._fixtureinfo.name2fixturedefs.get(name, ())[-1:]:
            definition = getattr(fixturedef.func, "definition", None)
            if definition and definition not in definitions:
                for need in definition.needs:
                    add(need)
                definitions.append(definition)

    for name in item.fixturenames:
        add(name)
    return tuple(definitions)


def order_of(item) -> tuple[str, ...]:
    """Sorts tests that share rows next to each other, those with more rows after those with fewer."""
    return tuple(definition.name for definition in shared_fixtures_of(item))


class Pickler(pickle.Pickler):
    """Refuses what would ask the database for its rows while it is pickled."""

    def reducer_override(self, value):
        if isinstance(value, QuerySet | Manager):
            raise pickle.PicklingError(f"{type(value).__name__} asks the database")
        return NotImplemented


class Kept:
    """The values of a level, of which each test gets copies: from a pickle, which takes a third of the time of
    `deepcopy`, where they can be pickled."""

    def __init__(self, values: dict[SharedFixture, Any]):
        self.values, written = values, BytesIO()
        try:
            Pickler(written, pickle.HIGHEST_PROTOCOL).dump([*values.values()])
            self.pickled: bytes | None = written.getvalue()
        # each object says in its own way that it cannot be pickled
        except Exception:
            self.pickled = None

    def copies(self) -> dict[SharedFixture, Any]:
        if self.pickled is None:
            return deepcopy(self.values)
        return dict(zip(self.values, pickle.loads(self.pickled), strict=True))


class Rows:
    """What stands in the database around the tests: [(definition, values, the transaction)], outermost first.

    The values of a level are those of all levels up to it, as they stood when it was made: a fixture may change the
    objects that it is given, as it changes their rows, and both are as before once it is rolled back.
    """

    def __init__(self, blocker, surroundings: dict[str, Any]):
        self.blocker, self.surroundings = blocker, surroundings
        self.levels: list[tuple[SharedFixture, Kept, transaction.Atomic]] = []
        self.copies: dict[SharedFixture, Any] | None = None

    def value(self, definition: SharedFixture, values: dict[str, Any]):
        """A test's own copy, or, where it came too late to be prepared for, rows created for it alone."""
        if self.copies is None:
            self.copies = self._copies()
        return self.copies[definition] if definition in self.copies else definition.create(values)

    def prepare_for(self, item) -> None:
        self.copies = None
        if not {"db", "transactional_db", "django_db_blocker"} & {*item.fixturenames} and not _marked(item):
            return  # it cannot see the database
        wanted = shared_fixtures_of(item)
        here = tuple(definition for definition, *_rest in self.levels)
        kept = len([*takewhile(lambda pair: pair[0] is pair[1], zip(here, wanted, strict=False))])
        with self.blocker.unblock():
            self.roll_back_to(kept)
            if len(wanted) > kept:
                self._create_levels(wanted[kept:])

    def roll_back_to(self, kept: int = 0) -> None:
        while len(self.levels) > kept:
            *_rest, atomic = self.levels.pop()
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)

    def _copies(self) -> dict[SharedFixture, Any]:
        return self.levels[-1][1].copies() if self.levels else {}

    def _create_levels(self, definitions) -> None:
        with override_settings(**self.surroundings):
            cache.clear()
            for definition in definitions:
                values = self._copies()
                atomic = transaction.atomic()
                atomic.__enter__()
                try:
                    values[definition] = definition.create({one.make.__name__: value for one, value in values.items()})
                    kept = Kept(values)
                except BaseException:
                    transaction.set_rollback(True)
                    atomic.__exit__(None, None, None)
                    raise
                self.levels.append((definition, kept, atomic))


def _marked(item) -> bool:
    return item.get_closest_marker("django_db") is not None
