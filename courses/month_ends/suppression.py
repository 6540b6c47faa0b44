"""Suppression of small cells: which units' counts are left out, so that no published sum tells them.

A *cell* is what is counted of one unit on one day; it is *small* where fewer than FEWEST people are required of it and
anybody is there. Small cells, and where that is not enough further ones (*complements*), go into one line of the unit
above, whose parts cannot be told from each other. Pure functions over one map; the words are those of official
statistics (primary and complementary suppression).

What holds of each published sum of hidden cells (`is_opaque`, `is_mixed`):

- it has at least two parts and FEWEST people;
- it is neither one for each part nor FEWEST - 1 for each part, which would fix parts of 1 to FEWEST - 1 people;
- its completed are told only if some have completed and some have not, else each part's would be known.

A complement is chosen by an order that does not depend on the counts and that no reader knows: from its being chosen
nothing follows about what it counts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

FEWEST = 5

# (unit id, whether only those at the unit itself)
Key = tuple[int, bool]
Order = Callable[[Key], str]


@dataclass(frozen=True)
class Cell:
    """Distinct people: `excused` are outside of `required`, `completed` are inside."""

    required: int
    completed: int
    excused: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.required and not self.excused

    @property
    def is_small(self) -> bool:
        return self.required < FEWEST and not self.is_empty

    @property
    def is_mixed(self) -> bool:
        return 0 < self.completed < self.required

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.required + other.required, self.completed + other.completed, self.excused + other.excused)


@dataclass(frozen=True)
class Node:
    """A unit with those one level down, among them the people at the unit itself where it has units below."""

    cell: Cell
    children: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Suppressed:
    """`closed`: nothing is published of them. `lines` maps each open unit to those of its children that are only in
    its line, none if there is no need. `blurred` are open units whose completed are not published; `partial` those
    with anything hidden below, of which only required and completed are. `kept` stay closed for the rest of the year.
    """

    closed: frozenset[Key]
    lines: Mapping[Key, frozenset[Key]]
    blurred: frozenset[Key]
    partial: frozenset[Key]
    kept: frozenset[Key]


def suppressed(
    nodes: Mapping[Key, Node], roots: Iterable[Key], hidden: Iterable[Key] = (), order: Order = str
) -> Suppressed:
    """`hidden` are left out in any case: small cells of the same people elsewhere, and what was kept from before."""
    roots, hidden = list(roots), set(hidden)
    lines: dict[Key, frozenset[Key]] = {}
    closed: set[Key] = set()
    blurred: set[Key] = set()
    partial: set[Key] = set()
    kept: set[Key] = {root for root in roots if nodes[root].cell.is_small or root in hidden}
    for key in _from_below(nodes, roots):
        children = nodes[key].children
        must = closed.intersection(children)
        line = line_of(nodes, key, must, order)
        kept |= line or must
        if nodes[key].cell.is_small or key in hidden or line is None:
            closed.add(key)
            continue
        lines[key] = line
        told = set(children) - line
        if line or told & partial:
            partial.add(key)
        if told & blurred or (line and not published_sum(nodes, key, line).is_mixed):
            blurred.add(key)
    shown = set(_below(nodes, [root for root in roots if root not in closed], lines))
    return Suppressed(
        closed=frozenset(nodes.keys() - shown),
        lines={key: lines[key] for key in shown},
        blurred=frozenset(blurred & shown),
        partial=frozenset(partial & shown),
        kept=frozenset(kept),
    )


def line_of(nodes: Mapping[Key, Node], key: Key, must: set[Key], order: Order) -> frozenset[Key] | None:
    """The children that are only in the unit's line; None if not even the unit's total can be told."""
    if not must:
        return frozenset()
    line = set(must)
    rest = [child for child in nodes[key].children if child not in must and not nodes[child].cell.is_empty]
    for complement in sorted(rest, key=order):
        if _hides(nodes, key, line):
            return frozenset(line)
        line.add(complement)
    # nothing is told but the total
    return frozenset(line) if is_opaque(len(line), nodes[key].cell.required) else None


def is_opaque(parts: int, required: int) -> bool:
    """Whether a sum over so many hidden cells tells none of them."""
    return parts >= 2 and required >= FEWEST and required not in (parts, (FEWEST - 1) * parts)


def published_sum(nodes: Mapping[Key, Node], key: Key, line: Iterable[Key]) -> Cell:
    """What is told of the unit's line: its sum, or the unit's total where no child with anybody is told."""
    line = set(line)
    if is_all(nodes, key, line):
        return nodes[key].cell
    return sum((nodes[child].cell for child in line), Cell(0, 0))


def is_all(nodes: Mapping[Key, Node], key: Key, line: Iterable[Key]) -> bool:
    """Whether nobody is told beside the line."""
    line = set(line)
    return all(child in line or nodes[child].cell.is_empty for child in nodes[key].children)


def _hides(nodes: Mapping[Key, Node], key: Key, line: set[Key]) -> bool:
    """People in two units count once in the total. A sum that exceeds it would let the total bound the parts."""
    parts, total = published_sum(nodes, key, line), nodes[key].cell
    missing, missing_in_all = parts.required - parts.completed, total.required - total.completed
    return parts.completed <= total.completed and missing <= missing_in_all and is_opaque(len(line), parts.required)


def _from_below(nodes: Mapping[Key, Node], roots: Iterable[Key]) -> list[Key]:
    """Every unit after those below it."""
    return _below(nodes, roots, {})[::-1]


def _below(nodes: Mapping[Key, Node], roots: Iterable[Key], lines: Mapping[Key, frozenset[Key]]) -> list[Key]:
    """The roots and all below them, without what is in a line or below one that is."""
    found, waiting = [], list(roots)
    while waiting:
        key = waiting.pop()
        found.append(key)
        waiting += [child for child in nodes[key].children if child not in lines.get(key, ())]
    return found
