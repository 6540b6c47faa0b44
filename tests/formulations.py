"""The standings that are kept of a person, held against the second formulation day by day."""

from collections.abc import Iterable
from datetime import date

from courses.requirements.requirement import Requirement
from courses.standing.recount import standing_on
from courses.standing.standing import Standing
from people.persons.user import User


def different_days(requirement: Requirement, person: User, days: Iterable[date]) -> list[date]:
    """On which the two say something else. What is kept is read once: asking for each day is what costs."""
    kept = list(Standing.objects.filter(requirement=requirement, person=person))

    def told(day: date) -> set[tuple]:
        return {
            (one.person_id, one.unit_id, one.state)
            for one in kept
            if one.start <= day and (one.end is None or day <= one.end)
        }

    return [day for day in days if told(day) != set(standing_on(requirement, day).filter(person=person))]
