"""Giving somebody a course that nothing requires of her, and ending that."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from courses.assigned.assignment import Assignment, standing_on
from courses.completions.completion import Completion
from courses.requirements.requirement import RequirementRule
from courses.standing.spans import State
from courses.standing.standing import Standing
from people.log.audit import Act, record_each
from people.messages.calls import answered_for
from people.persons.user import User
from people.times import covering, today
from people.write_lock import in_turns

A_TURN = 500


@dataclass(frozen=True)
class Sorted:
    """What giving a course to some people would do: ids of those who get it, and how many do not, by why."""

    new: list[int]
    already: int
    required: int
    completed: int
    not_hers: int


def sort_out(by: User, people: Collection[int], course_key: str, day: date) -> Sorted:
    """Who has to learn it anyway, has it already or completed it is left out; so is who is not answered for that day.
    A constant number of queries.
    """
    hers = _open_among(answered_for(by, people) - {by.pk})
    required = hers & set(_required(course_key, day).filter(person__in=hers).values_list("person", flat=True))
    rest = hers - required
    done = Completion.objects.current().filter(course_key=course_key, person__in=rest, voids=None)
    completed = set(done.values_list("person", flat=True))
    rest -= completed
    has = standing_on(day).filter(course_key=course_key, person__in=rest)
    already = set(has.values_list("person", flat=True))
    return Sorted(sorted(rest - already), len(already), len(required), len(completed), len(people) - len(hers))


def _open_among(people: Collection[int]) -> set[int]:
    return set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))


def _required(course_key: str, day: date):
    """Standings of requirements that ask for the course, but for who is excused."""
    asking = {rule.requirement_id for rule in RequirementRule.objects.current() if course_key in rule.course_keys}
    return Standing.objects.filter(covering(day), requirement__in=asking).exclude(state=State.EXCUSED)


def assign(by: User, people: Collection[int], course_key: str, now: datetime) -> int:
    """Returns to how many it was given; some hundred people a transaction."""
    day, given = today(), 0
    for some in in_turns(sort_out(by, people, course_key, day).new, A_TURN):
        given += _assign(by, some, course_key, day, now)
    return given


@transaction.atomic
def _assign(by: User, people: Collection[int], course_key: str, day: date, now: datetime) -> int:
    """Whoever presses at the same moment waits for the people's rows and finds it done."""
    locked = list(User.objects.filter(pk__in=people).order_by("pk").select_for_update(no_key=True))
    has = set(standing_on(day).filter(course_key=course_key, person__in=people).values_list("person", flat=True))
    new = [person for person in locked if person.pk not in has]
    Assignment.objects.bulk_create(
        Assignment(person=person, course_key=course_key, given_by=by, start=day, recorded_at=now) for person in new
    )
    record_each(Act.ASSIGNED, by, new, now)
    return len(new)


@transaction.atomic
def end(pk: int, by: User, now: datetime) -> bool:
    """From today on it stands no more; False where it was ended meanwhile. The caller asks who may."""
    day = today()
    row = standing_on(day).select_for_update(of=("self",)).select_related("person").filter(pk=pk).first()
    if row is None:
        return False
    Assignment.objects.filter(pk=pk).supersede(now)
    if (last := day - timedelta(days=1)) >= row.start:
        kept = {"person": row.person, "course_key": row.course_key, "given_by_id": row.given_by_id, "start": row.start}
        Assignment.objects.create(**kept, end=last, ended_by=by, recorded_at=now)
    if by.pk != row.person_id:
        record_each(Act.UNASSIGNED, by, [row.person], now)
    return True
