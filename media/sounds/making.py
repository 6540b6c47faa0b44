"""The sound of a page is made in the background after a recording was stored, once for each file that it has had."""

import hashlib
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media.recordings import SMALL, Recording
from media.sounds.apart import NotMastered, Silent, mastered_apart
from outbox.clock import daily
from outbox.effects import Job, Refused, effect, enqueue

KIND = "sounds"
MOST_A_DAY = 1000


def ask_for(recording: Recording, again: str = "") -> None:
    """Enqueues the effect once for each file that the recording has had; once more for each `again`."""
    if recording.type == "audio" and recording.file and not recording.consent_ended:
        name = hashlib.sha256((str(recording.file.name) + again).encode()).hexdigest()[:16]
        enqueue(KIND, {"recording": recording.pk}, key=f"{KIND}:{recording.pk}:{name}")


@effect(KIND, label=gettext_lazy("Làm bản nghe trên trang của bản ghi âm"))
def make(job: Job) -> dict | None:
    row = Recording.objects.filter(pk=job.payload["recording"], consent_ended=False).first()
    return None if row is None else make_small(row)


def make_small(row: Recording) -> dict | None:
    """Once for each file; raises Refused where none can be made."""
    if row.type != "audio" or row.mastered_of == row.file.name:
        return None
    with TemporaryDirectory(prefix="la-chan-sound-") as folder:
        source = Path(folder) / "source"
        with row.file.open("rb") as content, source.open("wb") as copy:
            copyfileobj(content, copy)
        try:
            made = mastered_apart(source, Path(folder))
        except NotMastered as reason:
            sentence = _("Không làm được bản nghe nhẹ của tệp này; trang dùng tệp gốc. Hãy lưu lại thành MP3 rồi thay.")
            if isinstance(reason, Silent):
                sentence = _("Bản ghi này không có tiếng nào; hãy nghe lại và thu lại.")
            Recording.objects.filter(pk=row.pk).update(sound_fault=sentence)
            raise Refused(sentence) from None
        forms = {name: (Path(folder) / f"voice.{ending}").read_bytes() for name, ending in SMALL.items()}
    _keep(row, forms, made.loudness["m4a"])
    return {"seconds": made.seconds}


def _keep(row: Recording, forms: dict[str, bytes], loudness: float) -> None:
    with transaction.atomic():
        held = Recording.objects.select_for_update().filter(pk=row.pk, file=row.file.name, consent_ended=False).first()
        if held is None or held.mastered_of == row.file.name:
            # replaced, its people agree no more, or another process was quicker: what that one made is on pages now
            return
        for name, content in forms.items():
            stored, mark = getattr(held, name), hashlib.sha256(content).hexdigest()[:12]
            old = str(stored.name)
            stored.save(f"{row.pk}-{mark}.{SMALL[name]}", ContentFile(content), save=False)
            if old and old != stored.name:
                transaction.on_commit(partial(stored.storage.delete, old))
        held.mastered_of, held.loudness, held.sound_fault = str(held.file.name), loudness, ""
        held.save(update_fields=[*SMALL, "mastered_of", "loudness", "sound_fault"])


@daily("media.sounds.ask_for_missing", at="02:50")
def ask_for_missing(now: datetime) -> None:
    """Those from before there were any."""
    rows = Recording.objects.filter(type="audio", consent_ended=False, sound_fault="").exclude(mastered_of=F("file"))
    for row in rows[:MOST_A_DAY]:
        ask_for(row)


def _saved(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    if not raw and (update_fields is None or "file" in update_fields):
        ask_for(instance)


def _deleted(sender, instance, **kwargs) -> None:
    for name in SMALL:
        if stored := getattr(instance, name):
            transaction.on_commit(partial(stored.storage.delete, stored.name))


def connect() -> None:
    post_save.connect(_saved, sender=Recording, dispatch_uid="media.sounds")
    post_delete.connect(_deleted, sender=Recording, dispatch_uid="media.sounds.deleted")
