"""Files that only their owner may fetch (exports, uploaded rosters), outside the public uploads.

`private_files.save(name, content)` returns the name to keep in `Effect.result` or a payload; a view checks who asks and
answers with `file_answer(name)`. They are removed by age (`RETENTION["private_files"]`). They lie
on the disk under `settings.PRIVATE_ROOT`, or where STORAGE_URL names a storage, in its folder `private`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _


class StorageAway(OSError):
    """The storage of several machines could not be reached, or answered with an error of its own."""


class FileGone(Http404):
    """A file of which a row is still there. The page that says so has the sentence."""

    sentence = _("Tệp này không còn trên máy chủ. Quay lại trang có nó, rồi tạo hoặc tải lên lại.")


class FilesOnDisk(FileSystemStorage):
    """Under `settings.PRIVATE_ROOT`, read at each use; nothing here has an address."""

    @property
    def base_location(self):
        return settings.PRIVATE_ROOT

    @property
    def location(self):
        return str(settings.PRIVATE_ROOT)

    @property
    def base_url(self):
        return None

    @property
    def file_permissions_mode(self):
        return 0o600


def chosen() -> Storage:
    return storages["private"] if "private" in settings.STORAGES else FilesOnDisk()


private_files: Storage = SimpleLazyObject(chosen)  # type: ignore[assignment]


def file_answer(name: str, **options: Any) -> FileResponse:
    """The file; FileGone where it is no longer there. `options` go to FileResponse."""
    try:
        content = private_files.open(name)
    except FileNotFoundError:
        raise FileGone from None
    return FileResponse(content, **options)


@contextmanager
def on_disk(name: str) -> Iterator[Path]:
    """The path of a private file, for what reads paths only: its own, or that of a copy which goes afterwards."""
    try:
        path = private_files.path(name)
    except NotImplementedError:
        with private_files.open(name) as handle, NamedTemporaryFile(suffix=Path(name).suffix) as copy:
            copyfileobj(handle, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        yield Path(path)


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Names of all files, sorted within each folder; none where the folder does not exist."""
    try:
        folders, files = storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    yield from (f"{folder}/{name}" if folder else name for name in sorted(files))
    for name in sorted(folders):
        yield from names(storage, f"{folder}/{name}" if folder else name)


_KEPT_LONGER: set[str] = set()


def keep_longer(folder: str) -> None:
    """The files of this folder have a period of their own, and whoever says so ends them."""
    _KEPT_LONGER.add(folder)


def remove_old(now: datetime, kept: timedelta, folder: str = "") -> int:
    """Removes what was written longer than `kept` ago, of one folder, or of all but those that are kept longer; returns
    how many.
    """
    count = 0
    for name in [*names(private_files, folder)]:
        if not folder and name.partition("/")[0] in _KEPT_LONGER:
            continue
        try:
            written = private_files.get_modified_time(name)
        except FileNotFoundError:
            continue  # its owner removed it meanwhile
        if (written if timezone.is_aware(written) else timezone.make_aware(written)) < now - kept:
            private_files.delete(name)
            count += 1
    return count
