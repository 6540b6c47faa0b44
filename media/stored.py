"""Pictures that are not small are cleaned after they were stored, in the background; so are files from before that was
done at the store, with all that was made of them. Each file is tried once.
"""

import hashlib
from datetime import datetime
from pathlib import PurePath

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from media.cleaning.apart import cleaned_apart
from media.cleaning.bounds import measured
from media.pictures import Picture
from media.recordings import Recording
from outbox.clock import daily
from outbox.effects import Job, Refused, effect, enqueue

KIND = "clean_stored"
MOST_A_DAY = 5000
# what Wagtail keeps of a picture's file beside it
PICTURE_COLUMNS = ("why_refused", "width", "height", "file_size", "file_hash")


@daily("media.stored.ask_for_cleaning", at="01:20")
def ask_for_cleaning(now: datetime) -> None:
    """Each file once: one that cannot be read stays as it is, and the effect says so."""
    for model in (Picture, Recording):
        for row in model.objects.filter(is_clean=False, consent_ended=False)[:MOST_A_DAY]:
            ask_for(row)


def ask_for(row: Picture | Recording) -> None:
    label, name = row._meta.label, hashlib.sha256(row.file.name.encode()).hexdigest()[:16]
    enqueue(KIND, {"model": label, "pk": row.pk}, key=f"{KIND}:{label}:{row.pk}:{name}")


@effect(KIND, label=_("Xóa nơi chụp, người ghi khỏi tệp"))
def clean_stored(job: Job) -> dict | None:
    row = apps.get_model(job.payload["model"]).objects.filter(pk=job.payload["pk"], is_clean=False).first()
    if row is None:
        return None
    names = [name for name in ("file", "thumbnail") if getattr(row, name, None)]
    made = list(row.renditions.all()) if isinstance(row, Picture) else []
    before = [(file.storage, file.name) for file in (*(getattr(row, name) for name in names), *(m.file for m in made))]
    for name in names:
        old = getattr(row, name)
        with old.open("rb") as content:
            old.rewrite(PurePath(old.name).name, _clean(row, content), save=False)
    if isinstance(row, Picture):
        row._set_image_file_metadata()
    row.is_clean = True
    columns = [*names, "is_clean", *(PICTURE_COLUMNS if isinstance(row, Picture) else ())]
    with transaction.atomic():
        if not type(row).objects.select_for_update().filter(pk=row.pk, file=before[0][1]).exists():
            # replaced meanwhile: the new file has an effect of its own
            row.file.storage.delete(row.file.name)
            return None
        row.save(update_fields=columns)
        if isinstance(row, Picture):
            row.renditions.all().delete()
    for storage, name in before:
        storage.delete(name)
    return {"cleaned": len(names)}


def _clean(row: Picture | Recording, content):
    """A picture's file in a process of its own; a recording's is cleaned as it is stored. Raises Refused."""
    if not isinstance(row, Picture):
        return content
    try:
        measured(content)
        return cleaned_apart(content)
    except ValidationError as refused:
        Picture.objects.filter(pk=row.pk).update(why_refused=refused.messages[0])
        raise Refused(refused.messages[0]) from None


def _saved(sender, instance, raw=False, **kwargs) -> None:
    if not raw and not instance.is_clean and instance.file and not instance.why_refused:
        ask_for(instance)


def connect() -> None:
    post_save.connect(_saved, sender=Picture, dispatch_uid="media.stored")
