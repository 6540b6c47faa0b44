"""How much paper a lesson costs: sheets of A4, printed on both sides. Pure arithmetic on its blocks.

A part whose editor did not say how many a class needs is counted once and named.
"""

from dataclasses import dataclass
from math import ceil

from campaigns.schools.blocks.codes import Each
from campaigns.schools.paper import is_teachers, pieces_of

# pupils of the class that is counted, and of one of its groups
CLASS, GROUP = 30, 5
HOW_MANY = {
    Each.CLASS: 1,
    Each.GROUP: ceil(CLASS / GROUP),
    Each.PAIR: ceil(CLASS / 2),
    Each.PUPIL: CLASS,
    Each.TWICE: 2 * CLASS,
}


@dataclass(frozen=True)
class Cost:
    """Sheets of one print of what is handed out, and of a whole class; `unsaid`: codes counted once."""

    once: int
    whole_class: int
    pupils: int
    unsaid: tuple[str, ...]


def cost_of(page) -> Cost:
    handed = [part for part in page.printed if not is_teachers(part)]
    counted = [(part, _each(part)) for part in handed]
    return Cost(
        once=sum(_sheets(piece) for piece in pieces_of(handed)),
        whole_class=sum(sheets_for(part, each) for part, each in counted),
        pupils=CLASS,
        unsaid=tuple(
            part.value["code"] for part, each in counted if not each and part.block_type in ("cards", "sheet")
        ),
    )


def sheets_for(part, each: str) -> int:
    """A set of cards is as many sheets as it has; of small sheets as many as stand on one are cut from it."""
    wanted = HOW_MANY.get(each, 1)  # type: ignore[call-overload]
    (piece,) = pieces_of([part])
    if piece["cards"] and each not in (Each.PUPIL, Each.TWICE):
        distinct = sum(not face["copy"] for face in piece["fronts"])
        return ceil(wanted * distinct / (piece["columns"] * piece["rows"]))
    return ceil(wanted / _alike(piece)) * _sheets(piece)


def _each(part) -> str:
    return part.value.get("each") or ""


def _sheets(piece: dict) -> int:
    return ceil(len(piece["fronts"]) / (piece["columns"] * piece["rows"]))


def _alike(piece: dict) -> int:
    """How many of the same stand on one sheet."""
    return 1 if piece["cards"] else piece["columns"] * piece["rows"]
