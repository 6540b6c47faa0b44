"""Photographs that prove an activity: of no face, private, cleaned of where they were taken, ended after two years.

They belong to the activity (`key`), whatever its wording. The row stays when the file has ended.
"""

from datetime import datetime
from functools import partial
from pathlib import PurePath
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from media.cleaning.apart import cleaned_apart
from media.cleaning.bounds import measured
from outbox.clock import daily
from outbox.private_files import keep_longer, private_files
from people.units.unit import Unit

FOLDER, MOST_PHOTOS = "activity-photos", 6
MOST_BYTES = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
# what a browser shows of itself
TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}

# not with the exports, which go after two weeks
keep_longer(FOLDER)


class Evidence(models.Model):
    activity_key = models.UUIDField(db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # of a private file; "" once it has ended
    file = models.CharField(max_length=200, blank=True)
    # what who sent it confirmed
    without_faces = models.BooleanField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(without_faces=True), name="evidence_without_faces")]

    @property
    def content_type(self) -> str:
        return TYPES.get(PurePath(self.file).suffix.lower(), "application/octet-stream")


def cleaned_photo(upload: File) -> File:
    """Without where and by what it was taken. Raises ValidationError with one sentence that says what to do."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("Ảnh quá lớn: nhiều nhất %d MB. Thu nhỏ rồi gửi lại.") % (MOST_BYTES // 1024 // 1024))
    measured(upload)
    clean = cleaned_apart(upload)
    if PurePath(str(clean.name)).suffix.lower() not in TYPES:
        raise ValidationError(_("Gửi ảnh JPEG hoặc PNG."))
    return clean


def keep_photo(key: UUID, unit: Unit, photo: File, by, now: datetime) -> Evidence:
    """`photo` as by `cleaned_photo`, of which the sender confirmed that it shows no face."""
    name = private_files.save(f"{FOLDER}/anh{PurePath(str(photo.name)).suffix.lower()}", photo)
    try:
        return Evidence.objects.create(
            activity_key=key, unit=unit, file=name, without_faces=True, sent_by=by, sent_at=now
        )
    except BaseException:
        private_files.delete(name)
        raise


@transaction.atomic
def end_photo(photo: Evidence) -> None:
    """The file goes only with what says so."""
    name = photo.file
    Evidence.objects.filter(pk=photo.pk).update(file="")
    if name:
        transaction.on_commit(partial(private_files.delete, name), robust=True)


@daily("campaigns.activities.end_old", at="03:53")
def end_old(now: datetime) -> None:
    limit = now - settings.RETENTION["activity_photos"]
    for photo in Evidence.objects.filter(sent_at__lt=limit).exclude(file=""):
        end_photo(photo)
