"""An observation: one observer's filled form about one performance. It is sent once and never changed."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.practice.observed.filling import LONGEST_EVIDENCE, Entry
from courses.practice.observed.session import Performance
from people.free_text import FreeLine


class AlreadySent(Exception):
    """Another form of this observer about this performance is in; str() is one sentence."""

    def __str__(self):
        return _("Phiếu của anh chị về người này đã nộp, nên không nhận thêm.")


class Observation(models.Model):
    """By the first observer of the performance (place 1) or the second (2): who that is stands there alone, so nobody
    else can have written it and nobody can have written both.
    """

    performance = models.ForeignKey(Performance, models.CASCADE, related_name="observations")
    place = models.PositiveSmallIntegerField()
    # the form's own id: sent twice, it is one form
    token = models.UUIDField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["performance", "place"], name="observation_once_an_observer"),
            models.CheckConstraint(condition=Q(place__in=(1, 2)), name="observation_by_one_of_two"),
        ]


class ObservedLevel(models.Model):
    """`behaviour` is the block id that the frozen rubric names."""

    observation = models.ForeignKey(Observation, models.CASCADE, related_name="levels")
    behaviour = models.CharField(max_length=36)
    # NULL: no occasion
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = FreeLine(max_length=LONGEST_EVIDENCE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observation", "behaviour"], name="observed_level_once"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 4)), name="observed_level_of_four_or_none"
            ),
        ]


def store(
    performance: Performance, place: int, entries: Iterable[Entry], token: UUID, now: datetime
) -> tuple[Observation, bool]:
    """(the form, whether it is new), in the caller's transaction, which holds the performance's lock. Raises
    AlreadySent where this observer has sent another one.
    """
    sent = performance.observations.filter(place=place).first()
    if sent is not None:
        if sent.token == token:
            return sent, False
        raise AlreadySent
    observation = Observation.objects.create(performance=performance, place=place, token=token, sent_at=now)
    ObservedLevel.objects.bulk_create(
        ObservedLevel(observation=observation, behaviour=entry.behaviour, level=entry.level, evidence=entry.evidence)
        for entry in entries
    )
    return observation, True
