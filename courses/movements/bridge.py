"""A bridge from the figures of one day to those of another, by cause. Pure; people are counted, never shared out.

For every set of states, and so for the denominator, the numerator and each state alone:

    first + what each cause brought − what each cause took = last
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from courses.movements.causes import Cause
from courses.standing.spans import State

# the state on the first day and on the second, None where she does not count
Turn = tuple[str | None, str | None]

REQUIRED = frozenset(state.value for state in State if state != State.EXCUSED)
# what is told of a bridge, by its key in addresses and files: the denominator, the numerator, and each other state
WHAT: Mapping[str, frozenset[str]] = {
    "required": REQUIRED,
    **{state.value: frozenset([state.value]) for state in State},
}


@dataclass(frozen=True)
class Line:
    """What one cause did: how many people turned from which state to which."""

    cause: Cause
    turns: Mapping[Turn, int]

    @property
    def people(self) -> int:
        return sum(self.turns.values())

    def brought(self, states: Collection[str]) -> int:
        return sum(people for turn, people in self.turns.items() if is_brought(turn, states))

    def took(self, states: Collection[str]) -> int:
        return sum(people for turn, people in self.turns.items() if is_taken(turn, states))


@dataclass(frozen=True)
class Bridge:
    """`first` and `last` are people by state; `lines` in the order of `Cause`, without those of nobody."""

    first: Mapping[str, int]
    last: Mapping[str, int]
    lines: tuple[Line, ...]

    @cached_property
    def people(self) -> int:
        """Whoever counts otherwise, each once."""
        return sum(line.people for line in self.lines)

    def start(self, states: Collection[str]) -> int:
        return sum(self.first.get(state, 0) for state in states)

    def end(self, states: Collection[str]) -> int:
        return sum(self.last.get(state, 0) for state in states)

    def closes(self) -> bool:
        """Whether it adds up for the denominator, the numerator and every state."""
        return all(
            self.start(states) + sum(line.brought(states) - line.took(states) for line in self.lines)
            == self.end(states)
            for states in WHAT.values()
        )


def is_brought(turn: Turn, states: Collection[str]) -> bool:
    return turn[1] in states and turn[0] not in states


def is_taken(turn: Turn, states: Collection[str]) -> bool:
    return turn[0] in states and turn[1] not in states


def bridge(first: Mapping[str, int], last: Mapping[str, int], turned: Mapping[tuple[Cause, Turn], int]) -> Bridge:
    """`turned` counts each person who counts otherwise once."""
    turns: dict[Cause, dict[Turn, int]] = defaultdict(dict)
    for (cause, turn), people in turned.items():
        turns[cause][turn] = people
    return Bridge(first, last, tuple(Line(cause, turns[cause]) for cause in Cause if cause in turns))
