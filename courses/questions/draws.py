"""Which questions of a bank an attempt asks: pure, with the chance passed in.

The rules, the earlier one first (docs/answers.md):
1. so many questions of each objective, all of them where it has fewer; what a quiz asks more or less than that is
   spread evenly, by lot;
2. at most a third shared with any one earlier attempt of the person as long as such a draw exists, else the least;
3. the bank's own mix of difficulty, as near as possible.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from random import Random

LEVELS = (1, 2, 3)
# steps of a search; what a draw of forty from a hundred needs is some hundreds. How little can be shared is worth more
# of them: the smallest starter bank takes 32,000 at the 22nd attempt to show that there is no draw
PATIENCE_FOR_SHARING = 100_000
PATIENCE_FOR_THE_MIX = 10_000
# a bank below so many times the draw soon repeats itself
AMPLE = 3

Mix = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question of the bank. `difficulty` is one of LEVELS."""

    key: Hashable
    objective: str
    difficulty: int


def draw(
    bank: Sequence[Candidate], each: int, total: int, earlier: Collection[Collection[Hashable]], rng: Random
) -> list[Candidate]:
    """The questions in the order of their objectives. `total` 0: as many as the objectives make; `earlier` holds the
    keys of each earlier attempt."""
    counts = quotas(Counter(one.objective for one in bank), each, total, rng)
    groups = [([one for one in bank if one.objective == objective], n) for objective, n in counts.items() if n]
    size = sum(n for _candidates, n in groups)
    search = _Search(groups, earlier, rng)
    limit = size // 3
    while (found := search.find(limit)) is None:
        limit, search.patience = limit + 1, PATIENCE_FOR_SHARING
    target = shared_out(mix_of(bank), size)
    search.patience = PATIENCE_FOR_THE_MIX  # for all mixes together
    for mix in search.mixes(target):
        if distance(mix, target) >= distance(mix_of(found), target):
            break
        if better := search.find(limit, mix):
            found = better
            break
    return sorted(found, key=lambda one: natural(one.objective))


def draw_size(available: Counter, each: int, total: int) -> int:
    """How many questions a draw has; `available` is {objective: questions in the bank}."""
    wanted = total or sum(min(each, n) for n in available.values())
    return min(wanted, sum(available.values()))


def is_thin(bank: int, drawn: int) -> bool:
    """Whether a bank of so many questions is small for its draw."""
    return bank < AMPLE * drawn


def quotas(available: Counter, each: int, total: int, rng: Random) -> dict[str, int]:
    """{objective: questions to draw}, the first rule."""
    counts = {objective: min(each, n) for objective, n in available.items()}
    size = draw_size(available, each, total)
    while (now := sum(counts.values())) != size:
        if now > size:
            most = max(counts.values())
            counts[rng.choice([one for one, n in counts.items() if n == most])] -= 1
        else:
            free = [one for one, n in counts.items() if n < available[one]]
            least = min(counts[one] for one in free)
            counts[rng.choice([one for one in free if counts[one] == least])] += 1
    return counts


def natural(objective: str) -> list[tuple[int, str]]:
    """Sorts "1.9/1" before "1.10/1"."""
    parts = objective.replace("/", ".").split(".")
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def mix_of(questions: Collection[Candidate]) -> Mix:
    """How many are of each level."""
    counts = Counter(one.difficulty for one in questions)
    return tuple(counts[level] for level in LEVELS)


def distance(one: Mix, other: Mix) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


