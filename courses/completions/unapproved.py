"""Completions by content that was not approved that day, and their recognition afterwards."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.completions.completion import Completion
from people.free_text import FreeLine
from people.times import Record


class Recognition(Record):
    """From day `on`, the completion counts as one by approved content; a dated fact, like a void."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="recognitions")
    on = models.DateField()
    reason = FreeLine(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["completion"], condition=Q(superseded_at=None), name="recognition_once")
        ]


def unapproved_on(day: date, known_on: date | None = None) -> QuerySet[Completion]:
    """Completions made here by content that was not approved on their day, and not recognised by `day`.

    Completions from files are training elsewhere and never among them.
    """
    recognised = Recognition.objects.known_on(known_on).filter(completion=OuterRef("pk"), on__lte=day)
    made_here = Completion.objects.filter(source=Completion.Source.QUIZ, approved=False)
    return made_here.exclude(Exists(recognised))
