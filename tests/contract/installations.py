"""An installation: a data directory and a database of its own, where commands run as for an administrator."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from resilience.commands import Commands

ROOT = Path(__file__).resolve().parents[2]
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SEEDED_ON = "2020-01-02"
DEMO_ON = "2026-11-24"


def at(day, hour=12, minute=0):
    """Noon in Vietnam, unless said otherwise: the moment at which somebody works on that day."""
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:00").replace(tzinfo=VIETNAM)


def on_postgres():
    return connection.vendor == "postgresql"


def copy_database(source, target):
    """`source` must have no open connection."""
    if not on_postgres():
        # a backup, since a write-ahead log may still lie beside the file
        with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
            old.backup(new)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}"')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop_database(name):
    if on_postgres():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def connected_to(name):
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(name)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"<exit {self.status}>\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Installation:
    """`manage` in this process (quick, time can travel), `process` in one of its own (exit status, environment), `fork`
    in one that did not start Django itself."""

    def __init__(self, data_dir, database):
        self.data_dir, self.database = data_dir, database
        self.commands = Commands(data_dir, subprocess.DEVNULL)

    def manage(self, *arguments, on=None):
        out, err = StringIO(), StringIO()
        with time_machine.travel(at(on) if isinstance(on, str) else on, tick=False) if on else _now():
            try:
                call_command(*map(str, arguments), stdout=out, stderr=err)
                status = 0
            except CommandError as error:
                err.write(str(error))
                status = error.returncode
            except SystemExit as leaving:
                status = leaving.code or 0
        return Result(status, out.getvalue(), err.getvalue())

    def process(self, *arguments, **environment):
        connection.close()
        ran = subprocess.run(
            [sys.executable, ROOT / "manage.py", *map(str, arguments)],
            env={**os.environ, **self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            cwd=ROOT,
        )
        return Result(ran.returncode, ran.stdout, ran.stderr)

    def fork(self, *arguments):
        connection.close()
        return Result(*self.commands.run(arguments, {**os.environ, **self.environment}))

    @property
    def environment(self):
        variables = {"DATA_DIR": str(self.data_dir), "INSECURE_HTTP": "1", "PYTHONWARNINGS": "ignore"}
        if on_postgres():
            base = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
            variables["DATABASE_URL"] = f"{base}/{self.database}"
        return variables

    def coverage(self, *arguments, requirement="nhan-dien-nan-nhan", on=None):
        result = self.manage("coverage", requirement, *arguments, "--format", "json", on=on)
        assert result.status == 0, result
        return result.json

    def file(self, name, rows, header=None):
        """A CSV in the contract's own header; rows are dictionaries, or text as it is."""
        path = self.data_dir / name
        if isinstance(rows, (str, bytes)):
            path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
            return path
        header = header or list(rows[0])
        lines = [",".join(header)]
        lines += [",".join(_quoted(str(row.get(column, ""))) for column in header) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def report(self, *arguments, on=None):
        """An import with `--report`: (result, the report as read back)."""
        path = self.data_dir / "report.json"
        path.unlink(missing_ok=True)
        result = self.manage(*arguments, "--report", path, on=on)
        return result, json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


@contextmanager
def _now():
    yield


def _quoted(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text


def days_after(text, days):
    return (datetime.fromisoformat(text) + timedelta(days=days)).date().isoformat()
