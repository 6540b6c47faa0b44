"""Which questions a re-test asks: pure, with the chance passed in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from courses.questions.draws import Candidate, natural


def asked(bank: Sequence[Candidate], met: Mapping[Any, int], count: int, rng: Random) -> list[Candidate]:
    """`met` is how often the person was asked each question in the course. Those met least come first, and among them
    one of an objective that is not asked yet; in the order of their objectives.
    """
    left = rng.sample(list(bank), len(bank))
    chosen: list[Candidate] = []
    of_objective: Counter[str] = Counter()
    while left and len(chosen) < count:
        one = min(left, key=lambda candidate: (met.get(candidate.key, 0), of_objective[candidate.objective]))
        left.remove(one)
        chosen.append(one)
        of_objective[one.objective] += 1
    return sorted(chosen, key=lambda candidate: natural(candidate.objective))
