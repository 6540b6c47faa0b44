"""What proves a result: a photograph or a PDF, cleaned and looked at like the papers of trainings elsewhere."""

from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File
from django.db import transaction

from courses.classes.elsewhere.papers import cleaned_paper
from courses.plans.made.result import Result
from outbox.clock import daily
from outbox.private_files import keep_longer, private_files

__all__ = ["cleaned_paper", "end_old", "end_paper", "keep_paper"]

FOLDER = "plan-papers"

# not with the exports, which go after two weeks
keep_longer(FOLDER)


def keep_paper(paper: File) -> str:
    """The name of the private file; `paper` as by `cleaned_paper`."""
    return private_files.save(f"{FOLDER}/minh-chung{PurePath(str(paper.name)).suffix.lower()}", paper)


def end_paper(name: str) -> None:
    """Of all rows that have it: a later row keeps the paper of the one before. The file goes only with what says so."""
    Result.objects.filter(paper=name).update(paper="")
    transaction.on_commit(partial(private_files.delete, name), robust=True)


@daily("courses.plans.made.end_old", at="03:47")
def end_old(now: datetime) -> None:
    """The rows stay, with their notes."""
    limit = now - settings.RETENTION["plan_papers"]
    newer = Result.objects.filter(recorded_at__gte=limit).values("paper")
    old = Result.objects.filter(recorded_at__lt=limit).exclude(paper="").exclude(paper__in=newer)
    for name in set(old.values_list("paper", flat=True)):
        end_paper(name)
