"""Bringing an archive back into an empty place, on either database, from this version or an older one.

The tables are made as they were when the archive was written, filled in one transaction, and only then brought to the
version that is installed: that is the way of an upgrade too. Killed on the way, it is simply run again.
"""

import os
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.files import File
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from config import statistics
from config.backup import rows, secret, stores
from config.backup.archive import BackupError, Reader, pieces
from config.backup.making import Progress, software_version
from config.schema.quick_steps import quick_steps
from media.consents.ending import end_what_is_over

# where somebody has begun to work, there are people
PEOPLE = "people_user"


def restore(reader: Reader, progress: Progress) -> dict:
    """{"tables", "rows", "files", "same_secret_key"}. Raises BackupError; until rows are in, nothing is final."""
    targets = _targets(reader.manifest)
    refuse_unless_empty(reader)
    reader.verify(lambda done, of: progress(_("Kiểm tra"), done, of))
    files = _bring_files(reader, progress)
    progress(_("Tạo bảng"), 0, 1)
    executor = MigrationExecutor(connection)
    with quick_steps():
        executor.migrate(targets)
    count = _bring_rows(reader, _tables_at(targets), progress)
    progress(_("Lên phiên bản"), 0, 1)
    call_command("migrate", by_steps=True, interactive=False, verbosity=0)
    # consents that ended by their date meanwhile, before anything is served
    end_what_is_over(timezone.now())
    call_command("wagtail_update_index", verbosity=0, stdout=StringIO())
    statistics.gather()
    for alias in settings.CACHES:
        caches[alias].clear()
    return {
        "from_version": reader.manifest["version"],
        "version": software_version(),
        "tables": len(reader.manifest["tables"]),
        "rows": count,
        "files": files,
        "same_secret_key": _bring_secret(reader),
    }


def refuse_unless_empty(reader: Reader) -> None:
    """Raises BackupError where there is anybody, any other program's table, or any file that the archive lacks."""
    names = set(connection.introspection.table_names())
    ours = {table.name for table in rows.tables(apps)} | {"django_migrations", *rows.LEFT_OUT}
    known = {part["name"] for part in reader.manifest["tables"]}
    # an FTS5 table has shadows that bear its name
    shadows = tuple(f"{name}_" for name in rows.LEFT_OUT if name.endswith("_fts"))
    strange = {name for name in names - ours - known if not name.startswith(shadows)}
    if strange or (PEOPLE in names and _has_rows(PEOPLE)):
        raise BackupError(_("Cơ sở dữ liệu này không trống nên không khôi phục vào; hãy tạo một cơ sở dữ liệu mới."))
    listed = {(part["store"], part["name"]) for part in reader.manifest["files"]}
    for store, storage in stores.stores().items():
        if any((store, name) not in listed for name in stores.names(storage)):
            raise BackupError(
                _("Thư mục %(folder)s đã có tệp nên không khôi phục vào; hãy đặt DATA_DIR là một thư mục trống.")
                % {"folder": store}
            )


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
        return cursor.fetchone() is not None


def _targets(manifest: dict) -> list[tuple[str, str]]:
    """The archive's last migration of each app. Raises BackupError where this code does not lead from there."""
    loader = MigrationExecutor(connection).loader
    listed = {(app, name) for app, names in manifest["migrations"].items() for name in names}
    known = set(loader.disk_migrations).union(*(one.replaces for one in loader.disk_migrations.values()))
    if unknown := sorted(listed - known):
        raise BackupError(
            _("Bản cài này không biết bước cơ sở dữ liệu %(step)s của bản %(version)s; hãy cài bản đó rồi khôi phục.")
            % {"step": ".".join(unknown[0]), "version": manifest["version"]}
        )
    if set(loader.applied_migrations) - listed:
        raise BackupError(
            _("Cơ sở dữ liệu này đã ở phiên bản mới hơn tệp sao lưu; hãy khôi phục vào một cơ sở dữ liệu mới.")
        )
    # a squashed migration stands in the graph for those that it replaces
    then = listed & set(loader.graph.nodes)
    followed = {parent.key for key in then for parent in loader.graph.node_map[key].parents if parent.key[0] == key[0]}
    return sorted(then - followed)


def _tables_at(targets: list[tuple[str, str]]) -> list[rows.Table]:
    loader = MigrationExecutor(connection).loader
    if set(targets) == set(loader.graph.leaf_nodes()):
        return rows.tables(apps)
    return rows.tables(loader.project_state(targets).apps)


def _bring_rows(reader: Reader, tables: list[rows.Table], progress: Progress) -> int:
    """All rows or none, with every constraint checked."""
    parts = {part["name"]: part for part in reader.manifest["tables"]}
    if set(parts) != {table.name for table in tables}:
        odd = sorted(set(parts) ^ {table.name for table in tables})
        raise BackupError(_("Bảng %(table)s không khớp giữa tệp sao lưu và bản cài.") % {"table": odd[0]})
    count = 0
    # on SQLite foreign keys are switched off outside a transaction, on PostgreSQL they wait for its end
    with connection.constraint_checks_disabled():
        try:
            with transaction.atomic():
                _empty(tables)
                for number, table in enumerate(tables, start=1):
                    with reader.zip.open(parts[table.name]["part"]) as lines:
                        came = rows.load(table, rows.parsed(table, lines))
                    if came != parts[table.name]["rows"]:
                        raise BackupError(_("Bảng %(table)s thiếu dòng.") % {"table": table.name})
                    count += came
                    progress(_("Bảng"), number, len(tables))
                connection.check_constraints()
                _reset_sequences(tables)
        except IntegrityError as error:
            raise BackupError(
                _("Dữ liệu trong tệp sao lưu mâu thuẫn (%(why)s); chưa ghi dòng nào.")
                % {"why": str(error).splitlines()[0]}
            ) from None
    return count


def _empty(tables: Iterable[rows.Table]) -> None:
    """Migrations put in rows of their own, which the archive has with the ids that the others refer to."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table.name)}")


def _reset_sequences(tables: list[rows.Table]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]):
            cursor.execute(statement)


def _bring_files(reader: Reader, progress: Progress) -> int:
    """A file that an interrupted restore had already brought is left as it is, if it is whole."""
    files = reader.manifest["files"]
    for number, part in enumerate(files, start=1):
        storage = stores.stores()[part["store"]]
        if storage.exists(part["name"]):
            if storage.size(part["name"]) == part["bytes"]:
                continue
            storage.delete(part["name"])
        with reader.zip.open(part["part"]) as stream:
            storage.save(part["name"], File(stream))
        progress(_("Tệp"), number, len(files))
    return len(files)


def _bring_secret(reader: Reader) -> bool:
    """Whether what was sealed opens here. One that came along goes where the generated key lies, if none is set."""
    entry = reader.manifest["secret_key"]
    if secret.is_known(entry["fingerprint"]):
        return True
    part = entry.get("part")
    if part is None or not settings.SECRET_KEY_IS_GENERATED:
        return False
    with reader.zip.open(part["part"]) as stream:
        key = b"".join(pieces(stream))
    place: Path = settings.DATA_DIR / "secret_key"
    draft = place.with_name("secret_key.part")
    with open(draft, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as handle:
        handle.write(key)
    draft.replace(place)
    return True
