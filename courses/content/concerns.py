"""Whom a lesson, or one block of it, concerns most: sectors of units and duties of postings. A label, never a lock.

A duty that the province deleted stays in what was stored and is not shown.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, F, Q, TextField, When
from django.db.models.functions import Cast

from people.postings.posting import Duty
from people.units.unit import Sector

# how a block keeps them, beside its words
KEYS = ("sectors", "duties")

# of a page, told by its lesson
BODY_TEXT = Cast("lessonpage__body", TextField())
# only bodies in which a block names somebody are carried over: such a key stands in no other body, since JSON escapes
# the quotes of what people write
MARKED_BODY = Case(
    When(reduce(or_, (Q(body_text__contains=f'"{key}"') for key in KEYS)), then=F("body_text")), default=None
)


@dataclass(frozen=True, slots=True)
class Concerns:
    """`duties` are (key, name). Empty, and then false, where something concerns everybody."""

    sectors: tuple[str, ...] = ()
    duties: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sectors or self.duties)

    @property
    def names(self) -> list[str]:
        return [*(str(Sector(key).label) for key in self.sectors), *(name for _key, name in self.duties)]

    def meet(self, sectors: Collection[str], duties: Collection[str]) -> bool:
        """Whether somebody in these sectors and with these duties is meant."""
        return any(key in sectors for key in self.sectors) or any(key in duties for key, _name in self.duties)


def concerns_of(stored: Mapping, duty_names: Mapping[str, str]) -> Concerns:
    """Of a mapping with lists of keys under `KEYS`, either of which may be missing; what is unknown is left out."""
    sectors, duties = (stored.get(key) or () for key in KEYS)
    return Concerns(
        tuple(key for key in sectors if key in Sector.values),
        tuple((key, duty_names[key]) for key in duties if key in duty_names),
    )


def together(several: Iterable[Concerns]) -> Concerns:
    """Each sector and duty once, in the order in which they come."""
    listed = list(several)
    sectors = dict.fromkeys(key for concerns in listed for key in concerns.sectors)
    duties = dict.fromkeys(duty for concerns in listed for duty in concerns.duties)
    return Concerns(tuple(sectors), tuple(duties))


def duty_names() -> dict[str, str]:
    """{key: name}; one query."""
    return dict(Duty.objects.values_list("key", "name"))


def duty_choices() -> list[tuple[str, str]]:
    return list(duty_names().items())


def sector_choices() -> list[tuple]:
    return Sector.choices
