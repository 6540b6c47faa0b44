"""One figure of several requirements: a person whom several of them ask is counted once. Constant queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import starmap

from django.db.models import Q

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing import recount
from courses.standing.standing import Standing
from courses.together.counting import Asked, Counts, Outcome, counted, outcomes
from courses.together.dimensions import Dimension, Question, grouping
from people.postings.coverage import Places, under
from people.statements.plain_rows import among
from people.times import covering


@dataclass(frozen=True)
class Together:
    """`total` has each person's outcome in the unit as a whole, `groups` her outcome in each group, by its key."""

    total: Mapping[int, Outcome]
    groups: Mapping[str, Mapping[int, Outcome]]
    names: Mapping[str, str]
    rows: Sequence[Asked]

    @property
    def counts(self) -> Counts:
        return counted(self.total.values())

    def people(self, group: str | None, outcome: Outcome | None) -> dict[int, Outcome]:
        """Those of a group (None: of the unit), with this outcome; of no outcome those who are required."""
        inside = self.total if group is None else self.groups.get(group, {})
        wanted = {outcome} if outcome else {*Outcome} - {Outcome.EXCUSED}
        return {person: told for person, told in inside.items() if told in wanted}


def together(
    requirements: Collection[Requirement],
    rules: Mapping[int, RequirementRule],
    where: Places,
    day: date,
    by: Dimension = Dimension.UNIT,
    known_on: date | None = None,
) -> Together:
    """`rules` are those in force on the day, by requirement; one that has none asks nobody.

    Six queries at most, and of a past day of knowledge one a requirement, by the second formulation.
    """
    asked = [one for one in requirements if one.pk in rules]
    rows = rows_as_known(asked, where, day, known_on) if known_on else rows_now(asked, where, day)
    grouped = grouping(by, Question(rules, where, day, known_on), rows)
    whole = outcomes(rows, lambda row: ("",)).get("", {})
    return Together(whole, outcomes(rows, grouped.groups), grouped.names, rows)


def rows_now(requirements: Collection[Requirement], where: Places, day: date) -> list[Asked]:
    rows = Standing.objects.filter(
        covering(day), under(where.unit.pk, where.geography), requirement__in=[one.pk for one in requirements]
    )
    columns = ("requirement_id", "person_id", "unit_id", "state")
    return [*starmap(Asked, rows.order_by().values_list(*columns))]


def rows_as_known(
    requirements: Collection[Requirement], where: Places, day: date, known_on: date | None
) -> list[Asked]:
    """By the second formulation, for any day of knowledge (None: now)."""
    within = under(where.unit.pk, where.geography) if where.in_table else Q(unit__in=among(where.child_of))
    found = []
    with recount.room():
        for one in requirements:
            told = recount.standing_on(one, day, known_on).filter(within)
            found += [Asked(one.pk, person, unit, state) for person, unit, state in told]
    return found
