"""The plan of the thirty days around 30/7 as each commune's check-list: what, who does it, until when, what is late."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from people.units.unit import Unit


class PlanStepQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(taken_off_at=None).order_by("days", "order")


class PlanStep(models.Model):
    """The province's; `days` from 30/7, negative before it. A step that was taken off keeps what communes ticked."""

    # of steps of the same day
    order = models.PositiveSmallIntegerField(unique=True)
    days = models.SmallIntegerField(_("cách ngày 30/7"))
    what = models.CharField(_("việc"), max_length=300)
    who = models.CharField(_("ai làm"), max_length=120)
    taken_off_at = models.DateTimeField(null=True, editable=False)

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.what


class StepDone(models.Model):
    """A commune did a step in a year."""

    step = models.ForeignKey(PlanStep, models.CASCADE, related_name="done")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "unit", "year"], name="step_done_once_a_year")]

    def __str__(self):
        return f"{self.unit_id} {self.step_id} {self.year}"


@dataclass(frozen=True)
class Row:
    step: PlanStep
    until: date
    done: StepDone | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.done is None and self.until < self.today

    @property
    def is_next(self) -> bool:
        """Within the week."""
        return self.done is None and timedelta(0) <= self.until - self.today <= timedelta(days=7)


def steps_of(unit: int, day: date, on: date) -> list[Row]:
    """The steps around the campaign's `day`, as they stand on `on`; two queries."""
    done = {row.step_id: row for row in StepDone.objects.filter(unit=unit, year=day.year).select_related("by")}
    steps = PlanStep.objects.standing()
    return [Row(step, day + timedelta(days=step.days), done.get(step.pk), on) for step in steps]


@transaction.atomic
def keep(step: PlanStep) -> None:
    """A new one comes after all others of its day."""
    if step.pk is None:
        last = PlanStep.objects.select_for_update().order_by("-order").first()
        step.order = last.order + 1 if last else 1
    step.save()


def take_off(step: PlanStep, is_off: bool, now: datetime) -> None:
    PlanStep.objects.filter(pk=step.pk).update(taken_off_at=now if is_off else None)


@transaction.atomic
def mark(step: PlanStep, unit: int, year: int, is_done: bool, user, now: datetime) -> None:
    if is_done:
        StepDone.objects.get_or_create(step=step, unit_id=unit, year=year, defaults={"at": now, "by": user})
    else:
        StepDone.objects.filter(step=step, unit=unit, year=year).delete()
