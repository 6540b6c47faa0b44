"""How far two observers agree on a rubric, by behaviour: before they spoke, and never by observer."""

from collections import defaultdict
from dataclasses import dataclass

from courses.practice.observed.agreement import Agreement, Pair, agreement
from courses.practice.observed.observation import ObservedLevel
from courses.practice.observed.rubric import Rubric


@dataclass(frozen=True)
class BehaviourFigures:
    what: str
    critical: bool
    found: Agreement


@dataclass(frozen=True)
class RubricFigures:
    """`records` are performances with both forms in; `whole` is over all behaviours together."""

    records: int
    whole: Agreement
    behaviours: list[BehaviourFigures]


def figures_of(rubric: Rubric, words) -> RubricFigures:
    """One query. `words` is the frozen rubric whose behaviours are named; a behaviour of older words that it has no
    more counts in the whole only.
    """
    rows = ObservedLevel.objects.filter(observation__performance__session__rubric=rubric)
    columns = ("observation__performance", "behaviour", "observation__place", "level")
    levels: dict[tuple[int, str], dict[int, int | None]] = defaultdict(dict)
    for performance, behaviour, place, level in rows.values_list(*columns):
        levels[performance, behaviour][place] = level
    pairs: dict[str, list[Pair]] = defaultdict(list)
    both = set()
    for (performance, behaviour), two in levels.items():
        if len(two) < 2:
            continue
        both.add(performance)
        if two[1] is not None and two[2] is not None:
            pairs[behaviour].append((two[1], two[2]))
    by_behaviour = [BehaviourFigures(one.what, one.critical, agreement(pairs[one.id])) for one in words.behaviours]
    return RubricFigures(len(both), agreement(pair for some in pairs.values() for pair in some), by_behaviour)
