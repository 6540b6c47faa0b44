"""Which files a revision will show that is approved and scheduled to go live: Wagtail's reference index knows only what
pages show today, and a file that is swapped meanwhile would go live unseen.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.signals import post_save
from wagtail.models import Page, ReferenceIndex, Revision

from media.replacing.replacement import TARGETS
from outbox.clock import daily

# a row of every revision that was looked through, whether it shows a file or not
LOOKED_THROUGH = ""


class ScheduledFile(models.Model):
    """One file of one revision; it counts while the revision is scheduled, and goes with it."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, blank=True)
    # 0 where LOOKED_THROUGH
    key = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "revision"], name="scheduled_file_once")]


def scheduled_pages(kind: str, keys: Iterable[int]) -> Iterable[tuple[int, int]]:
    """(file, page) of every revision that waits for its time; one query."""
    rows = ScheduledFile.objects.filter(kind=kind, key__in=keys, revision__approved_go_live_at__isnull=False)
    return [(key, int(page)) for key, page in rows.values_list("key", "revision__object_id")]


def note(revision: Revision) -> None:
    kinds = {ContentType.objects.get_for_model(model).pk: kind for model, kind in TARGETS.items()}
    found = {(LOOKED_THROUGH, 0)}
    for content_type, key, _model_path, _content_path in ReferenceIndex._extract_references_from_object(
        revision.as_object()
    ):
        if content_type in kinds:
            found.add((kinds[content_type], int(key)))
    rows = [ScheduledFile(revision=revision, kind=kind, key=key) for kind, key in found]
    ScheduledFile.objects.bulk_create(rows, ignore_conflicts=True)


def _scheduled() -> models.QuerySet[Revision]:
    return Revision.objects.filter(
        approved_go_live_at__isnull=False, base_content_type=ContentType.objects.get_for_model(Page)
    )


@daily("media.replacing.note_scheduled", at="01:40")
def note_scheduled(now: datetime) -> None:
    """Those that were scheduled before this was noted."""
    noted = ScheduledFile.objects.filter(kind=LOOKED_THROUGH).values("revision")
    for revision in _scheduled().exclude(pk__in=noted):
        note(revision)


def _saved(sender, instance, raw=False, **kwargs) -> None:
    if not raw and instance.approved_go_live_at and _scheduled().filter(pk=instance.pk).exists():
        note(instance)


def connect() -> None:
    post_save.connect(_saved, sender=Revision, dispatch_uid="media.replacing.scheduled")
