"""Who falls due soon: whose standing becomes overdue or expired within some days."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import IsNull

from courses.standing.spans import State
from courses.standing.standing import Standing

# what a reminder is about
DUE = (State.OVERDUE, State.EXPIRED)


class Written(Value):
    """Stands in the statement itself: SQLite finds no partial index (`standing_due_by_day`) for what is only bound."""

    def as_sql(self, compiler, connection):
        assert self.value.isidentifier()
        return f"'{self.value}'", []


WRITTEN = [Written(state.value) for state in DUE]


def due_on(day: date, **which) -> QuerySet[Standing]:
    """Overdue or expired on `day`; `which` narrows the standings (requirement=…)."""
    # said so that no index by the last day is taken: it would find whatever is open, of everybody
    return Standing.objects.filter(~Q(end__lt=day), start__lte=day, state__in=WRITTEN, **which)


def falling_due(day: date, within: int, **which) -> QuerySet[Standing]:
    """What makes somebody overdue or expired on one of the `within` days after `day`, and was not so on it."""
    then = Standing.objects.filter(start__gt=day, start__lte=day + timedelta(days=within), state__in=WRITTEN, **which)
    of_hers = due_on(day, requirement=OuterRef("requirement"), person=OuterRef("person"))
    # on many days nobody is late, which is asked once instead of for each; by the first one, since to see that there is
    # none PostgreSQL would read everything
    anybody = Subquery(due_on(day).order_by("start").values("start")[:1])
    return then.filter(Q(IsNull(anybody, True)) | ~Exists(of_hers))
