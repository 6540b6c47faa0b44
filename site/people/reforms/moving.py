"""What follows a unit to the one that takes it over. Each app registers what it knows of, and nothing is imported
upward:

    moves_with_unit(Moves("class", _("Lớp tập huấn"), 20, foresee=…, move=…))

People and roles are not among it: they count at the successor by `Reach`. What a mover writes it keeps as rows of the
reform's change, of kinds registered with `people.undoing.kinds.undoes`, by which the reversal brings it back. A mover
may be called again after it was killed, and then finds less to do.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.functional import Promise

from people.changes.change import ChangedRow, Deed, Journal
from people.reforms.reform import Reform
from people.times import covering
from people.undoing.map_rows import HOLDING
from people.units.reach import DAY
from people.units.successions import Reach, Succession
from people.units.unit import Unit
from people.units.unit_rows import SUCCESSION, UNIT

# where people are posted since, a reform stays
HOLDING["reform"] = frozenset({"Posting"})


@dataclass(frozen=True)
class Handed:
    """What a reform hands over from its day on: `to` maps each unit that was passed on to the unit in which it counts;
    `ended` are all that ended with the day before. `beat` says that the work goes on.
    """

    on: date
    to: Mapping[int, int]
    ended: frozenset[int]
    journal: Journal
    beat: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Foreseen:
    """What would move: how many of it, and the first by name."""

    title: str
    count: int
    named: tuple[str, ...] = ()


def _nothing(*_args) -> list[str]:
    return []


@dataclass(frozen=True)
class Moves:
    """`foresee(units)` tells what these units have; `move` moves it in short transactions; `left(units)` tells, one a
    line, what was written since in units that are believed no more; `settle` is called when the map was taken back.
    """

    key: str
    title: str | Promise
    order: int
    foresee: Callable[[Collection[int]], Sequence[Foreseen]]
    move: Callable[[Handed, datetime], None]
    left: Callable[[Collection[int]], Sequence[str]] = _nothing
    settle: Callable[[date, Callable[[], object]], object] = lambda day, beat: None


_MOVES: dict[str, Moves] = {}


def moves_with_unit(moves: Moves) -> Moves:
    _MOVES[moves.key] = moves
    return moves


def movers() -> list[Moves]:
    return sorted(_MOVES.values(), key=lambda one: one.order)


def handed_over(reform: Reform, beat: Callable[[], object] = lambda: None) -> Handed:
    """Five queries. Units that were split without an heir hand nothing over yet."""
    assert reform.change is not None
    rows = reform.change.rows
    passed = Succession.objects.current().filter(pk__in=rows.filter(kind=SUCCESSION).values("new"))
    olds = set(passed.values_list("old", flat=True))
    over = Unit.objects.filter(pk__in=rows.filter(kind=UNIT).values("unit"), valid_to=reform.on - DAY)
    ended = frozenset(over.values_list("pk", flat=True))
    return Handed(reform.on, counting_at(olds, reform.on), ended, Journal(reform.change), beat)


def handing_over(day: date) -> dict[int, Journal]:
    """By unit that a reform, whose work is to be done on `day`, ended or passed on: where to keep account of it."""
    found: dict[int, Journal] = {}
    for reform in Reform.objects.to_carry(day).select_related("change").order_by("on", "pk"):
        handed = handed_over(reform)
        found |= dict.fromkeys(handed.ended | handed.to.keys(), handed.journal)
    return found


def is_being_reversed() -> bool:
    return Reform.objects.in_force().exclude(reversing_at=None).exists()


def counting_at(units: Collection[int], day: date) -> dict[int, int]:
    """{unit: the other unit in which it counts on `day`}, without units that go on, and divided ones."""
    found = Reach.objects.filter(covering(day), unit__in=units, depth=0, undivided=False)
    return {unit: at for unit, at in found.values_list("unit", "ancestor") if unit != at}


def made_by(reform: Reform) -> QuerySet:
    """Ids of the units that it made."""
    rows = ChangedRow.objects.filter(change=reform.change_id, kind=UNIT, what=Deed.CREATED)
    return rows.values_list("unit", flat=True)
