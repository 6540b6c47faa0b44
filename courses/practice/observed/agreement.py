"""How far two observers agree before they speak, by behaviour and over a rubric. Pure, in exact fractions.

It is a property of the rubric (words that two people read differently), never a mark of an observer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

# below that many pairs kappa says more of chance than of the rubric
LEAST_PAIRS = 20

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `pairs` pairs of levels: how many are `exact` and how many at most one level apart (`within_one`).

    `kappa` is None below LEAST_PAIRS, and where chance alone would agree too (all levels the same).
    """

    pairs: int
    exact: int
    within_one: int
    kappa: Fraction | None


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """Of the pairs (first observer's level, second's); who saw no occasion gave no level and makes no pair."""
    rows = list(pairs)
    apart = [abs(first - second) for first, second in rows]
    kappa = weighted_kappa(rows) if len(rows) >= LEAST_PAIRS else None
    return Agreement(len(rows), apart.count(0), sum(distance <= 1 for distance in apart), kappa)


def weighted_kappa(pairs: Iterable[Pair]) -> Fraction | None:
    """Weighted kappa with quadratic weights (Cohen 1968): 1 less the mean squared distance seen over the one expected
    from both observers' shares alone. None where the expected one is 0.
    """
    rows = list(pairs)
    seen = sum((first - second) ** 2 for first, second in rows) * len(rows)
    expected = sum((first - second) ** 2 for first, _own in rows for _other, second in rows)
    return 1 - Fraction(seen, expected) if expected else None


def apart(first: int | None, second: int | None) -> bool:
    """Whether a difference is so large that the agreed level needs a reason: two levels or more, or one of the two saw
    no occasion at all, which changes what is counted.
    """
    if first is None or second is None:
        return first != second
    return abs(first - second) >= 2
