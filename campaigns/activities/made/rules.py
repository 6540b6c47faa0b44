"""How a number of people is kept: fewer than five are never stored, so nothing shown can be worked out to them.

Pure. A part (women, people under 18) is not stored either where what is left of the whole is fewer than five: the
kit's form writes "dưới 5", and a reader who has the whole would have the rest by subtracting.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _

# as in `courses.month_ends.suppression`, which hides cells that are stored; here none is
FEWEST = 5


class Mark(models.TextChoices):
    """How a number of people is known. A number stands beside TOLD alone."""

    UNKNOWN = "", "chưa có số liệu"
    TOLD = "so", "có số"
    SMALL = "it", "dưới 5"
    # of a part: it or what is left of the whole is fewer than five
    REST = "con_it", "có phần dưới 5"


@dataclass(frozen=True)
class People:
    number: int | None
    mark: Mark

    @property
    def in_words(self) -> str:
        return in_words(self.number, self.mark)


UNKNOWN, SMALL, REST = People(None, Mark.UNKNOWN), People(None, Mark.SMALL), People(None, Mark.REST)


def in_words(number: int | None, mark: str) -> str:
    if mark == Mark.TOLD and number is not None:
        return f"{number:,}".replace(",", ".")
    if mark == Mark.SMALL:
        return _("dưới 5")
    return _("không nêu (có phần dưới 5)") if mark == Mark.REST else _("chưa có số liệu")


def whole(typed: "int | People | None") -> People:
    """What is kept of a number that was typed: a number, one of the marks, or nothing."""
    if isinstance(typed, People):
        return typed
    if typed is None:
        return UNKNOWN
    return SMALL if 0 < typed < FEWEST else People(typed, Mark.TOLD)


def part(typed: "int | People | None", of: People) -> People:
    """Of a part; unknown where the whole is not told, since it would bound it. Of fewer than nine it is not
    kept either which of the two is small: of six, "the rest is small" would leave five and one alone.
    """
    kept = whole(typed)
    if of.mark != Mark.TOLD or of.number is None:
        return UNKNOWN
    if kept.mark == Mark.SMALL:
        return SMALL if of.number >= 2 * FEWEST - 1 else REST
    return REST if kept.number is not None and 0 < of.number - kept.number < FEWEST else kept


def too_large(typed: "int | People | None", of: "int | People | None") -> bool:
    return isinstance(typed, int) and isinstance(of, int) and typed > of


def kept(typed: Mapping[str, "int | People | None"]) -> dict[str, People]:
    """What is stored of `people` with its parts `women` and `minors`, and of `officials`."""
    people = whole(typed.get("people"))
    return {
        "people": people,
        "women": part(typed.get("women"), people),
        "minors": part(typed.get("minors"), people),
        "officials": whole(typed.get("officials")),
    }
