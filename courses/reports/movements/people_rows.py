"""The people behind a number of a bridge, by name, with what happened and who recorded it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.movements.causes import Cause
from courses.movements.reading import Told, Turned
from courses.movements.recorded import recorded
from courses.reports.movements.asked import BROUGHT, Between, Chosen
from courses.standing.spans import State
from courses.standing.state_tones import TONES
from people.persons.user import User
from people.rights.reader import Reader
from people.statements.plain_rows import among

PAGE = 50
# of an export at a time
CHUNK = 1000


@dataclass(frozen=True)
class Row:
    name: str
    staff_code: str
    turned: Turned
    words: str
    by: str
    at: datetime | None

    @property
    def address(self) -> str:
        return reverse("reports:person", args=[self.staff_code])

    @property
    def cause(self) -> str:
        return str(self.turned.cause.label)

    @property
    def lead(self) -> str:
        """The cause, unless the words begin with it."""
        return "" if self.words.startswith(self.cause) else self.cause

    @property
    def before(self) -> str:
        return _state(self.turned.turn[0])

    @property
    def after(self) -> str:
        return _state(self.turned.turn[1])

    @property
    def tones(self) -> tuple[str, str]:
        first, last = (TONES[State(state)] if state else "" for state in self.turned.turn)
        return first, last


def _state(state: str | None) -> str:
    return str(State(state).label) if state else _("không tính ở đây")


class ChosenPeople:
    """A list for Django's Paginator, in the order of names: a slice costs two queries and those of `recorded`.

    Raises Http404 where the reader may not see the people of the unit.
    """

    def __init__(self, between: Between, chosen: Chosen, reader: Reader, made: Told):
        if not reader.may_see_people(between.query.unit.pk):
            raise Http404
        self.between, self.chosen, self.movement = between, chosen, made

    @cached_property
    def turned(self) -> Sequence[Turned]:
        return self.movement.in_order(self.chosen.has)

    @property
    def heading(self) -> str:
        cause, what = self.chosen.cause, self.chosen.what
        words = [str(cause.label) if cause else _("Mọi lý do")]
        if what:
            told = _("mẫu số") if what == "required" else str(State(what).label).lower()
            ways = {BROUGHT: _("thêm vào %s"), "": _("đổi ở %s")}
            words.append(ways.get(self.chosen.way, _("bớt khỏi %s")) % told)
        return ", ".join(words)

    def causes(self) -> list[dict]:
        """Each cause with its people, and all of them, as links."""
        bridge = self.movement.bridge
        listed: list[tuple[Cause | None, str, int]] = [(None, _("Mọi lý do"), bridge.people)]
        listed += [(line.cause, str(line.cause.label), line.people) for line in bridge.lines]
        return [
            {
                "label": label,
                "count": count,
                "current": cause == self.chosen.cause and not self.chosen.what,
                "address": self.between.address("movement_people", ly_do=cause or ""),
            }
            for cause, label, count in listed
        ]

    def count(self) -> int:
        return len(self.turned)

    def __len__(self) -> int:
        return len(self.turned)

    def __getitem__(self, place: slice) -> list[Row]:
        """Without whoever is on no roster any more since the answer was kept."""
        turned = self.turned[place]
        people = User.objects.filter(pk__in=among(one.person for one in turned))
        named = {pk: (name, code) for pk, name, code in people.values_list("pk", "full_name", "staff_code")}
        rows = recorded(self.movement, [one for one in turned if one.person in named])
        return [Row(*named[row.turned.person], row.turned, row.words, row.by, row.at) for row in rows]

    def __iter__(self) -> Iterator[Row]:
        for first in range(0, len(self), CHUNK):
            yield from self[first : first + CHUNK]
