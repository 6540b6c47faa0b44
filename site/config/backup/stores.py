"""The folders of files that belong to the installation, walked through Django's storages (a disk or S3 alike)."""

from collections.abc import Iterator

from django.core.files.storage import Storage, default_storage

from outbox.private_files import private_files

# /readyz writes this file and removes it again
PASSING = {"readyz"}


def stores() -> dict[str, Storage]:
    return {"uploads": default_storage, "private": private_files}


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Names of all files, sorted within each folder; none where the folder does not exist."""
    try:
        folders, files = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    yield from (f"{folder}/{name}" if folder else name for name in sorted(files))
    for name in sorted(folders):
        if folder or name not in PASSING:
            yield from names(storage, f"{folder}/{name}" if folder else name)
