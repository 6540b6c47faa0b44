"""Who falls due soon: whose standing becomes overdue or expired within some days."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Value

from courses.standing.spans import State
from courses.standing.standing import Standing
from people.times import covering

# what a reminder is about
DUE = (State.OVERDUE, State.EXPIRED)


class Written(Value):
    """Stands in the statement itself: SQLite finds no partial index (`standing_due`) for what is only bound."""

    def as_sql(self, compiler, connection):
        assert self.value.isidentifier()
        return f"'{self.value}'", []


WRITTEN = [Written(state.value) for state in DUE]


def due_on(day: date, **which) -> QuerySet[Standing]:
    """Overdue or expired on `day`; `which` narrows the standings (requirement=…)."""
    return Standing.objects.filter(covering(day), state__in=WRITTEN, **which)


def falling_due(day: date, within: int, **which) -> QuerySet[Standing]:
    """What makes somebody overdue or expired on one of the `within` days after `day`, and was not so on it."""
    then = Standing.objects.filter(start__gt=day, start__lte=day + timedelta(days=within), state__in=WRITTEN, **which)
    return then.exclude(Exists(due_on(day, requirement=OuterRef("requirement"), person=OuterRef("person"))))
