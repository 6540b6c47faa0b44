"""What differs between the two databases: each module has the same functions."""

from collections.abc import Iterator
from types import ModuleType

from config.schema import postgresql, postgresql_catalogue, sqlite

VENDORS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def sql_of(connection) -> ModuleType:
    return VENDORS[connection.vendor]


def catalogue_of(connection) -> dict[str, str]:
    module = postgresql_catalogue if connection.vendor == "postgresql" else sqlite
    return module.catalogue(connection)


def rows(connection, table: str, columns: list[str]) -> Iterator[tuple[str, ...]]:
    """Each row as literals of SQL, written by the database itself."""
    literals = ", ".join(sql_of(connection).literals(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {literals} FROM "{table}"')
        yield from cursor.fetchall()
