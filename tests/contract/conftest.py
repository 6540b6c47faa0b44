"""A seeded installation for every contract test, a copy of one that was seeded once in the session."""

import os
import shutil
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from installations import DEMO_ON, SEEDED_ON, Installation, at, connected_to, copy_database, drop_database, on_postgres


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """First of all tests: an installation copies the migrated database, which transactional tests flush."""
    items.sort(key=lambda item: "contract" not in item.path.parts)


def pytest_itemcollected(item):
    """The seeded installations are dear to make: one process makes them."""
    if "contract" in item.path.parts:
        item.add_marker(pytest.mark.xdist_group("contract"))


# a password costs 0.2 s with the real one
QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def _place(tmp, name):
    """Where a database of that name lives: a file in its own data directory, or a database of the server."""
    data_dir = tmp / name
    data_dir.mkdir(parents=True, exist_ok=True)
    return data_dir, f"contract_{os.getpid()}_{name}" if on_postgres() else str(data_dir / "db.sqlite3")


@pytest.fixture(scope="session")
def empty_database(request, django_db_setup, django_db_blocker):
    """The migrated database that pytest-django makes; it makes none when no collected test asks for `db`."""
    with django_db_blocker.unblock():
        is_test_database = connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"]
        before, keep = connection.settings_dict["NAME"], request.config.getvalue("reuse_db")
        if not is_test_database:
            fresh = request.config.getvalue("create_db")
            connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=keep and not fresh)
        connection.close()
        yield connection.settings_dict["NAME"]
        if not is_test_database:
            connection.creation.destroy_test_db(before, verbosity=0, keepdb=keep)


@pytest.fixture(scope="session")
def seeded(empty_database, django_db_blocker, tmp_path_factory):
    """The name of a database that was seeded long ago (2020), with all that a fresh installation has."""
    with django_db_blocker.unblock():
        _data_dir, name = _place(tmp_path_factory.mktemp("contract"), "seeded")
        copy_database(empty_database, name)
        with connected_to(name), time_machine.travel(at(SEEDED_ON), tick=True):
            call_command("seed", stdout=StringIO(), stderr=StringIO())
        yield name
        drop_database(name)


@pytest.fixture
def installation(seeded, django_db_blocker, tmp_path, settings):
    data_dir, name = _place(tmp_path, "installation")
    settings.DATA_DIR = data_dir
    with django_db_blocker.unblock():
        copy_database(seeded, name)
        with connected_to(name):
            installation = Installation(data_dir, name)
            yield installation
            installation.commands.close()
        drop_database(name)
    shutil.rmtree(data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def demoed(empty_database, django_db_blocker, tmp_path_factory):
    """(data directory, database) with the demo's year of learning; half a minute, so once in a session."""
    with django_db_blocker.unblock():
        data_dir, name = _place(tmp_path_factory.mktemp("contract"), "demo")
        copy_database(empty_database, name)
        local = {"DATA_DIR": data_dir, "INSECURE_HTTP": True, "PASSWORD_HASHERS": [QUICK_HASHER]}
        with connected_to(name), override_settings(**local), time_machine.travel(at(DEMO_ON, 9), tick=True):
            call_command("seed", demo=True, stdout=StringIO(), stderr=StringIO())
        yield data_dir, name
        drop_database(name)


@pytest.fixture
def demo_installation(demoed, django_db_blocker, tmp_path, settings):
    """A copy of the demo on its first day."""
    data_dir, name = _place(tmp_path, "demo_installation")
    settings.DATA_DIR, settings.INSECURE_HTTP = data_dir, True
    shutil.copy(demoed[0] / "demo.json", data_dir)
    with django_db_blocker.unblock():
        copy_database(demoed[1], name)
        with connected_to(name):
            installation = Installation(data_dir, name)
            yield installation
            installation.commands.close()
        drop_database(name)
