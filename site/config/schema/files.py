"""The files that are loaded, and the steps that one stands for."""

import re
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

FOLDER = Path(__file__).parent
STEP = re.compile(r"^\('?\d+'?,'([^']+)','([^']+)','\{now\}", re.MULTILINE)

Steps = frozenset[tuple[str, str]]


def path_of(vendor: str) -> Path:
    return FOLDER / f"{vendor}.sql"


def steps_in(text: str) -> Steps:
    """(app, name) of every migration that a database loaded from the file has behind it."""
    _before, _mark, rest = text.partition('INSERT INTO "django_migrations"')
    rows, _mark, _after = rest.partition(";\n")
    return frozenset(STEP.findall(rows))


def steps_on_disk() -> Steps:
    """Squashed ones stand for those that they replace too."""
    migrations = MigrationLoader(None).disk_migrations
    return frozenset(migrations).union(*(one.replaces for one in migrations.values()))
