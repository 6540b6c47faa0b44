"""Rows in a form independent of the database: one JSON array for each row, after a line with the names of the columns.

Values go through the backend's converters only: a StreamField stays text, so a block that the code no longer knows
survives. JSON columns stay text too, since NULL and the JSON value null differ.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, cast
from uuid import UUID

from django.db import connection, models
from django.utils.duration import duration_microseconds

AT_ONCE = 2000
# {table: why its rows are not in an archive}
LEFT_OUT = {
    "django_session": "a session opens an account: everybody signs in again",
    "outbox_lease": "held by processes that are gone",
    "wagtailsearch_indexentry": "made again from what it indexes",
    "wagtailsearch_indexentry_fts": "made again from what it indexes",
    "pages_searchentry_fts": "made again from what it indexes",
}
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Table:
    name: str
    model: type[models.Model]
    fields: tuple[models.Field, ...]

    @property
    def columns(self) -> list[str]:
        return [str(field.column) for field in self.fields]

    @property
    def quoted(self) -> str:
        return ", ".join(connection.ops.quote_name(column) for column in self.columns)


def tables(apps) -> list[Table]:
    """Every table of `apps` (the real ones, or those of a migration's state), by name, without those left out."""
    by_name = {}
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.managed and not options.proxy and options.db_table not in LEFT_OUT:
            by_name[options.db_table] = Table(options.db_table, model, tuple(options.local_concrete_fields))
    return [by_name[name] for name in sorted(by_name)]


def _base(field: models.Field) -> models.Field:
    """The field that decides the type of a column: for a foreign key, the key that it refers to."""
    while field.remote_field:
        field = cast(models.ForeignKey, field).target_field
    return field


# --- out


def dump(table: Table) -> Iterator[list]:
    """Native Python values, ordered by primary key, within the caller's transaction."""
    quote = connection.ops.quote_name
    base = [_base(field) for field in table.fields]
    columns = [field.get_col(table.name) for field in base]
    convert = [[(place, [*connection.ops.get_db_converters(column)], column)] for place, column in enumerate(columns)]
    steps = [step for steps in convert for step in steps if step[1]]
    order = quote(str(table.model._meta.pk.column))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {table.quoted} FROM {quote(table.name)} ORDER BY {order}")
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                values = list(row)
                for place, converters, column in steps:
                    for converter in converters:
                        values[place] = converter(values[place], column, connection)
                yield values


def as_lines(table: Table, rows: Iterable[list], count: Callable[[int], None]) -> Iterator[bytes]:
    """Lines of JSON in pieces of several rows; `count` is called with the number of rows of each piece."""
    yield json.dumps(table.columns).encode() + b"\n"
    remaining = iter(rows)
    while some := list(islice(remaining, AT_ONCE)):
        yield "".join(json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in some).encode()
        count(len(some))


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return b64encode(bytes(value)).decode()
        case timedelta():
            return duration_microseconds(value)
        case _:
            return str(value)  # UUID, Decimal, addresses


# --- in

READ: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
    "DecimalField": Decimal,
    "BinaryField": b64decode,
    "DurationField": lambda microseconds: microseconds * MICROSECOND,
}


def parsed(table: Table, lines: Iterable[bytes]) -> Iterator[list]:
    """Native values in the order of the table's own columns. Raises KeyError where the part lacks one of them."""
    source = iter(lines)
    place = {name: number for number, name in enumerate(json.loads(next(source)))}
    order = [place[column] for column in table.columns]
    readers = [READ.get(_base(field).get_internal_type()) for field in table.fields]
    for line in source:
        row = json.loads(line)
        values = [row[number] for number in order]
        yield [
            reader(value) if reader and value is not None else value
            for reader, value in zip(readers, values, strict=True)
        ]


def load(table: Table, rows: Iterator[list]) -> int:
    """Inserts the rows into the empty table within the caller's transaction; returns how many."""
    return _copy(table, rows) if connection.vendor == "postgresql" else _insert(table, rows)


def _copy(table: Table, rows: Iterator[list]) -> int:
    count = 0
    statement = f"COPY {connection.ops.quote_name(table.name)} ({table.quoted}) FROM STDIN"
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as target:
        for row in rows:
            target.write_row(row)
            count += 1
    return count


def _insert(table: Table, rows: Iterator[list]) -> int:
    count = 0
    marks = ", ".join(["%s"] * len(table.fields))
    statement = f"INSERT INTO {connection.ops.quote_name(table.name)} ({table.quoted}) VALUES ({marks})"
    with connection.cursor() as cursor:
        while some := [[_stored(value) for value in row] for row in islice(rows, AT_ONCE)]:
            cursor.executemany(statement, some)
            count += len(some)
    return count


def _stored(value: Any) -> Any:
    """The value as Django writes it into SQLite."""
    match value:
        case datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case date() | time() | Decimal():
            return str(value)
        case UUID():
            return value.hex
        case timedelta():
            return duration_microseconds(value)
        case _:
            return value
