"""Setting a new file aside: at the store, whichever way it comes, and with its editor's name where a form brings it."""

import hashlib
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone
from django.utils.translation import gettext_lazy

from media import files
from media.checking.scanning import ask_for_scan
from media.cleaning.apart import cleaned_apart
from media.cleaning.pictures import is_clean
from media.cleaning.recordings import untagged
from media.documents import DocumentFile, Scan, refuse_other_content
from media.recordings import Recording
from media.replacing.replacement import TARGETS, Replacement, ReplacementState
from media.replacing.showing import is_shown
from outbox.effects import Job, Refused, effect, enqueue

KIND = "clean_waiting"


def waits(row) -> bool:
    """Whether a new file of it has to wait."""
    return bool(row.pk) and is_shown(TARGETS[type(row)], row.pk)


def waiting_of(row, field: str = "file") -> Replacement | None:
    mine = {TARGETS[type(row)]: row, "field": field, "state": ReplacementState.WAITING}
    return Replacement.objects.filter(**mine).select_related("by").first() if row.pk else None


def set_aside(row, field: str, name: str, content, by=None) -> Replacement:
    """Keeps the file beside the one that is shown; one that waited so far is superseded, and kept as well. Raises
    ValidationError with one sentence where the library would not take it.
    """
    taken, now = _taken(row, field, name, content), timezone.now()
    with transaction.atomic():
        # one at a time for each file
        type(row).objects.select_for_update().get(pk=row.pk)
        mine = {TARGETS[type(row)]: row, "field": field}
        earlier = Replacement.objects.filter(**mine, state=ReplacementState.WAITING)
        earlier.update(state=ReplacementState.SUPERSEDED, decided_at=now)
        scanned = isinstance(row, DocumentFile) and settings.CLAMAV_URL
        waiting = Replacement(
            **mine,
            is_clean=isinstance(row, DocumentFile) or is_clean(taken),
            scan=Scan.WAITING if scanned else Scan.NOT_ASKED,
            by=by,
            at=now,
        )
        waiting.file.save(PurePath(taken.name or name).name, taken, save=False)
        waiting.save()
        if not waiting.is_clean:
            digest = hashlib.sha256(waiting.file.name.encode()).hexdigest()[:16]
            enqueue(KIND, {"pk": waiting.pk}, key=f"{KIND}:{waiting.pk}:{digest}")
        if scanned:
            ask_for_scan(waiting)
    return waiting


def _taken(row, field: str, name: str, content) -> File:
    """The file as the library itself would store it."""
    if is_clean(content):
        return content
    upload = File(content, name=PurePath(name).name)
    if isinstance(row, DocumentFile):
        refuse_other_content(name, upload)
        return upload
    if field == "thumbnail":
        return files.thumbnail(upload)
    return untagged(upload) if isinstance(row, Recording) else files.taken_in(upload)


@effect(KIND, label=gettext_lazy("Xóa nơi chụp khỏi tệp thay"))
def clean_waiting(job: Job) -> dict | None:
    row = Replacement.objects.filter(pk=job.payload["pk"], is_clean=False).first()
    if row is None:
        return None
    raw = str(row.file.name)
    try:
        with row.file.open("rb") as content:
            clean = cleaned_apart(content)
    except ValidationError as refused:
        Replacement.objects.filter(pk=row.pk).update(why_refused=refused.messages[0])
        raise Refused(refused.messages[0]) from None
    row.file.save(PurePath(str(clean.name)).name, clean, save=False)
    row.is_clean = True
    row.save(update_fields=["file", "is_clean"])
    row.file.storage.delete(raw)
    return {"cleaned": 1}


def _keeps_aside(stored, name: str, content) -> bool:
    """Asked by each file of the library as it is stored: whether it was set aside, and the old one stays."""
    row, field = stored.instance, stored.field.name
    old = type(row)._default_manager.filter(pk=row.pk).values_list(field, flat=True).first() if row.pk else None
    if not old:
        return False
    if not waits(row):
        if field == "file":
            row.replaced_at = timezone.now()
        return False
    set_aside(row, field, name, content)
    setattr(row, field, old)
    stored.name, stored._committed = old, True
    stored.__dict__.pop("_file", None)
    return True


def _deleted(sender, instance, **kwargs) -> None:
    """The bytes go with the row, which goes with its picture, document or recording."""
    storage, names = instance.file.storage, [name for name in (instance.file.name, instance.old) if name]
    transaction.on_commit(lambda: [storage.delete(name) for name in names])


def connect() -> None:
    files.keeps_aside(_keeps_aside)
    post_delete.connect(_deleted, sender=Replacement, dispatch_uid="media.replacing")
