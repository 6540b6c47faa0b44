"""Files that only their owner may fetch (exports, uploaded rosters), outside the public uploads.

`private_files.save(name, content)` returns the name to keep in `Effect.result` or a payload; a view checks who asks and
answers with `FileResponse(private_files.open(name))`. They are removed by age (`RETENTION["private_files"]`).
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateFiles(FileSystemStorage):
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


private_files = PrivateFiles()


def remove_old(now: datetime, kept: timedelta, folder: str = "") -> int:
    """Removes what was written longer than `kept` ago, of one folder or of all; returns how many."""
    count = 0
    for path in (Path(settings.PRIVATE_ROOT) / folder).rglob("*"):
        if path.is_file() and path.stat().st_mtime < (now - kept).timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count
