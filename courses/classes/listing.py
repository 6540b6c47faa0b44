"""Classes as lists show them, with days and counts; a fixed number of queries for any number of classes."""

from datetime import datetime

from django.db.models import Count, Exists, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courses.classes.held.confirmation import ClassConfirmation
from courses.classes.planned.participant import TAKING_PART, Participant, SeatState
from courses.classes.planned.training_class import ClassState, Meeting, TrainingClass


def with_counts(classes: QuerySet[TrainingClass]) -> QuerySet[TrainingClass]:
    """Adds `starts_at`, `ends_at`, `is_confirmed`, `seated`, `waiting` and `walk_ins`; the latest first."""
    own = Participant.objects.filter(training_class=OuterRef("pk")).order_by().values("training_class")
    meetings = Meeting.objects.filter(training_class=OuterRef("pk")).order_by().values("training_class")
    counted = {
        "seated": Q(state=SeatState.SEATED, walk_in=False),
        "waiting": Q(state=SeatState.WAITING),
        "walk_ins": Q(state=SeatState.SEATED, walk_in=True),
    }
    numbers = {
        name: Coalesce(Subquery(own.filter(which).annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
        for name, which in counted.items()
    }
    first = Subquery(meetings.annotate(at=Min("starts_at")).values("at"))
    last = Subquery(meetings.annotate(at=Max("ends_at")).values("at"))
    confirmed = Exists(ClassConfirmation.objects.current().filter(training_class=OuterRef("pk")))
    rows = classes.select_related("unit").annotate(starts_at=first, ends_at=last, is_confirmed=confirmed, **numbers)
    return rows.order_by("-starts_at", "-pk")


def state_of(row: TrainingClass, now: datetime) -> ClassState:
    """Of a row of `with_counts`."""
    if row.cancelled_at:
        return ClassState.CANCELLED
    if row.is_confirmed:  # type: ignore[attr-defined]
        return ClassState.CONFIRMED
    return ClassState.HELD if row.ends_at <= now else ClassState.PLANNED  # type: ignore[attr-defined]


def in_state(rows: QuerySet, state: str, now: datetime) -> QuerySet:
    """Those rows of `with_counts` that are in this state; all of them for any other word."""
    going = rows.filter(cancelled_at=None, is_confirmed=False)
    if state == ClassState.CANCELLED:
        return rows.exclude(cancelled_at=None)
    if state == ClassState.CONFIRMED:
        return rows.filter(is_confirmed=True)
    if state == ClassState.PLANNED:
        return going.filter(ends_at__gt=now)
    return going.filter(ends_at__lte=now) if state == ClassState.HELD else rows


def of_person(person) -> QuerySet[Participant]:
    """The classes to which she is invited or was in, her latest first, with their meetings."""
    rows = Participant.objects.filter(person=person.pk).exclude(state=SeatState.OFF)
    rows = rows.select_related("training_class__unit").prefetch_related("training_class__meetings")
    return rows.annotate(starts_at=Min("training_class__meetings__starts_at")).order_by("-starts_at", "-pk")


def to_come(person, now: datetime) -> list[Participant]:
    """Classes in which she takes part and that are not over, the next first; two queries, one where there is none."""
    rows = of_person(person).filter(state__in=TAKING_PART, training_class__cancelled_at=None)
    return list(rows.annotate(ends_at=Max("training_class__meetings__ends_at")).filter(ends_at__gt=now)[::-1])