def shared_out(mix: Mix, size: int) -> Mix:
    """`size` in the proportions of `mix`, in whole numbers: what is left over goes to the largest remainders."""
    of = sum(mix) or 1
    whole = [n * size // of for n in mix]
    by_rest = sorted(range(len(mix)), key=lambda place: (-(mix[place] * size % of), place))
    for place in by_rest[: size - sum(whole)] if sum(mix) else []:
        whole[place] += 1
    return tuple(whole)


@lru_cache(maxsize=256)
def reachable(groups: tuple[tuple[int, Mix], ...]) -> tuple[frozenset[Mix], ...]:
    """The mixes that the groups from each place on can make together; `groups` are (questions to draw, mix)."""
    ends = [frozenset([(0,) * len(LEVELS)])]
    for n, mix in reversed(groups):
        parts = [part for part in product(*(range(min(n, m) + 1) for m in mix)) if sum(part) == n]
        ends.append(frozenset(tuple(map(sum, zip(end, part, strict=True))) for end in ends[-1] for part in parts))
    return tuple(reversed(ends))


class _Search:
    """Depth first, with bounds; candidates met least so far come first, so that a draw is found without going back."""

    def __init__(self, groups, earlier: Collection[Collection[Hashable]], rng: Random):
        self.groups = sorted(groups, key=lambda group: len(group[0]) - group[1])
        self.rng = rng
        self.attempts = len(earlier)
        self.met = {
            one.key: [place for place, keys in enumerate(earlier) if one.key in keys]
            for candidates, _n in groups
            for one in candidates
        }
        self.reachable = reachable(tuple((n, mix_of(candidates)) for candidates, n in self.groups))
        self.patience = PATIENCE_FOR_SHARING
        self._bound()

    def _bound(self) -> None:
        """From each group on: the least that must be shared with each attempt, and with all of them together."""
        self.least = [[0] * self.attempts]
        self.least_together = [0]
        for candidates, n in reversed(self.groups):
            fresh = Counter(place for one in candidates for place in self.met[one.key])
            forced = [max(n - (len(candidates) - fresh[place]), 0) for place in range(self.attempts)]
            self.least.append([a + b for a, b in zip(self.least[-1], forced, strict=True)])
            self.least_together.append(
                self.least_together[-1] + sum(sorted(len(self.met[c.key]) for c in candidates)[:n])
            )
        self.least.reverse()
        self.least_together.reverse()

    def mixes(self, target: Mix) -> list[Mix]:
        """All that can be drawn, the nearest to the target first."""
        mixes = sorted(self.reachable[0])
        self.rng.shuffle(mixes)
        return sorted(mixes, key=lambda mix: distance(mix, target))

    def find(self, limit: int, mix: Mix | None = None) -> list[Candidate] | None:
        """A draw that shares at most `limit` with each attempt, of this mix if one is given. None: there is none, or
        none was found with patience."""
        self.limit, self.need = limit, None if mix is None else list(mix)
        self.shared = [0] * self.attempts
        self.chosen: list[Candidate] = []
        return self.chosen if self._from_group(0) else None

    def _from_group(self, place: int) -> bool:
        if any(a + b > self.limit for a, b in zip(self.shared, self.least[place], strict=True)):
            return False
        if sum(self.shared) + self.least_together[place] > self.limit * self.attempts:
            return False
        if self.need is not None and tuple(self.need) not in self.reachable[place]:
            return False
        if place == len(self.groups):
            return True
        candidates, n = self.groups[place]
        in_turn = self.rng.sample(candidates, len(candidates))
        in_turn.sort(key=lambda one: sum(1 + self.shared[attempt] for attempt in self.met[one.key]))
        return self._from_candidate(place, in_turn, 0, n)

    def _from_candidate(self, place: int, candidates: list[Candidate], start: int, left: int) -> bool:
        if not left:
            return self._from_group(place + 1)
        for turn in range(start, len(candidates) - left + 1):
            one = candidates[turn]
            if self.patience and self._fits(one):
                self.patience -= 1
                self._take(one, 1)
                if self._from_candidate(place, candidates, turn + 1, left - 1):
                    return True
                self._take(one, -1)
        return False

    def _fits(self, one: Candidate) -> bool:
        if self.need is not None and not self.need[one.difficulty - 1]:
            return False
        return all(self.shared[attempt] < self.limit for attempt in self.met[one.key])

    def _take(self, one: Candidate, way: int) -> None:
        """Takes the candidate (1) or puts it back (-1)."""
        for attempt in self.met[one.key]:
            self.shared[attempt] += way
        if self.need is not None:
            self.need[one.difficulty - 1] -= way
        if way > 0:
            self.chosen.append(one)
        else:
            self.chosen.pop()
