"""Files that were stored before they were cleaned at the store are cleaned once, with all that was made of them."""

from datetime import datetime
from pathlib import PurePath

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from media.pictures import Picture
from media.recordings import Recording
from outbox.clock import daily
from outbox.effects import Job, effect, enqueue

KIND = "clean_stored"
MOST_A_DAY = 5000
# what Wagtail keeps of a picture's file beside it
PICTURE_COLUMNS = ("width", "height", "file_size", "file_hash")


@daily("media.stored.ask_for_cleaning", at="01:20")
def ask_for_cleaning(now: datetime) -> None:
    """Each file once: one that cannot be read stays as it is, and the effect says so."""
    for model in (Picture, Recording):
        for pk in model.objects.filter(is_clean=False).values_list("pk", flat=True)[:MOST_A_DAY]:
            enqueue(KIND, {"model": model._meta.label, "pk": pk}, key=f"{KIND}:{model._meta.label}:{pk}")


@effect(KIND, label=_("Xóa nơi chụp, người ghi khỏi tệp cũ"))
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
            old.save(PurePath(old.name).name, content, save=False)
    if isinstance(row, Picture):
        row._set_image_file_metadata()
    columns = [*names, "is_clean", *(PICTURE_COLUMNS if isinstance(row, Picture) else ())]
    with transaction.atomic():
        row.save(update_fields=columns)
        if isinstance(row, Picture):
            row.renditions.all().delete()
    for storage, name in before:
        storage.delete(name)
    return {"cleaned": len(names)}
