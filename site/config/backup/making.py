"""Makes an archive while the site runs: all rows as of one moment, then the files as they are found."""

import platform
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from config.backup import rows, secret, stores
from config.backup.archive import FORMAT, BackupError, Writer, pieces

# called with the kind of work, the number done and the total
Progress = Callable[[str, int, int], None]


def software_version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def make(path: Path, progress: Progress, *, with_secret_key: bool = False) -> dict:
    """Writes the archive and returns its manifest. Raises BackupError, and then leaves no file at `path`."""
    if path.exists():
        raise BackupError(_("%(path)s đã có; hãy đặt tên khác để không ghi đè bản sao lưu cũ.") % {"path": path})
    migrations = _applied()
    writer = Writer(path)
    try:
        manifest = {
            "product": "la-chan",
            "format": FORMAT,
            "version": software_version(),
            "made_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "python": platform.python_version(),
            "packages": {name: version(name) for name in ("Django", "wagtail")},
            "migrations": migrations,
            "left_out": rows.LEFT_OUT,
            "secret_key": _secret(writer, with_secret_key),
            "tables": _tables(writer, progress),
            # files come after the rows, since a row names its file only once the file is there
            "files": _files(writer, progress),
        }
        writer.finish(manifest)
    except BaseException:
        writer.give_up()
        raise
    return manifest


def _applied() -> dict[str, list[str]]:
    """{app: names of its migrations in the database}. Raises BackupError where the code is ahead of the database."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupError(_("Cơ sở dữ liệu chưa theo kịp bản cài này; hãy chạy `manage.py prepare` trước."))
    applied: dict[str, list[str]] = {}
    for app, name in sorted(executor.loader.applied_migrations):
        applied.setdefault(app, []).append(name)
    return applied


def _secret(writer: Writer, included: bool) -> dict:
    entry: dict = {"fingerprint": secret.fingerprint()}
    if included:
        entry["part"] = {"part": secret.PART, **writer.add(secret.PART, [settings.SECRET_KEY.encode()])}
    return entry


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as of one moment, and no writer waits for it.

    `atomic` would take SQLite's only write lock, so the transaction is opened by hand.
    """
    connection.ensure_connection()
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _tables(writer: Writer, progress: Progress) -> list[dict]:
    listed = []
    with one_moment():
        tables = rows.tables(apps)
        for number, table in enumerate(tables):
            count = 0

            def counted(some: int, number=number) -> None:
                nonlocal count
                count += some
                progress(_("Bảng"), number, len(tables))

            part = f"tables/{table.name}.jsonl"
            details = writer.add(part, rows.as_lines(table, rows.dump(table), counted))
            listed.append({"name": table.name, "part": part, "rows": count, **details})
    return listed


def _files(writer: Writer, progress: Progress) -> list[dict]:
    files = [(store, name) for store, storage in stores.stores().items() for name in stores.names(storage)]
    listed = []
    for number, (store, name) in enumerate(files, start=1):
        part = f"files/{store}/{name}"
        try:
            with stores.stores()[store].open(name) as stream:
                details = writer.add(part, pieces(stream))
        except FileNotFoundError:
            continue  # deleted since it was listed, together with its row
        listed.append({"store": store, "name": name, "part": part, **details})
        progress(_("Tệp"), number, len(files))
    return listed
