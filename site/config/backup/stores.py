"""The folders of files that belong to the installation, walked through Django's storages (a disk or S3 alike)."""

from collections.abc import Iterator

from django.core.files.storage import Storage, default_storage

from outbox import private_files

# /readyz writes this file and removes it again
PASSING = "readyz/"


def stores() -> dict[str, Storage]:
    return {"uploads": default_storage, "private": private_files.private_files}


def names(storage: Storage) -> Iterator[str]:
    """Names of all files, sorted within each folder, without those that are there for a moment only."""
    return (name for name in private_files.names(storage) if not name.startswith(PASSING))
