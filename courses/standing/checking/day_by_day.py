"""`standing_in_full` of one requirement on many days, of a few people each: what the check asks.

Django takes many times as long to write this query as a database to answer it for a few people, so a query is written
once, with places where the values of a day will stand, and asked again for each day of the same shape.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Expression

from courses.requirements.requirement import Requirement, RequirementRule
from courses.standing.recount import BESIDE, AskedDay, in_full, room, told_by
from people.statements.plain_rows import NOBODY, among, asked_about


class Place(Expression):
    """Where a value of the day will stand."""

    def __init__(self, name: str, output_field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


class DayByDay:
    """For one run: a rule or a merge that comes meanwhile is not seen."""

    def __init__(self, requirement: Requirement):
        self.requirement = requirement
        self.rules = list(RequirementRule.objects.current().filter(requirement=requirement))
        self.texts: dict[tuple, tuple[str, list]] = {}

    def on(self, day: date, people: set[int] | None) -> Iterator[tuple[int, int, str, bool, str]]:
        """The rows of these people (None: of everybody)."""
        rule = self._rule_on(day)
        if rule is None:
            return
        asked = AskedDay.of(rule, day)
        text, parameters = self._text(rule, asked, people is None)
        with room(), connection.cursor() as cursor:
            cursor.execute(text, _filled(parameters, asked, people))
            rows = cursor.fetchall()
        for person, unit, state, approved, retest in rows:
            yield person, unit, *in_full(state, bool(approved), retest)

    def _rule_on(self, day: date) -> RequirementRule | None:
        dated = [rule for rule in self.rules if rule.effective_from and rule.effective_from <= day]
        first = (rule for rule in self.rules if rule.effective_from is None)
        return max(dated, key=attrgetter("effective_from")) if dated else next(first, None)

    def _text(self, rule: RequirementRule, asked: AskedDay, everybody: bool) -> tuple[str, list]:
        key = (rule.pk, asked.past_deadline, asked.by_old_law, everybody)
        if key not in self.texts:
            rows = told_by(rule, self.requirement, _with_places(asked), None, *BESIDE)
            rows = rows if everybody else rows.filter(person__in=among(NOBODY))
            told = rows.values_list("person_id", "unit_id", "state_", *BESIDE).distinct()
            text, parameters = told.query.sql_with_params()
            self.texts[key] = text, list(parameters)
        return self.texts[key]


def _with_places(asked: AskedDay) -> AskedDay:
    return replace(
        asked,
        day=Place("day", DateField()),
        lapsed=None if asked.lapsed is None else Place("lapsed", DateField()),
        by_then=Place("by_then", DateTimeField()),
        grace=Place("grace", DateField()),
    )


def _filled(parameters: list, asked: AskedDay, people: set[int] | None) -> list[Any]:
    in_place = [_stored(getattr(asked, one.name)) if isinstance(one, Place) else one for one in parameters]
    return asked_about(sorted(people or ()), in_place)


def _stored(value: date | datetime) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)
