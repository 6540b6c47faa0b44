"""What an import on screen leaves beside its rows: the paper that proves a file of completions, and which cells of the
file were mended.

Until the file is brought in the paper lies with the uploads, which go after two weeks; then it has a period of its own.
"""

from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone

from courses.classes.elsewhere.training import PDF, TYPES
from outbox.clock import daily
from outbox.effects import Job
from outbox.private_files import keep_longer, private_files
from people.changes.change import BulkChange

FOLDER = "filed-papers"
keep_longer(FOLDER)


class FiledPaper(models.Model):
    """Of all completions that one file brought."""

    change = models.OneToOneField("people.BulkChange", models.CASCADE, related_name="paper")
    # of a private file; "" once it has ended
    file = models.CharField(max_length=200, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    @property
    def is_pdf(self) -> bool:
        return PurePath(self.file).suffix.lower() == PDF

    @property
    def content_type(self) -> str:
        return TYPES.get(PurePath(self.file).suffix.lower(), "application/octet-stream")


def keep_until_brought_in(paper: File) -> str:
    """The name of the private file; `paper` as by `cleaned_paper`."""
    return private_files.save(f"roster/evidence{PurePath(str(paper.name)).suffix.lower()}", paper)


def settle(job: Job) -> dict:
    """After writing; returns the change, None where the file changed nothing, and whether it has a paper."""
    name, change = job.payload.get("evidence", ""), BulkChange.objects.filter(key=job.key).first()
    if change is None:
        if name:
            private_files.delete(name)
        return {"change": None, "has_paper": False}
    if mended := job.payload.get("mended"):
        change.mended = {line: sorted(cells) for line, cells in mended.items()}
        change.save(update_fields=["mended"])
    if name and private_files.exists(name) and not FiledPaper.objects.filter(change=change).exists():
        with private_files.open(name) as handle:
            kept = private_files.save(f"{FOLDER}/giay{PurePath(name).suffix}", File(handle))
        FiledPaper.objects.create(change=change, file=kept, sent_by=job.requested_by)
        private_files.delete(name)
    return {"change": change.pk, "has_paper": FiledPaper.objects.filter(change=change).exists()}


@daily("courses.reports.importing.end_old", at="03:45")
def end_old(now: datetime) -> None:
    """The row stays, so that it can be told that there was a paper."""
    old = now - settings.RETENTION["filed_papers"]
    for row in FiledPaper.objects.filter(sent_at__lt=old).exclude(file=""):
        FiledPaper.objects.filter(pk=row.pk).update(file="")
        transaction.on_commit(partial(private_files.delete, row.file), robust=True)
