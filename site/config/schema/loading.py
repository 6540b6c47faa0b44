"""Filling a database that has no table from its vendor's file: whole or not at all, and one process at a time."""

from datetime import UTC

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from wagtail.models import Site

from config.schema import files, placeholders
from config.schema.vendors import sql_of


def steps_to_load(connection) -> files.Steps:
    """The steps that loading would spare this database: none where it has a table, where there is no file, and where
    the file names a step that is not on the disk (the packages are older than the file)."""
    path = files.path_of(connection.vendor)
    if connection.introspection.table_names() or not path.exists():
        return frozenset()
    steps = files.steps_in(path.read_text(encoding="utf-8"))
    return steps if steps <= files.steps_on_disk() else frozenset()


def load(connection) -> bool:
    """Whether this process filled the database; another may have been quicker. Raises DatabaseError, and
    InconsistentMigrationHistory where a step is new *between* those of the file; either leaves no table."""
    text = files.path_of(connection.vendor).read_text(encoding="utf-8")
    now = timezone.now().astimezone(UTC).replace(tzinfo=None)
    sql = sql_of(connection)
    with transaction.atomic(using=connection.alias):
        sql.lock(connection)
        if connection.introspection.table_names():
            return False
        sql.execute(connection, placeholders.fill(text, now))
        MigrationLoader(connection).check_consistent_history(connection)
    _forget()
    return True


def _forget() -> None:
    """What this process, or the shared cache, may know of rows that a database of before had."""
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    cache.delete("wagtail_locales_display_name")
