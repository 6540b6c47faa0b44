"""Runs of conversations: what is kept of each for good, and the utterances of the last one, for the person alone."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.practice.conversations.blocks import EndKind
from courses.practice.conversations.rules.debrief import Outcome
from courses.practice.conversations.versions import ConversationVersion


class RunQuerySet(models.QuerySet):
    def of(self, person, key: UUID) -> "RunQuerySet":
        return self.filter(person_id=person.pk, conversation_key=key)

    def ended(self) -> "RunQuerySet":
        return self.exclude(ended_at=None)


class ConversationRun(models.Model):
    """One play of a conversation by one person; its outcome is kept, what was said is not (`RunTurn`)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conversation_runs")
    # translation_key of the page: a conversation played in one language counts in every other
    conversation_key = models.UUIDField()
    course_key = models.SlugField(max_length=80)
    version = models.ForeignKey(ConversationVersion, models.PROTECT, related_name="runs")
    started_at = models.DateTimeField(default=timezone.now)
    # of the last utterance
    moved_at = models.DateTimeField(default=timezone.now)
    # NULL: not at an end; then nothing below is known
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=40, blank=True)
    end_kind = models.CharField(max_length=10, choices=EndKind.choices, blank=True)
    # of a branching case: its points
    trust = models.SmallIntegerField(null=True, blank=True)
    # {kind of utterance: how often}
    counts = models.JSONField(default=dict)
    # names of items, in the order in which they came out
    learnt = models.JSONField(default=list)
    # whether it counts for the course (`playing.is_done`)
    done = models.BooleanField(default=False)

    objects = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "conversation_key"], condition=Q(ended_at=None), name="conversation_run_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_kind="", trust=None, done=False)
                | (Q(ended_at__isnull=False, trust__isnull=False) & ~Q(end_kind="")),
                name="conversation_run_known_when_ended",
            ),
        ]
        indexes = [models.Index(fields=["person", "conversation_key", "started_at"], name="conversation_run_by_person")]

    @property
    def outcome(self) -> Outcome:
        """Of a run that ended."""
        return Outcome(self.end, self.end_kind, self.trust or 0, self.counts, tuple(self.learnt), self.done)


class RunTurn(models.Model):
    """One turn of a run: the utterances in the order in which they are shown, and the one that was chosen.

    Kept of the last run of a person only, and for as long as `retention` says.
    """

    run = models.ForeignKey(ConversationRun, models.CASCADE, related_name="turns")
    # 1, 2, 3 … within the run
    position = models.PositiveSmallIntegerField()
    turn = models.CharField(max_length=40)
    # places of the utterances in the version, from 0
    order = models.JSONField()
    # NULL: the learner's turn to speak
    chosen = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="conversation_turn_position")]


def best(runs: Iterable[ConversationRun]) -> ConversationRun | None:
    """Of runs that ended; the earliest of equals."""
    ended = sorted((run for run in runs if run.ended_at), key=lambda run: (run.ended_at, run.pk))
    return max(ended, key=lambda run: run.outcome.rank, default=None)
