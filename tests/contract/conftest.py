"""A seeded house for every contract test, a copy of one that was seeded once in the session."""

import os
import shutil
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from houses import SEEDED_ON, House, at, connected_to, copy_database, drop_database, on_postgres


def _place(tmp, name):
    """Where a database of that name lives: a file in its own data directory, or a database of the server."""
    data_dir = tmp / name
    data_dir.mkdir(parents=True, exist_ok=True)
    return data_dir, f"contract_{os.getpid()}_{name}" if on_postgres() else str(data_dir / "db.sqlite3")


@pytest.fixture(scope="session")
def empty_database(request, django_db_setup, django_db_blocker):
    """The migrated database that pytest-django makes; it makes none when no collected test asks for `db`."""
    with django_db_blocker.unblock():
        made = connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"]
        before, keep = connection.settings_dict["NAME"], request.config.getvalue("reuse_db")
        if not made:
            fresh = request.config.getvalue("create_db")
            connection.creation.create_test_db(verbosity=0, autoclobber=True, keepdb=keep and not fresh)
        connection.close()
        yield connection.settings_dict["NAME"]
        if not made:
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
def house(seeded, django_db_blocker, tmp_path, settings):
    data_dir, name = _place(tmp_path, "house")
    settings.DATA_DIR = data_dir
    with django_db_blocker.unblock():
        copy_database(seeded, name)
        with connected_to(name):
            yield House(data_dir, name)
        drop_database(name)
    shutil.rmtree(data_dir, ignore_errors=True)
