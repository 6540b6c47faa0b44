"""Narrows a search to the pages that may be hits, by an index of words; `finding` decides which are, and their order.

SQLite keeps the words of `SearchEntry` in an FTS5 table, which triggers feed and a search asks before it compares
letters. PostgreSQL uses a trigram index for LIKE by itself. Either is made after each `migrate` where it can be made;
where it cannot (SQLite without FTS5, no right to create the extension), each search reads every row.
"""

import re
from itertools import pairwise

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

TABLE = "pages_searchentry"
INDEX = f"{TABLE}_fts"
COLUMNS = "title, words, marks"
# its tokens are what spaces part; only Latin words are asked for, whose letters every version of SQLite knows
STATEMENTS = {
    INDEX: f"CREATE VIRTUAL TABLE {INDEX} USING fts5({COLUMNS}, content='{TABLE}', content_rowid='page_id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='1 2')",
    f"insert_{INDEX}": f"CREATE TRIGGER insert_{INDEX} AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}(rowid, {COLUMNS}) VALUES (NEW.page_id, NEW.title, NEW.words, NEW.marks); END",
    f"delete_{INDEX}": f"CREATE TRIGGER delete_{INDEX} AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, {COLUMNS}) VALUES "
    "('delete', OLD.page_id, OLD.title, OLD.words, OLD.marks); END",
    f"update_{INDEX}": f"CREATE TRIGGER update_{INDEX} AFTER UPDATE ON {TABLE} BEGIN "
    f"INSERT INTO {INDEX}({INDEX}, rowid, {COLUMNS}) VALUES "
    "('delete', OLD.page_id, OLD.title, OLD.words, OLD.marks); "
    f"INSERT INTO {INDEX}(rowid, {COLUMNS}) VALUES (NEW.page_id, NEW.title, NEW.words, NEW.marks); END",
}
TRIGRAMS = f"{TABLE}_words_trigrams"
# of others, and of one that begins with a letter like "ở", the rule takes any part of a line
LATIN = re.compile("[a-z0-9\u00df-\u024f][a-z0-9\u00df-\u024f\u1e00-\u1eff]*")
# databases of this process in which the index was seen; it is never taken away while the site runs
_seen: set[str] = set()


def may_fit(words: tuple[str, ...], typed: tuple[str, ...]) -> Q:
    """Of the rows that fit, all; of the others, few. `words` are folded; `typed` are the same with marks, or none."""
    connection = connections[DEFAULT_DB_ALIAS]
    asked = expression(words, typed) if connection.vendor == "sqlite" else ""
    if not asked or not _is_there(connection):
        return Q()
    return Q(pk__in=RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [asked]))


def expression(words: tuple[str, ...], typed: tuple[str, ...]) -> str:
    """FTS5's wording of what a hit must have, as far as its words are Latin; "" where none is."""
    if not any(map(LATIN.fullmatch, words)):
        return ""
    needed = _all("words", words)
    if len(words) > 1 and all(map(LATIN.fullmatch, words + typed)):
        beside = [text for first, second in pairwise(words) for text in (f"{first} {second}", f"{second} {first}")]
        either = [*(_begins("words", text) for text in beside), f"({_all('title', words)})"]
        if typed:
            either.append(f"({_all('marks', typed)})")
        needed += f" AND ({' OR '.join(either)})"
    return needed


def _all(column: str, words: tuple[str, ...]) -> str:
    return " AND ".join(_begins(column, word) for word in words if LATIN.fullmatch(word))


def _begins(column: str, words: str) -> str:
    return f'{column} : "{words}" *'


def _is_there(connection) -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _seen and _made(connection) == STATEMENTS:
        _seen.add(name)
    return name in _seen


def _made(connection) -> dict[str, str]:
    """{name: statement} of what there is of the index in an SQLite database."""
    with connection.cursor() as cursor:
        names = ", ".join(["%s"] * len(STATEMENTS))
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN ({names})", [*STATEMENTS])
        return dict(cursor.fetchall())


def make(using: str = DEFAULT_DB_ALIAS, **_kwargs) -> bool:
    """Makes the index and fills it, where it is missing or in part; whether the database has it then."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():  # the migrations were reversed
        return False
    try:
        with transaction.atomic(using=using):
            (_make_words if connection.vendor == "sqlite" else _make_trigrams)(connection)
    except DatabaseError:  # no FTS5; no right to the extension, or it is not on the server
        return False
    return True


def _make_words(connection) -> None:
    made = _made(connection)
    if made != STATEMENTS:
        _make_anew(connection, made)
    _seen.add(str(connection.settings_dict["NAME"]))


def _make_anew(connection, made: dict[str, str]) -> None:
    """A table that was made anew has lost its triggers, and the index what was written since."""
    with connection.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP {'TABLE' if name == INDEX else 'TRIGGER'} {name}")
        for statement in STATEMENTS.values():
            cursor.execute(statement)
        cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")


def _make_trigrams(connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [TRIGRAMS])
        if cursor.fetchone()[0] is not None:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace "
            "WHERE e.extname = 'pg_trgm'"
        )
        place = cursor.fetchone()[0]
        cursor.execute(f"CREATE INDEX {TRIGRAMS} ON {TABLE} USING gin (words {place}.gin_trgm_ops)")
