"""Uploads that nobody finished. “Add several” keeps each file as it came, with where it was taken, until its words are
written: at an address that leads nowhere, and for a day at most.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from wagtail.models import UploadedFile

from outbox.clock import daily

# somebody may still have the form open
KEPT = timedelta(days=1)


@daily("media.cleaning.left_uploads.drop_left", at="03:25")
def drop_left(now: datetime) -> int:
    """How many went."""
    left = [one for one in UploadedFile.objects.all() if _is_older(one.file, now - KEPT)]
    for one in left:
        storage, name = one.file.storage, one.file.name
        with transaction.atomic():
            one.delete()
            transaction.on_commit(partial(storage.delete, name))
    return len(left)


def _is_older(file, moment: datetime) -> bool:
    try:
        return file.storage.get_modified_time(file.name) < moment
    except OSError:
        # it is gone already
        return True
