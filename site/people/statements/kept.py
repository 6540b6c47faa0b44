"""Statements that are written once and asked often: Django needs longer to write a long one than a database to answer
it. Kept is what is asked, never an answer.

    rows_of(("children", unit, day), lambda: Reach.objects.filter(…).values_list(…))

What is asked about each person who comes is written once for all of them:

    rows_about(person, ("seen",), lambda person: LessonSeen.objects.filter(person=person.pk).values_list(…))
"""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple, Protocol, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from people.statements.plain_rows import among

# statements that a process keeps; about five kilobytes each
MOST = 512


# the key of whom a statement about anybody is written about; nobody has it, and no other parameter is it
ANYBODY = -987_654_321


M = TypeVar("M", bound=Model)


class Person(Protocol):
    @property
    def pk(self) -> Any: ...


class _Anybody(NamedTuple):
    pk: int = ANYBODY


class Written(NamedTuple):
    """`converters` are those of a column's values, by its place; of a statement that can find nothing `sql` is ""."""

    sql: str
    params: tuple
    converters: tuple[tuple[int, list[Callable], Any], ...] = ()


_KEPT: dict[tuple, Written] = {}


def written(key: tuple[Hashable, ...], build: Callable[[], QuerySet]) -> Written:
    """`build()` gives a `values_list` that depends on nothing but `key`, today's date and constants: not on who asks,
    on the time of day, or on what the database holds.
    """
    whole = (connection.vendor, timezone.localdate(), *key)
    kept = _KEPT.get(whole)
    if kept is None:
        if len(_KEPT) >= MOST:
            _KEPT.clear()
        kept = _KEPT[whole] = write(build())
    return kept


def write(rows: QuerySet) -> Written:
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return Written("", ())
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    return Written(sql, tuple(params), tuple((place, *each) for place, each in converters.items()))


def about(person: Person, key: tuple[Hashable, ...], build: Callable[[Person], QuerySet]) -> Written:
    """The statement for this person. `build(person)` uses nothing of her but `pk`; for the rest see `written`."""
    asked = written(("about", *key), lambda: build(_Anybody()))
    # one key, or the only one of several
    (anybody,), (she,) = among([ANYBODY]).params, among([person.pk]).params
    hers = {ANYBODY: person.pk, anybody: she}
    params = (hers.get(value, value) if isinstance(value, int | str) else value for value in asked.params)
    return asked._replace(params=tuple(params))


def rows_about(person: Person, key: tuple[Hashable, ...], build: Callable[[Person], QuerySet]) -> list[tuple]:
    """The rows; one query. For `key` and `build` see `about`."""
    return _fetched(about(person, key, build))


def models_about(
    model: type[M], person: Person, key: tuple[Hashable, ...], build: Callable[[Person], QuerySet[M]]
) -> list[M]:
    """The same of whole rows; `build` gives those of `model`, without related ones."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = rows_about(person, (model, *key), lambda person: build(person).values_list(*names))
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in rows]


def rows_of(key: tuple[Hashable, ...], build: Callable[[], QuerySet]) -> list[tuple]:
    """The rows; one query. For `key` and `build` see `written`."""
    return _fetched(written(key, build))


def there_are(asked: list[Written]) -> list[bool]:
    """Of which of these there is any row; one query, or none."""
    if not any(one.sql for one in asked):
        return [False] * len(asked)
    looks = [f"EXISTS ({one.sql})" if one.sql else "1 = 0" for one in asked]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(looks)}", [param for one in asked for param in one.params])
        return [bool(there) for there in cursor.fetchone()]


def _fetched(asked: Written) -> list[tuple]:
    if not asked.sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.params)
        rows = cursor.fetchall()
    return _converted(rows, asked.converters) if asked.converters else rows


def count_of(key: tuple[Hashable, ...], build: Callable[[], QuerySet]) -> int:
    """How many rows there are; one query."""
    [number] = counts_of([written(key, build)])
    return number


def counts_of(asked: list[Written]) -> list[int]:
    """How many rows each of these has; one query, or none."""
    if not any(one.sql for one in asked):
        return [0] * len(asked)
    numbers = [f"(SELECT COUNT(*) FROM ({one.sql}) counted)" if one.sql else "0" for one in asked]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(numbers)}", [param for one in asked for param in one.params])
        return list(cursor.fetchone())


def _converted(rows: list[tuple], converters: tuple) -> list[tuple]:
    told = [list(row) for row in rows]
    for row in told:
        for place, convert, expression in converters:
            for each in convert:
                row[place] = each(row[place], expression, connection)
    return [tuple(row) for row in told]
