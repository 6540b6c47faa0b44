"""Which units everybody may read of, of those that an observer reads of.

Whoever answers for a unit knows its people and reads the public page too, and there nobody can be left out (an observer
who knows a hidden unit is told nothing of the units above). So what is hidden from the public must stay unknown even to
who knows any *one* part of it: without that part, the others still hide each other. Where they do not, further communes
are withheld, by the same secret order, for the rest of the year.

Pure functions; `told` is what is published for observers, of which the public reads less, never more.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from courses.month_ends.suppression import FEWEST, Cell, Key, Node, Order, Suppressed, is_opaque

# so many people the others must be without any one part. With FEWEST alone, whoever knows the first of two, three and
# three would conclude from the total's being told that nobody there is one or two
LEFT = 2 * FEWEST


@dataclass(frozen=True)
class Public:
    """`shown`: of whom required and completed are told. `withheld`: of whom nothing is, to the end of the year.
    `total`: whether the sum of all is told.
    """

    shown: frozenset[Key]
    withheld: frozenset[Key]
    total: bool


def public_of(
    nodes: Mapping[Key, Node], told: Suppressed, root: Key, communes: Iterable[Key], before: Iterable[Key], order: Order
) -> Public:
    """`communes` are the units that the public may read of at all, `before` those withheld this year already."""
    if root in told.closed:
        return Public(frozenset(), frozenset(), False)
    present = [child for child in nodes[root].children if not nodes[child].cell.is_empty]
    communes = set(communes).intersection(present)
    unsafe = {child for child in communes if child in told.lines and not _is_safe(nodes, told, child)}
    # whoever observes reads of the other units; so they do not help to hide
    withheld = told.lines[root].union(unsafe, communes.intersection(before))
    for complement in sorted(communes - withheld, key=order):
        if _is_proof(nodes, root, withheld):
            break
        withheld |= {complement}
    total = _is_proof(nodes, root, withheld) and root not in told.blurred and _are_mixed(nodes, withheld)
    return Public(frozenset(communes - withheld), frozenset(withheld), total)


def _is_safe(nodes: Mapping[Key, Node], told: Suppressed, key: Key) -> bool:
    """Whether the total of the unit tells nobody below it of another one there."""
    if key in told.blurred:
        return False
    line = told.lines[key]
    if line and not (_is_proof(nodes, key, line) and _are_mixed(nodes, line)):
        return False
    return all(_is_safe(nodes, told, child) for child in nodes[key].children if child in told.lines)


def _is_proof(nodes: Mapping[Key, Node], key: Key, hidden: Collection[Key]) -> bool:
    """Whether they hide each other from whoever knows one of them; people in two units count once in the total."""
    total = nodes[key].cell
    return all(
        is_opaque(parts, rest.required)
        and rest.required >= LEFT
        and rest.completed <= total.completed
        and rest.required - rest.completed <= total.required - total.completed
        for parts, rest in _without_each(nodes, hidden)
    )


def _are_mixed(nodes: Mapping[Key, Node], hidden: Collection[Key]) -> bool:
    return all(rest.is_mixed for _parts, rest in _without_each(nodes, hidden))


def _without_each(nodes: Mapping[Key, Node], hidden: Collection[Key]) -> Iterable[tuple[int, Cell]]:
    """(how many with anybody are left, their sum) without each of them; nothing where none are hidden."""
    cells = [nodes[key].cell for key in hidden]
    parts, whole = sum(not cell.is_empty for cell in cells), sum(cells, Cell(0, 0))
    for cell in cells:
        rest = Cell(whole.required - cell.required, whole.completed - cell.completed, whole.excused - cell.excused)
        yield parts - (not cell.is_empty), rest
