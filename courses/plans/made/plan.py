"""A unit's plan for a year, and the province's template of one; both are written in versions.

A version is open (written, or handed over) or approved; what was approved stays as it is, and a change is a new version
with a reason. Of a template *approved* means published: it is offered to the units below.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.free_text import FreeLine, FreeText
from people.units.unit import Unit

FIRST_YEAR, LAST_YEAR = 2012, 2100


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")


OPEN = [PlanState.DRAFT, PlanState.SUBMITTED]


class Plan(models.Model):
    """Of a span of a unit: where it has ended, the plan counts at its successor."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    is_template = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "is_template"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="plan_in_a_year_of_the_law"
            ),
        ]


class PlanVersion(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions")
    # from 1 on
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=PlanState.choices, default=PlanState.DRAFT)
    # why what was approved is changed
    reason = FreeLine(max_length=300, blank=True)
    # decisions and plans of higher bodies on which it rests
    basis = FreeText(max_length=2000, blank=True)
    # of a plan: the version of the template whose tasks it has; NULL: none, or begun before this was remembered
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    # of a template: kinds of units that it is offered to ([]: all), and by when their plans shall be handed over
    offered_to = models.JSONField(default=list, blank=True)
    answer_by = models.DateField(null=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    # NULL: not handed over; a template never is
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    # who approved it, or gave it back with `answer`
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = FreeLine(max_length=300, blank=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_numbered_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=["draft", "submitted"]), name="plan_one_open_version"
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="plan_changed_for_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="plan_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="plan_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(submitted_by=None) | Q(decided_by=None) | ~Q(decided_by=F("submitted_by")),
                name="plan_decided_by_a_second_person",
            ),
        ]
        indexes = [models.Index(fields=["state", "decided_at"], name="plan_version_by_state")]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_written(self) -> bool:
        return self.state == PlanState.DRAFT
