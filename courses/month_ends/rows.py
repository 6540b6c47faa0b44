"""What is published of a day, as rows: from the counts, by the rules of suppression. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from courses.month_ends.map_of_day import MapOfDay
from courses.month_ends.month_end import MonthEnd
from courses.month_ends.public_cells import Public, public_of
from courses.month_ends.suppression import Cell, Key, Node, Order, Suppressed, is_all, published_sum, suppressed
from courses.standing.coverage import Figure


def family_rows(
    places: MapOfDay,
    figures: Mapping[int, Mapping[Key, Figure]],
    hidden: Iterable[Key],
    order: Order | None = None,
    withheld: Iterable[Key] = (),
) -> list[MonthEnd]:
    """What is published of requirements about the same people on a day, as rows that are not saved; pure.

    `figures` are by requirement and unit. `hidden` are left out in any case, `withheld` from the public.
    """
    made: list[Told] = []
    hidden = {*hidden, *(key for by_unit in figures.values() for key, one in by_unit.items() if _cell(one).is_small)}
    for requirement, by_unit in figures.items():
        told = Told.of(requirement, places, by_unit, hidden, order or secret_order)
        hidden |= told.suppressed.kept
        made.append(told)
    publics = _publics(made, withheld, order or secret_order)
    return [row for told, public in zip(made, publics, strict=True) for row in told.rows(public)]


@dataclass(frozen=True)
class Told:
    """What is told of one requirement."""

    requirement: int
    places: MapOfDay
    figures: Mapping[Key, Figure]
    nodes: Mapping[Key, Node]
    suppressed: Suppressed

    @classmethod
    def of(cls, requirement: int, places: MapOfDay, figures: Mapping[Key, Figure], hidden, order: Order) -> "Told":
        nodes = {key: Node(_cell(figure), _children(key, places)) for key, figure in figures.items()}
        told = suppressed(nodes, [(root, False) for root in places.roots], hidden, order)
        return cls(requirement, places, figures, nodes, told)

    def rows(self, public: Mapping[Key, bool]) -> list[MonthEnd]:
        return [_row(self, key, public.get(key)) for key in self.nodes]


def _publics(made: list[Told], withheld: Iterable[Key], order: Order) -> list[dict[Key, bool]]:
    """By requirement what `MonthEnd.public` is. Withheld in one is withheld in all: they are about the same people."""
    withheld, before = set(withheld), None
    while before != withheld:
        before = set(withheld)
        found = [_public(told, before, order) for told in made]
        withheld |= {key for public in found for key, shown in public.items() if not shown}
    return found


def _public(told: Told, withheld: Collection[Key], order: Order) -> dict[Key, bool]:
    communes = {(unit, False) for unit in told.places.communes}
    found: dict[Key, bool] = {}
    for root in ((unit, False) for unit in told.places.roots):
        public: Public = public_of(told.nodes, told.suppressed, root, communes, withheld, order)
        found |= dict.fromkeys(public.shown, True) | dict.fromkeys(public.withheld & communes, False)
        if public.total:
            found[root] = True
    return found


def secret_order(key: Key) -> str:
    """The same on every day and for every requirement, and known to nobody who does not hold the secret key."""
    return salted_hmac("courses.month_ends", f"{key[0]}:{key[1]}", algorithm="sha256").hexdigest()


def _cell(figure: Figure) -> Cell:
    return Cell(figure.required, figure.completed, figure.excused)


def _children(key: Key, places: MapOfDay) -> tuple[Key, ...]:
    unit, direct = key
    if direct or unit not in places.below:
        return ()
    return (*((child, False) for child in places.below[unit]), (unit, True))


def _row(all_told: Told, key: Key, public: bool | None) -> MonthEnd:
    figures, nodes, told = all_told.figures, all_told.nodes, all_told.suppressed
    (unit, direct), closed = key, key in told.closed
    return MonthEnd(
        requirement_id=all_told.requirement,
        day=all_told.places.day,
        unit_id=unit,
        direct=direct,
        parent_id=unit if direct else all_told.places.above.get(unit),
        name=figures[key].name,
        closed=closed,
        small=nodes[key].cell.is_small,
        kept=key in told.kept,
        public=public,
        figures=None if closed else _told(figures[key], key in told.blurred, key in told.partial),
        line=None if closed or not told.lines[key] else _line(key, figures, nodes, told),
    )


def _told(figure: Figure, blurred: bool, partial: bool) -> dict:
    if not partial:
        return {**figure.counts(), "changed_units": figure.changed_units}
    completed = None if blurred else figure.completed
    return {
        "required": figure.required,
        "completed": completed,
        "unconfirmed_units": figure.unconfirmed_units,
    }


def _line(key: Key, figures: Mapping[Key, Figure], nodes: Mapping[Key, Node], told: Suppressed) -> dict:
    """Required is None where nobody is told beside the line: its people are the unit's total."""
    line = told.lines[key]
    cell = published_sum(nodes, key, line)
    unconfirmed = sum(figures[child].unconfirmed_units for child in line)
    is_total = is_all(nodes, key, line)
    return {
        "units": len(line),
        "required": None if is_total else cell.required,
        "completed": cell.completed if cell.is_mixed and not is_total else None,
        "unconfirmed_units": unconfirmed,
    }
