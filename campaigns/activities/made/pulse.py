"""The kit's three questions before and after a gathering, as counts of bowls or cards: totals alone, nobody's answer.

Of fewer than five answers nothing is kept, and of a count whose right or wrong answers are one to four only how many
answered (campaign-kit.vi.md, 2.x.8; `rules`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q, Sum

from campaigns.activities.made.activity import Activity
from campaigns.activities.made.rules import FEWEST
from people.times import Record

QUESTIONS = (1, 2, 3)


class Moment(models.TextChoices):
    BEFORE = "truoc", "trước"
    AFTER = "sau", "sau"


# (question, moment): (right answers, all answers)
Counts = Mapping[tuple[int, str], tuple[int, int]]


class PulseCount(Record):
    activity_key = models.UUIDField(db_index=True)
    question = models.PositiveSmallIntegerField()
    moment = models.CharField(max_length=5, choices=Moment.choices)
    answers = models.PositiveIntegerField()
    # NULL: one to four answered right, or wrong
    right = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity_key", "question", "moment"],
                condition=Q(superseded_at=None),
                name="pulse_counted_once",
            ),
            models.CheckConstraint(condition=Q(question__in=QUESTIONS, answers__gte=FEWEST), name="pulse_never_small"),
            models.CheckConstraint(
                condition=Q(right=None)
                | ((Q(right=0) | Q(right__gte=FEWEST)) & (Q(answers=F("right")) | Q(answers__gte=F("right") + FEWEST))),
                name="pulse_right_never_small",
            ),
        ]


def kept(right: int, answers: int) -> tuple[int | None, int] | None:
    """(right, answers) as stored; None where nothing is."""
    if answers < FEWEST:
        return None
    small = 0 < right < FEWEST or 0 < answers - right < FEWEST
    return (None if small else right), answers


@transaction.atomic
def say(by, key: UUID, counts: Counts, now: datetime) -> None:
    """What was counted is this; earlier counts of the activity are superseded."""
    PulseCount.objects.filter(activity_key=key, superseded_at=None).update(superseded_at=now)
    PulseCount.objects.bulk_create(
        PulseCount(
            activity_key=key, question=question, moment=moment, right=told[0], answers=told[1], by=by, recorded_at=now
        )
        for (question, moment), typed in counts.items()
        if (told := kept(*typed)) is not None
    )


@transaction.atomic
def say_moment(by, key: UUID, moment: str, counts: Mapping[int, tuple[int, int]], now: datetime) -> None:
    """By question, of one moment; what was counted of the other one stays, and so does what was counted before where
    too few answered now. Nothing is added up: a sum that grew by one would tell an answer.
    """
    told = {question: here for question, typed in counts.items() if (here := kept(*typed)) is not None}
    rows = PulseCount.objects.filter(activity_key=key, moment=moment, superseded_at=None)
    rows.filter(question__in=told).update(superseded_at=now)
    PulseCount.objects.bulk_create(
        PulseCount(
            activity_key=key, question=question, moment=moment, right=right, answers=answers, by=by, recorded_at=now
        )
        for question, (right, answers) in told.items()
    )


def sums_of(activities: models.QuerySet, at: datetime | None = None) -> dict[tuple[int, str], tuple[int, int]]:
    """Right answers and all answers, by question and moment, of counts whose right ones are kept, as known at the
    moment (None: now); one query.
    """
    keys: Any = activities.values_list("key", flat=True)
    known = Q(superseded_at=None)
    if at is not None:
        known = Q(recorded_at__lte=at) & (known | Q(superseded_at__gt=at))
    rows = PulseCount.objects.filter(known, activity_key__in=keys).exclude(right=None).order_by()
    summed = rows.values_list("question", "moment").annotate(Sum("right"), Sum("answers"))
    return {(question, moment): (right, answers) for question, moment, right, answers in summed}


def most_mistaken(sums: Mapping[tuple[int, str], tuple[int, int]]) -> tuple[int, int, int] | None:
    """(question, wrong answers, all answers) of what was answered wrong most often afterwards, else before; the first
    of equals. None where nothing is known.
    """
    for moment in (Moment.AFTER, Moment.BEFORE):
        told = [(question, sums[question, moment]) for question in QUESTIONS if (question, moment) in sums]
        if told:
            question, (right, answers) = max(told, key=lambda one: ((one[1][1] - one[1][0]) / one[1][1], -one[0]))
            return question, answers - right, answers
    return None


def of_activity(activity: Activity) -> list[PulseCount]:
    rows = PulseCount.objects.filter(superseded_at=None, activity_key=activity.key)
    return list(rows.order_by("question", "-moment"))
