"""Files that only their owner may fetch (exports, uploaded rosters), outside the public uploads.

`private_files.save(name, content)` returns the name to keep in `Effect.result` or a payload; a view checks who asks and
answers with `FileResponse(private_files.open(name))`. They are removed by age, `KEPT` after they were written.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

KEPT = timedelta(days=14)

private_files = storages["private"]


def remove_old(now: datetime) -> int:
    """Removes what is older than `KEPT` from this machine; returns how many. A bucket has a rule of its own."""
    if not isinstance(private_files, FileSystemStorage):
        return 0
    count = 0
    for path in Path(settings.PRIVATE_ROOT).rglob("*"):
        if path.is_file() and path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)
            count += 1
    return count
