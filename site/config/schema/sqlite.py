"""Structure and catalogue of an SQLite database, and how a file of statements is run on it."""

import sqlite3
from collections.abc import Iterator

ENGINE = "sqlite"


def lock(connection) -> None:
    """Transactions begin with the write lock (BEGIN IMMEDIATE in settings.py): there is nothing to add."""


def execute(connection, text: str) -> None:
    """Statement by statement: `executescript` would commit the caller's transaction first."""
    with connection.cursor() as cursor:
        for statement in statements(text):
            cursor.execute(statement)


def statements(text: str) -> Iterator[str]:
    """Cut by SQLite itself, which knows literals and the semicolons inside a trigger."""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        lines.append(line)
        if line.endswith(";\n") and sqlite3.complete_statement(statement := "".join(lines)):
            yield statement
            lines = []
    if rest := "".join(lines).strip():
        yield rest


def tables(connection) -> dict[str, list[str]]:
    """Columns of every table that is filled by statements; a search table is filled by triggers."""
    return {name: _columns(connection, name) for name in _names(connection, "table")}


def all_tables(connection) -> dict[str, list[str]]:
    virtual = {name: _columns(connection, name) for name in _names(connection, "virtual")}
    return {**tables(connection), **virtual, "sqlite_sequence": ["name", "seq"]}


def literals(column: str) -> str:
    return f'quote("{column}")'


def before_rows(connection) -> list[str]:
    """A virtual table is made by its own statement and makes its shadow tables itself. (Writing them into
    `sqlite_master`, as `iterdump` does, leaves the connection without a search table.)"""
    names = [*_names(connection, "table"), *_names(connection, "virtual")]
    return [sql for name in names for (sql,) in _rows(connection, "type = 'table' AND name = %s", [name])]


def after_rows(connection) -> list[str]:
    """Values of sequences as they are, since rows that were deleted have used some up; then indexes and triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote(name), seq FROM sqlite_sequence ORDER BY name")
        values = ",\n".join(f"({name},{value})" for name, value in cursor.fetchall())
    made = [sql for kind in ("index", "view", "trigger") for (sql,) in _rows(connection, "type = %s", [kind])]
    return ["DELETE FROM sqlite_sequence", f"INSERT INTO sqlite_sequence (name, seq) VALUES\n{values}", *made]


def catalogue(connection) -> dict[str, str]:
    """What SQLite keeps of every object is the statement that made it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, coalesce(sql, 'made with its table') FROM sqlite_master")
        found = {f"{kind} {name}": f"{table}: {sql}" for kind, name, table, sql in cursor.fetchall()}
        for pragma in ("encoding", "user_version", "application_id", "auto_vacuum", "integrity_check"):
            found[f"PRAGMA {pragma}"] = str(cursor.execute(f"PRAGMA {pragma}").fetchone()[0])
        found["PRAGMA foreign_key_check"] = str(cursor.execute("PRAGMA foreign_key_check").fetchall())
    return found


def _names(connection, kind: str) -> list[str]:
    """ "table" or "virtual", without shadow tables and SQLite's own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = %s ORDER BY name", [kind])
        return [name for (name,) in cursor.fetchall() if not name.startswith("sqlite_")]


def _columns(connection, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_info(%s) ORDER BY cid", [table])
        return [name for (name,) in cursor.fetchall()]


def _rows(connection, condition: str, parameters: list) -> list[tuple[str]]:
    """Statements of `sqlite_master`; an index that came with its table has none."""
    with connection.cursor() as cursor:
        query = f"SELECT sql FROM sqlite_master WHERE {condition} AND sql IS NOT NULL ORDER BY name"
        cursor.execute(query, parameters)
        return cursor.fetchall()
