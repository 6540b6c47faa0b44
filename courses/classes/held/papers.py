"""Photographs of paper sheets: private files, cleaned before they are stored of where they were taken, ended after a
time.

The row stays when the file has ended, so that it can be told that there was one.
"""

from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.planned.training_class import TrainingClass
from media.cleaning.apart import cleaned_apart
from media.cleaning.bounds import measured
from outbox.clock import daily
from outbox.private_files import keep_longer, private_files

FOLDER = "class-papers"
MOST_BYTES = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
# what a browser shows of itself
TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}

# not with the exports, which go after two weeks
keep_longer(FOLDER)


class Paper(models.Model):
    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="papers")
    # of a private file; "" once it has ended
    file = models.CharField(max_length=200, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

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
        raise ValidationError(_("Chụp phiếu bằng điện thoại và gửi ảnh JPEG hoặc PNG."))
    return clean


def keep_paper(training_class: TrainingClass, photo: File, by, now: datetime) -> Paper:
    """`photo` as by `cleaned_photo`."""
    suffix = PurePath(str(photo.name)).suffix.lower()
    name = private_files.save(f"{FOLDER}/phieu{suffix}", photo)
    return Paper.objects.create(training_class=training_class, file=name, sent_by=by, sent_at=now)


@daily("courses.classes.papers.end_old", at="03:41")
def end_old(now: datetime) -> None:
    for paper in Paper.objects.filter(sent_at__lt=now - settings.RETENTION["class_papers"]).exclude(file=""):
        private_files.delete(paper.file)
        paper.file = ""
        paper.save(update_fields=["file"])
