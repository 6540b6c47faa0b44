"""People of several requirements counted once, by groups. Pure.

A person counts in a group by what is asked of her there: by how many of the requirements, and how many of these she
completed. So of each group: all + some + none = required; who is excused from whatever would be asked is outside.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from courses.standing.spans import State
from people.postings.coverage import percent


class Outcome(StrEnum):
    """The values of an address."""

    ALL = "het"
    SOME = "mot-phan"
    NONE = "chua"
    EXCUSED = "mien"


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement of one person by one unit in which she holds the duty: a row of `Standing` on a day; ids."""

    requirement: int
    person: int
    unit: int
    state: str


@dataclass(frozen=True)
class Counts:
    """Distinct people. The numerator is `all`."""

    all: int = 0
    some: int = 0
    none: int = 0
    excused: int = 0

    @property
    def required(self) -> int:
        return self.all + self.some + self.none

    @property
    def percent(self) -> float | None:
        return percent(self.all, self.required)

    @property
    def is_full(self) -> bool:
        return self.required > 0 and self.all == self.required


@dataclass(slots=True)
class _Person:
    asked: set[int]
    completed: set[int]

    @property
    def outcome(self) -> Outcome:
        if not self.asked:
            return Outcome.EXCUSED
        if self.completed == self.asked:
            return Outcome.ALL
        return Outcome.SOME if self.completed else Outcome.NONE


Groups = Callable[[Asked], Iterable[str]]
# of each group, each person's outcome
Outcomes = dict[str, dict[int, Outcome]]


def outcomes(rows: Iterable[Asked], groups: Groups) -> Outcomes:
    """`groups` says to which of them a row belongs: none, one or several."""
    people: dict[str, dict[int, _Person]] = {}
    for row in rows:
        for group in groups(row):
            person = people.setdefault(group, {}).setdefault(row.person, _Person(set(), set()))
            if row.state != State.EXCUSED:
                person.asked.add(row.requirement)
                if row.state == State.COMPLETED:
                    person.completed.add(row.requirement)
    return {group: {pk: one.outcome for pk, one in inside.items()} for group, inside in people.items()}


def counted(told: Iterable[Outcome]) -> Counts:
    numbers = dict.fromkeys(Outcome, 0)
    for outcome in told:
        numbers[outcome] += 1
    return Counts(numbers[Outcome.ALL], numbers[Outcome.SOME], numbers[Outcome.NONE], numbers[Outcome.EXCUSED])
