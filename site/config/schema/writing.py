"""A file written anew, from a database that was made by steps."""

from datetime import UTC, datetime

from django.core.management import call_command
from django.utils import timezone

from config.schema import files, placeholders
from config.schema.scratch import scratch_database
from config.schema.vendors import rows, sql_of

HEAD = """-- An empty database on {vendor}, as all migrations and their signals leave it (docs/schema.md).
-- Written by `manage.py write_schema`: do not edit.
"""


def write(connection) -> None:
    since = timezone.now().astimezone(UTC).replace(tzinfo=None)
    with scratch_database(connection):
        by_steps()
        text = text_of(connection, since)
    path = files.path_of(connection.vendor)
    draft = path.with_suffix(".part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def by_steps() -> None:
    call_command("migrate", by_steps=True, interactive=False, verbosity=0)


def text_of(connection, since: datetime) -> str:
    """The whole database of a connection as statements; what was made `since` gets placeholders."""
    sql = sql_of(connection)
    filled = placeholders.put(_statements(_inserts(connection)), since)
    head = HEAD.format(vendor=connection.vendor)
    return "\n".join([head, _statements(sql.before_rows(connection)), filled, _statements(sql.after_rows(connection))])


def _inserts(connection) -> list[str]:
    """One row a line, in an order that random keys and moments have no say in."""
    made = []
    for table, columns in sorted(sql_of(connection).tables(connection).items()):
        found = sorted(rows(connection, table, columns), key=in_order)
        if found:
            names = ", ".join(f'"{column}"' for column in columns)
            lines = ",\n".join(f"({','.join(row)})" for row in found)
            made.append(f'INSERT INTO "{table}" ({names}) VALUES\n{lines}')
    return made


def in_order(row: tuple[str, ...]) -> list[tuple[int, str]]:
    """Numbers by their size."""
    return [(len(value), value) for value in map(placeholders.masked, row)]


def _statements(parts: list[str]) -> str:
    return "".join(f"{part};\n" for part in parts)
