"""What an act on the roster does to the figures: it is written, counted and taken back, so no rule is stated twice."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q

from courses.requirements.requirement import Requirement
from courses.standing.spans import State
from courses.standing.standing import Standing
from people.times import covering

COMPLETED, EXCUSED = State.COMPLETED, State.EXCUSED


@dataclass(frozen=True)
class Effect:
    """Of one requirement, distinct people in reach on the day."""

    requirement: str
    required: int
    required_after: int
    completed: int
    completed_after: int


def effects(write: Callable[[], object], people: Collection[int], seen: Q, day: date) -> list[Effect]:
    """Of the requirements whose figures change. `seen` limits standings to a reach. On SQLite it holds the write lock
    for as long as the act itself does.
    """
    names = dict(Requirement.objects.order_by("name").values_list("pk", "name"))
    with transaction.atomic():
        before = _counts(people, seen, day)
        write()
        after = _counts(people, seen, day)
        transaction.set_rollback(True)
    changed = [pk for pk in names if before.get(pk, Counter()) != after.get(pk, Counter())]
    return [_effect(pk, names[pk], before.get(pk, Counter()), after.get(pk, Counter()), seen, day) for pk in changed]


def _counts(people: Collection[int], seen: Q, day: date) -> dict[int, Counter]:
    """By requirement, of these people; who counts in two units counts once."""
    rows = Standing.objects.filter(covering(day), seen, person__in=people)
    counts: dict[int, Counter] = {}
    for requirement, _person, state in set(rows.values_list("requirement", "person", "state")):
        counts.setdefault(requirement, Counter())[state] += 1
    return counts


def _effect(pk: int, name: str, before: Counter, after: Counter, seen: Q, day: date) -> Effect:
    rows = Standing.objects.filter(covering(day), seen, requirement=pk).exclude(state=EXCUSED)
    whole = rows.aggregate(
        required=Count("person", distinct=True),
        completed=Count("person", distinct=True, filter=Q(state=COMPLETED)),
    )
    required = (after.total() - after[EXCUSED]) - (before.total() - before[EXCUSED])
    completed = after[COMPLETED] - before[COMPLETED]
    return Effect(
        name, whole["required"], whole["required"] + required, whole["completed"], whole["completed"] + completed
    )
