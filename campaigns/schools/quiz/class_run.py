"""One lesson with one class, before and after which its quiz is asked: two codes, joined as totals alone.

What is asked is frozen with the run, so that the lesson may change in between. A code counts the letters that were
chosen while it is open; closed, it leaves its totals to the run and nothing of itself.
"""

import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from campaigns.activities.made.pulse import Moment
from campaigns.activities.made.rules import FEWEST
from campaigns.answering.asked import Answer, Question
from campaigns.schools.blocks.quiz import LETTERS
from campaigns.schools.log.lesson_log import CLASS_NAME
from people.times import Record
from people.units.unit import Unit

OPEN_FOR = timedelta(hours=1)
# signs that are not taken for each other and make no words
SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 6


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


def new_token() -> str:
    return secrets.token_urlsafe(12)


class ClassRun(models.Model):
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # the `translation_key` of the lesson, its title and that of its quiz on that day
    pack = models.UUIDField()
    title = models.CharField(max_length=255)
    quiz = models.CharField(max_length=120)
    # [{"text", "choices", "right"}], plain text and a letter
    asked = models.JSONField()
    class_name = models.CharField(max_length=6, blank=True, validators=[CLASS_NAME])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # of the log of this lesson; NULL: not written down yet
    activity_key = models.UUIDField(null=True, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "at"], name="class_run_by_teacher")]

    def __str__(self):
        return f"{self.title}, {timezone.localdate(self.at):%d/%m/%Y}"

    @property
    def questions(self) -> list[Question]:
        return [
            Question(
                number,
                one["text"],
                tuple(Answer(letter, words) for letter, words in zip(LETTERS, one["choices"], strict=False)),
                one["right"],
            )
            for number, one in enumerate(self.asked, 1)
        ]


class QuizCode(models.Model):
    run = models.ForeignKey(ClassRun, models.CASCADE, related_name="codes")
    moment = models.CharField(max_length=5, choices=Moment.choices)
    # typed on a phone
    code = models.CharField(max_length=LENGTH, default=new_code, editable=False)
    # scanned: too long to be guessed, so no try is counted
    token = models.CharField(max_length=20, unique=True, default=new_token, editable=False)
    # what the numbers of its pages are forgotten with
    key = models.UUIDField(default=uuid4, editable=False)
    opened_at = models.DateTimeField()
    # NULL: open, as long as it may be
    closed_at = models.DateTimeField(null=True)
    # pages that were sent, and {question: {letter: how often}}; empty once closed
    sent = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(closed_at=None), name="quiz_code_open_once"),
            models.UniqueConstraint(fields=["run", "moment"], condition=Q(closed_at=None), name="quiz_code_moment"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(sent=0), name="quiz_code_closed_is_empty"),
        ]

    def __str__(self):
        return f"{self.run}, {self.moment}"

    @property
    def ends_at(self) -> datetime:
        return self.opened_at + OPEN_FOR

    def is_open_at(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.ends_at


class QuizTally(Record):
    """What a class answered to one question at one moment; of fewer than five answers there is no row."""

    run = models.ForeignKey(ClassRun, models.CASCADE, related_name="tallies")
    moment = models.CharField(max_length=5, choices=Moment.choices)
    question = models.PositiveSmallIntegerField()
    answers = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    # how often each letter was chosen, in their order
    chosen = models.JSONField()
    # the teacher counted cards
    by_hand = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["question", "-moment"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "moment", "question"], condition=Q(superseded_at=None), name="quiz_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(answers__gte=FEWEST, right__lte=F("answers"), question__gte=1),
                name="quiz_tally_not_small",
            ),
        ]

    def __str__(self):
        return f"{self.run}, {self.moment} {self.question}"
