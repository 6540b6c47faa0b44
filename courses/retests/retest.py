"""A re-test: frozen, saved and marked as an attempt; its result is a fact with two times."""

from django.db import models
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion, Void
from courses.retests.rules import MONTHS, QUESTIONS
from people.free_text import FreeLine
from people.persons.merges import Merge
from people.times import Record


class Retest(models.Model):
    """Begun; one for each of the three windows of a completion."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="retests")
    # after the completion: 1, 3 or 6
    months = models.PositiveSmallIntegerField()
    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="retest")
    # of each question in the order asked, frozen
    objectives = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["completion", "months"], name="retest_once_a_window"),
            models.CheckConstraint(condition=Q(months__in=MONTHS), name="retest_months_known"),
        ]


class RetestResult(Record):
    """Handed in on day `on` with so many of the five questions wholly right; never changes the completion."""

    retest = models.ForeignKey(Retest, models.PROTECT, related_name="results")
    on = models.DateField()
    right = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["retest"], condition=Q(superseded_at=None), name="retest_result_once"),
            models.CheckConstraint(condition=Q(right__lte=QUESTIONS), name="retest_result_bounded"),
        ]


class RetestAnswer(models.Model):
    """Whether one question of a result was wholly right, by what it asks for: for the figures by objective."""

    result = models.ForeignKey(RetestResult, models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question_key = models.UUIDField()
    objective = models.CharField(max_length=40)
    # translation_key of the lesson to read again; NULL: none
    lesson_key = models.UUIDField(null=True)
    right = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["result", "position"], name="retest_answer_once")]


class FollowUp(models.Model):
    """Whether somebody did what she meant to try, asked a month after; for herself alone, in no report."""

    class Did(models.TextChoices):
        YES = "yes", _("Đã làm")
        PARTLY = "partly", _("Làm được một phần")
        NO = "no", _("Chưa làm")

    retest = models.OneToOneField(Retest, models.CASCADE, related_name="follow_up")
    did = models.CharField(max_length=6, choices=Did.choices)
    words = FreeLine(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(did__in=["yes", "partly", "no"]), name="follow_up_known")]


def counted_completions(course_key: str, day, known_on=None) -> QuerySet[Completion]:
    """Those of the course by `day` that no void of that day takes away."""
    voided = Void.objects.known_on(known_on).filter(on__lte=day)
    rows = Completion.objects.known_on(known_on).filter(course_key=course_key, completed_on__lte=day)
    return rows.exclude(pk__in=voided.values("completion"))


def latest_results(course_key: str, day, known_on=None) -> QuerySet[RetestResult]:
    """The result by `day` that tells what each person still knows: the latest one of her latest completion."""
    merges = Merge.objects.known_on(known_on)
    merged = merges.exists()

    def who(path: str):
        """Who somebody is: whom her record was merged into, if it was."""
        into = merges.filter(gone=OuterRef(path)).values("stays")[:1]
        return Coalesce(Subquery(into), F(path), output_field=BigIntegerField()) if merged else F(path)

    counted = counted_completions(course_key, day, known_on)
    results = RetestResult.objects.known_on(known_on).filter(on__lte=day)
    results = results.annotate(who=who("retest__completion__person"), made_on=F("retest__completion__completed_on"))
    renewed = counted.annotate(who=who("person")).filter(who=OuterRef("who"), completed_on__gt=OuterRef("made_on"))
    rows = results.filter(retest__completion__in=counted)
    # asked of each one found: SQLite would walk all the completions of the course for each result instead
    counts = Exists(counted.filter(pk=OuterRef("retest__completion")))
    again = results.filter(counts, who=OuterRef("who"), made_on=OuterRef("made_on"), on__gt=OuterRef("on"))
    return rows.exclude(Exists(renewed)).exclude(Exists(again))
