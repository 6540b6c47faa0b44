"""Which postings somebody holds when two records become one. Pure functions.

A posting that the other record does not know is moved as it is. Of one unit and position (by *same spelling*),
postings of the same duties whose days overlap are one posting over all their days. A posting is known by the day it
begins, so two from the same day are one with the duties of both for as long as both ran, and what is left of the longer
one begins on the day after. No day with a duty is lost, added or begun twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from letters.folding import spelled


@dataclass(frozen=True)
class Held:
    """A posting; `parts` are the keys of those that it is made of, none of what is left of a longer one. An `end` of
    None is open.
    """

    parts: tuple[int, ...]
    unit: int
    position: str
    start: date
    end: date | None
    duties: frozenset[int]

    def overlaps(self, other: "Held") -> bool:
        return self.start <= (other.end or date.max) and other.start <= (self.end or date.max)

    def belongs_to(self, other: "Held") -> bool:
        if self.unit != other.unit or spelled(self.position) != spelled(other.position):
            return False
        return self.start == other.start or (self.duties == other.duties and self.overlaps(other))

    def joined(self, other: "Held") -> tuple["Held", "Held | None"]:
        """Both as one, and what is left of the longer one."""
        longer, shorter = sorted((self, other), key=lambda one: one.end or date.max, reverse=True)
        start, parts = min(self.start, other.start), (*self.parts, *other.parts)
        if self.duties == other.duties or longer.end == shorter.end or shorter.end is None:
            return replace(longer, parts=parts, start=start, duties=self.duties | other.duties), None
        left = replace(longer, parts=(), start=shorter.end + timedelta(days=1))
        return replace(shorter, parts=parts, duties=self.duties | other.duties), left

    def says_the_same(self, other: "Held") -> bool:
        return (self.start, self.end, self.duties) == (other.start, other.end, other.duties)


def joined(stays: Iterable[Held], gone: Iterable[Held]) -> Iterator[Held]:
    """The postings of who stays that are made of at least one of the other's, or of what was left of one."""
    ours = list(stays)
    held, waiting = list(ours), sorted(gone, key=lambda one: (one.start, one.parts))
    while waiting:
        whole = waiting.pop(0)
        while other := next((one for one in held if one.belongs_to(whole)), None):
            held.remove(other)
            whole, left = other.joined(whole)
            waiting += [left] if left else []
        held.append(whole)
    return (one for one in held if one not in ours)
