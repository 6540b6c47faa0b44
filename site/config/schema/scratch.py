"""A database for a moment, beside the one that the settings name, which is not touched."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_database(connection) -> Iterator[None]:
    """`connection` sees an empty database of its own, which is gone afterwards."""
    before = connection.settings_dict["NAME"]
    connection.close()
    with _place(connection) as name:
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


@contextmanager
def _place(connection) -> Iterator[str]:
    if connection.vendor == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield str(Path(folder) / "schema.sqlite3")
        return
    name = f"la_chan_schema_{os.getpid()}"
    _on_server(connection, f'DROP DATABASE IF EXISTS "{name}"')
    _on_server(connection, f'CREATE DATABASE "{name}"')
    try:
        yield name
    finally:
        _on_server(connection, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(connection, statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
