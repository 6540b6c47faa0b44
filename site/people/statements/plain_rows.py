"""Many rows or keys at once: asking each field of each model costs several times what the database does."""

import json
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

# of one statement; SQLite takes 32,766
MOST_VALUES = 30_000
# no key is negative; whom a query that is kept is written about
NOBODY = [-1]


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Inserts the values of the columns `names` (`person_id`, not `person`); returns how many rows.

    Columns that are not named get what the database has for them: NULL, or a key. Nothing is derived, no signal sent.
    """
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    # to the end first: no driver answers a query while it sends rows
    values = list(_stored(fields, rows))
    if not values:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.cursor.copy(f"COPY {_into(model, fields)} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {_into(model, fields)} VALUES {_marks(fields)}", values)
    return len(values)


def insert_models(rows: Sequence[models.Model]) -> int:
    """The same of models of one kind, with what their columns derive. They do not learn their keys."""
    if not rows:
        return 0
    fields = _fields(rows[0])
    return insert_rows(type(rows[0]), [field.attname for field in fields], _values(fields, rows))


def insert_keyed(rows: Sequence[models.Model]) -> None:
    """The same, and each learns its key."""
    if not rows:
        return
    model, fields = type(rows[0]), _fields(rows[0])
    key = connection.ops.quote_name(str(model._meta.pk.column))
    at_once = MOST_VALUES // len(fields)
    with connection.cursor() as cursor:
        for first in range(0, len(rows), at_once):
            some = rows[first : first + at_once]
            marks = ", ".join([_marks(fields)] * len(some))
            values = list(chain.from_iterable(_stored(fields, _values(fields, some))))
            cursor.execute(f"INSERT INTO {_into(model, fields)} VALUES {marks} RETURNING {key}", values)
            for row, (pk,) in zip(some, cursor.fetchall(), strict=True):
                row.pk, row._state.adding, row._state.db = pk, False, connection.alias


def _fields(row: models.Model) -> list[models.Field]:
    return [field for field in row._meta.concrete_fields if not field.primary_key]


def _values(fields: list[models.Field], rows: Iterable[models.Model]) -> Iterable[list]:
    return ([field.pre_save(row, True) for field in fields] for row in rows)


def _stored(fields: list[models.Field], rows: Iterable[Sequence[Any]]) -> Iterable[list]:
    ways = [_way_to_store(field) for field in fields]
    return ([stored(value) for stored, value in zip(ways, row, strict=True)] for row in rows)


def _way_to_store(field: models.Field) -> Callable[[Any], Any]:
    """Turns a value into what the driver takes."""
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    return lambda value: value.value if isinstance(value, Enum) else value


def _into(model: type[models.Model], fields: list[models.Field]) -> str:
    name = connection.ops.quote_name
    return f"{name(model._meta.db_table)} ({', '.join(name(str(field.column)) for field in fields)})"


def _marks(fields: list[models.Field]) -> str:
    return f"({', '.join(['%s'] * len(fields))})"


def among(keys: Iterable[int]) -> RawSQL:
    """For `person__in=among(ids)`: thousands of keys as one parameter. Each as a parameter of its own costs more than
    the query that looks for them.
    """
    keys = list(keys)
    if connection.vendor == "postgresql":
        # as PostgreSQL writes an array: the driver takes each key of a list by itself
        return RawSQL("SELECT unnest(%s::bigint[])", [f"{{{','.join(map(str, keys))}}}"])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)])


def asked_about(keys: Iterable[int], parameters: Iterable[Any]) -> list[Any]:
    """The parameters of a query with `among(NOBODY)`, now of these keys. For queries that are asked again and again and
    take Django longer to write than the database to answer: their text is kept.
    """
    (nobody,), (asked,) = among(NOBODY).params, among(keys).params
    return [asked if value == nobody else value for value in parameters]
