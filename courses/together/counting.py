"""People of several requirements counted once, by groups. Pure.

A person counts in a group by what is asked of her there: by how many of the requirements, and how many of these she
completed. So of each group: all + some + none = required; who is excused from whatever would be asked is outside.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from courses.standing.spans import State
from people.postings.coverage import percent


class Outcome(StrEnum):
    """The values of an address."""

    ALL = "het"
    SOME = "mot-phan"
    NONE = "chua"
    EXCUSED = "mien"


class Asked(NamedTuple):
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


Groups = Callable[[Asked], Iterable[str]]
# of each group, each person's outcome
Outcomes = dict[str, dict[int, Outcome]]


def outcomes(rows: Iterable[Asked], groups: Groups) -> Outcomes:
    """`groups` says to which of them a row belongs: none, one or several.

    What is said of a person is a number with two bits a requirement, asked and completed: of 100,000 people sets would
    take most of the time.
    """
    bits: dict[int, int] = {}
    people: defaultdict[str, dict[int, int]] = defaultdict(dict)
    excused, completed = State.EXCUSED.value, State.COMPLETED.value
    for row in rows:
        requirement, person, _unit, state = row
        if requirement not in bits:
            bits[requirement] = 1 << 2 * len(bits)
        said = 0 if state == excused else bits[requirement] * (3 if state == completed else 1)
        for group in groups(row):
            inside = people[group]
            inside[person] = inside.get(person, 0) | said
    asked = sum(bits.values())
    meant = {said: _outcome(said, asked) for inside in people.values() for said in {*inside.values()}}
    return {group: {pk: meant[said] for pk, said in inside.items()} for group, inside in people.items()}


def _outcome(said: int, asked: int) -> Outcome:
    """`asked` has the bit that says so of each requirement; the next higher one says *completed*."""
    hers, done = said & asked, said >> 1 & asked
    if not hers:
        return Outcome.EXCUSED
    if done == hers:
        return Outcome.ALL
    return Outcome.SOME if done else Outcome.NONE


def counted(told: Iterable[Outcome]) -> Counts:
    numbers = dict.fromkeys(Outcome, 0)
    for outcome in told:
        numbers[outcome] += 1
    return Counts(numbers[Outcome.ALL], numbers[Outcome.SOME], numbers[Outcome.NONE], numbers[Outcome.EXCUSED])
