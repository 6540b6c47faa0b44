"""That the second edition came to this site: once, whoever asked for it."""

from datetime import datetime

from django.conf import settings
from django.db import models

from courses.content.course import CoursePage

SECOND = 2


class EditionArrival(models.Model):
    """The row of an edition is there from the moment at which it was asked for."""

    edition = models.PositiveSmallIntegerField(unique=True)
    asked_at = models.DateTimeField()
    # NULL: by `seed`
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # NULL until all of it is there
    finished_at = models.DateTimeField(null=True)
    # no courses were there before, so nothing was replaced
    on_new_site = models.BooleanField()


def arrival() -> EditionArrival | None:
    return EditionArrival.objects.filter(edition=SECOND).first()


def ask_for_it(now: datetime, by=None) -> EditionArrival:
    """The row of the second edition; asked for before, it stays as it is."""
    asked = {"asked_at": now, "asked_by": by, "on_new_site": not CoursePage.objects.exists()}
    return EditionArrival.objects.get_or_create(edition=SECOND, defaults=asked)[0]
