"""An attempt at a quiz: its frozen questions, every saved answer and the marks, in separate tables."""

from datetime import datetime
from fractions import Fraction
from math import floor

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from courses.questions.versions import QuestionVersion
from people.free_text import FreeLine


def points_in_words(hundredths: int | Fraction) -> str:
    """Points as people write them here, rounded down to two places: 150 is "1,5"."""
    return f"{floor(hundredths) / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")


class AttemptQuerySet(models.QuerySet):
    def at_quizzes(self):
        """Without re-tests."""
        return self.filter(closes_at=None)


class Attempt(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attempts")
    # translation_key of the quiz page, the same in every language; of a re-test a key of its own
    quiz_key = models.UUIDField()
    course_key = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    # NULL: still open
    submitted_at = models.DateTimeField(null=True, blank=True)
    # frozen: {"title", "language", "pass_percent", "wait_minutes"}; of a time limit also "minutes", as she chose it
    rules = models.JSONField(default=dict)
    # of a re-test (`courses.retests`), which takes nothing from then on; NULL: an attempt at a quiz
    closes_at = models.DateTimeField(null=True, blank=True)
    # of a quiz with a time limit or a closing: until then it is worked at, and a little longer what was on its way is
    # taken (`courses.attempts.time_over`); NULL: as long as one likes
    ends_at = models.DateTimeField(null=True, blank=True)
    # in parts of a hundredth of a point, `scale` to each, so that thirds are whole numbers; set at submission, NULL
    # while open
    score = models.PositiveBigIntegerField(null=True, blank=True)
    max_score = models.PositiveBigIntegerField(null=True, blank=True)
    # 1: hundredths, as in attempts from before there were parts
    scale = models.PositiveIntegerField(default=1)
    passed = models.BooleanField(null=True, blank=True)
    # not kept: whether handing it in just now completed the course
    completes = False
    # handed in sooner than its questions can be read (`courses.attempts.pace`), a note for the trainer; NULL: unknown
    too_fast = models.BooleanField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    @property
    def is_retest(self) -> bool:
        return self.closes_at is not None

    def has_closed(self, now: datetime) -> bool:
        """A re-test whose days are over before it was handed in."""
        return self.is_retest and self.submitted_at is None and self.closes_at <= now

    def is_over(self, now: datetime) -> bool:
        """Its time is over before it was handed in; what was on its way may still come."""
        return self.ends_at is not None and self.submitted_at is None and self.ends_at <= now

    @property
    def share(self) -> Fraction:
        """What was earned of all that could be, exact; 0 while open."""
        return Fraction(self.score, self.max_score) if self.score and self.max_score else Fraction(0)

    @property
    def percent(self) -> int:
        """Whole percent to show, rounded down, so that 79.99 is not shown as a pass at 80; 0 while open."""
        return floor(self.share * 100)

    @property
    def points(self) -> str:
        """Like "17/20"; "–" while open."""
        if self.score is None or self.max_score is None:
            return "–"
        return "/".join(points_in_words(Fraction(part, self.scale)) for part in (self.score, self.max_score))

    @property
    def minutes(self) -> int:
        """From start to submission in whole minutes, at least 1; 0 while open."""
        if self.submitted_at is None:
            return 0
        return max(round((self.submitted_at - self.started_at).total_seconds() / 60), 1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "quiz_key", "number"], name="attempt_numbered"),
            models.UniqueConstraint(
                fields=["person", "quiz_key"], condition=Q(submitted_at=None), name="attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, score=None, passed=None)
                | Q(submitted_at__isnull=False, score__isnull=False, passed__isnull=False),
                name="attempt_judged_when_submitted",
            ),
            models.CheckConstraint(
                condition=Q(too_fast=None) | Q(submitted_at__isnull=False), name="attempt_pace_when_submitted"
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=F("max_score")), name="attempt_score_bounded"
            ),
            models.CheckConstraint(condition=Q(scale__gte=1), name="attempt_scale_positive"),
        ]
        indexes = [
            models.Index(
                fields=["ends_at"], condition=Q(submitted_at=None, ends_at__isnull=False), name="attempt_to_hand_in"
            )
        ]


class AttemptItem(models.Model):
    """One question of one attempt, in its frozen place."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="items")
    # ids of the choices in the order shown
    choice_order = models.JSONField(default=list)
    # hundredths of a point
    points = models.PositiveIntegerField(default=100)
    flagged = models.BooleanField(default=False)
    # translation_key of the lesson to read again after a wrong answer; NULL: none
    lesson_key = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="attempt_item_position")]


class Answer(models.Model):
    item = models.ForeignKey(AttemptItem, models.CASCADE, related_name="answers")
    # 1, 2, 3 … within the item; the highest is the answer in force. Two saves made on the same page compete for one
    # number, and the database lets one of them have it
    sequence = models.PositiveIntegerField()
    # by kind; a choice question: {"choices": [id, …]}
    response = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)
    # the page's own id of this save: a repeated request finds its row
    token = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "sequence"], name="answer_sequence"),
            models.UniqueConstraint(fields=["item", "token"], condition=~Q(token=None), name="answer_token_once"),
        ]


class Mark(models.Model):
    item = models.ForeignKey(AttemptItem, models.CASCADE, related_name="marks")
    # the key by which it was marked: the item's own version, or a corrected one
    by_version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="+")
    # in parts of a hundredth of a point, `scale` to each
    points = models.PositiveIntegerField()
    # 1: hundredths, as in marks from before there were parts
    scale = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # a key may come back: who is marked by it again has two marks by it
            models.UniqueConstraint(fields=["item", "by_version", "made_at"], name="mark_once_a_key_and_time"),
            models.CheckConstraint(condition=Q(scale__gte=1), name="mark_scale_positive"),
        ]

    @property
    def earned(self) -> Fraction:
        """Hundredths of a point, exact."""
        return Fraction(self.points, self.scale)


class AttemptGrant(models.Model):
    """One more attempt for one person beyond the quiz's limit, given by a trainer with a reason."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    quiz_key = models.UUIDField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = FreeLine(max_length=200)
    given_at = models.DateTimeField(default=timezone.now)
