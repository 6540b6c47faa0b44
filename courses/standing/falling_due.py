"""Who falls due soon: whose standing becomes overdue or expired within some days."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from courses.standing.spans import State
from courses.standing.standing import Standing
from people.times import covering

# what a reminder is about
DUE = (State.OVERDUE, State.EXPIRED)


def due_on(day: date, **which) -> QuerySet[Standing]:
    """Overdue or expired on `day`; `which` narrows the standings (requirement=…)."""
    return Standing.objects.filter(covering(day), state__in=DUE, **which)


def falling_due(day: date, within: int, **which) -> QuerySet[Standing]:
    """What makes somebody overdue or expired on one of the `within` days after `day`, and was not so on it."""
    then = Standing.objects.filter(start__gt=day, start__lte=day + timedelta(days=within), state__in=DUE, **which)
    return then.exclude(Exists(due_on(day, requirement=OuterRef("requirement"), person=OuterRef("person"))))
