"""A session of observed practice, and the performance of each official who is observed in it.

Who played the other person, what a learner told of own life, and recordings have no place here: nothing stores them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.dispatch import Signal
from django.utils import timezone

from courses.practice.observed.outcome import Outcome
from courses.practice.observed.rubric import Rubric
from courses.practice.observed.versions import RubricVersion
from people.free_text import FreeLine, FreeText
from people.rights import scope
from people.units.unit import Unit

# sent with `person_ids` and `now` in the transaction in which somebody's outcome was settled
performance_settled = Signal()
# who plans sessions in the units that such a role reaches
LEADING_KINDS = scope.TRAINING_KINDS


class SessionQuerySet(models.QuerySet):
    def led_by(self, user):
        """Sessions in units of the user's reach, but for those in which the user is observed: there, somebody who
        leads is a learner like others and must not meet the actor's card.
        """
        units = scope.under(scope.role_units(user, LEADING_KINDS))
        reached = self if scope.reaches_everything(user) else self.filter(unit__in=units)
        return reached.exclude(performances__person=user.pk)

    def observed_by(self, user):
        return self.filter(Q(leader=user.pk) | Q(second=user.pk))

    def opened_to(self, user):
        """Sessions whose page and cards the user may open: to lead or to observe."""
        mine = self.led_by(user).values("pk"), self.observed_by(user).values("pk")
        return self.filter(Q(pk__in=mine[0]) | Q(pk__in=mine[1]))


class PracticeSession(models.Model):
    """The leader is the first of the two observers."""

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="sessions")
    version = models.ForeignKey(RubricVersion, models.PROTECT, related_name="sessions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="practice_sessions")
    on = models.DateField()
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # NULL: not named yet, and no form opens
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second=None) | ~Q(second=F("leader")), name="session_of_two_different_observers"
            )
        ]

    def place_of(self, user) -> int | None:
        """1 or 2 for an observer of this session, else None."""
        return {self.leader_id: 1, self.second_id: 2}.get(user.pk)


class PerformanceQuerySet(models.QuerySet):
    def passed(self):
        return self.filter(outcome=Outcome.PASSED)


class Performance(models.Model):
    """One official's turn. `first` and `second` repeat the session's observers, so that the database can refuse one
    person in two of the three places.
    """

    session = models.ForeignKey(PracticeSession, models.CASCADE, related_name="performances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="performances")
    first = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # "" and NULL: not every behaviour has its agreed level yet
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # what the observers tell the learner: one thing to keep, one to change
    keep = FreeLine(max_length=300, blank=True)
    change = FreeLine(max_length=300, blank=True)
    # the learner's own words
    answer = FreeText(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PerformanceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="performance_once_a_session"),
            models.CheckConstraint(
                condition=~Q(person=F("first")) & (Q(second=None) | (~Q(second=F("first")) & ~Q(second=F("person")))),
                name="performance_of_three_different_people",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None) | (~Q(outcome="") & Q(settled_at__isnull=False)),
                name="performance_settled_with_outcome",
            ),
        ]

    def place_of(self, user) -> int | None:
        """1 or 2 for one of its two observers, else None."""
        return {self.first_id: 1, self.second_id: 2}.get(user.pk)

    @property
    def is_passed(self) -> bool:
        return self.outcome == Outcome.PASSED
