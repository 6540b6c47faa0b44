"""The movement of many people is worked out in the background, once, and its answer kept for the day.

The numbers are kept apart from the rows, so that a page of numbers reads none. What is kept has ids and states, no
name; who reads it is asked for rights at each page, as without it. It was counted at one moment, which the pages say:
what is recorded later shows in the next one, asked for by “Tính lại”.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from courses.movements.bridge import Bridge, Turn
from courses.movements.causes import Cause
from courses.movements.ends import Asked, End, end_without_figure
from courses.movements.reading import STEPS, Turned, Turns, Wanted, bridge_of, movement
from courses.requirements.requirement import Requirement
from courses.standing.coverage import Figure
from courses.standing.standing import Standing
from outbox.effects import Effect, EffectState, Job, Refused, effect, enqueue
from outbox.private_files import private_files
from people.postings.coverage import CoverageError, Named, under
from people.times import covering, today

MOVEMENT = "movement"
# of more people (standings on either day) nobody waits for the answer in a request
MANY = 5000
Group = tuple[Cause, Turn]


def is_large(asked: Asked) -> bool:
    """One query, which counts no further than MANY."""
    geographies = {asked.geography or asked.first, asked.geography or asked.last}
    here = Q(*(under(asked.unit.pk, day) for day in geographies), _connector=Q.OR)
    held = Standing.objects.filter(covering(asked.first) | covering(asked.last), here, requirement=asked.requirement)
    return held.order_by()[: MANY + 1].count() > MANY


def latest(asked: Asked) -> Effect | None:
    """The latest work for this question, whatever its state."""
    return Effect.objects.filter(kind=MOVEMENT, key__startswith=f"{MOVEMENT}:{_digest(asked)}:").order_by("-pk").first()


def ask(asked: Asked, last: Effect | None = None) -> Effect:
    """A new work after `last`. Asked twice it is one."""
    return enqueue(MOVEMENT, _payload(asked), key=f"{MOVEMENT}:{_digest(asked)}:{last.pk if last else 0}")


def serves(row: Effect, asked: Asked) -> bool:
    """Whether a page may show it: as known on a past day nothing changes any more, else for its day. What could not be
    worked out is tried again only if asked.
    """
    if row.state != EffectState.DONE:
        return True
    is_settled = asked.known_on is not None or (row.finished_at and timezone.localdate(row.finished_at) == today())
    # an answer of an earlier release has no file of rows
    names = [row.result.get(name, "") for name in ("file", "rows")]
    return bool(is_settled) and all(name and private_files.exists(name) for name in names)


def _payload(asked: Asked) -> dict:
    return {
        "requirement": asked.requirement.pk,
        "unit": [asked.unit.pk, asked.unit.code, asked.unit.name],
        **{name: day.isoformat() if (day := getattr(asked, name)) else "" for name in DAYS},
    }


DAYS = ("first", "last", "geography", "known_on")


def _asked(payload: dict) -> Asked:
    geography, known_on = _day(payload["geography"]), _day(payload["known_on"])
    days = date.fromisoformat(payload["first"]), date.fromisoformat(payload["last"])
    return Asked(
        Requirement.objects.get(pk=payload["requirement"]), Named(*payload["unit"]), *days, geography, known_on
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _digest(asked: Asked) -> str:
    return hashlib.sha256(json.dumps(_payload(asked), sort_keys=True).encode()).hexdigest()[:32]


@effect(MOVEMENT, label=gettext_lazy("Tính vì sao con số đổi"))
def work_out(job: Job) -> dict:
    asked, at = _asked(job.payload), timezone.now()
    try:
        made = movement(asked, lambda done: job.progress(done, STEPS))
    except CoverageError as error:
        raise Refused(str(error)) from None
    kept = [[cause.value, *turn, people] for (cause, turn), people in made.counts.items()]
    numbers = {"first": asdict(made.first.figure), "last": asdict(made.last.figure), "counts": kept}
    place = {group: number for number, group in enumerate(made.counts)}
    rows = [(one.person, place[one.cause, one.turn]) for one in made.in_order(lambda _cause, _turn: True)]
    return {"file": _saved("answer", numbers), "rows": _saved("rows", [*zip(*rows, strict=True)]), "at": at.isoformat()}


def _saved(what: str, content) -> str:
    return private_files.save(f"movements/{what}.json", ContentFile(json.dumps(content).encode()))


def _read(name: str):
    with private_files.open(name) as handle:
        return json.load(handle)


class Rows(Sequence[Turned]):
    """People in the order of names and, of each, which of the groups she is in; a row is made when it is asked for."""

    def __init__(self, people: list[int], places: list[int], groups: list[Group]):
        self.people, self.places, self.groups = people, places, groups

    def __len__(self) -> int:
        return len(self.people)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self._row(*one) for one in zip(self.people[index], self.places[index], strict=True)]
        return self._row(self.people[index], self.places[index])

    def _row(self, person: int, place: int) -> Turned:
        return Turned(person, *self.groups[place])


@dataclass(frozen=True)
class Kept:
    """`counts` are in the order in which the file of rows names them."""

    first: End
    last: End
    counts: Turns
    rows: str

    @cached_property
    def bridge(self) -> Bridge:
        return bridge_of(self.first, self.last, self.counts)

    def in_order(self, wanted: Wanted) -> Rows:
        """Reads the file of rows."""
        people, places = _read(self.rows) or ([], [])
        groups = [*self.counts]
        chosen = {place for place, group in enumerate(groups) if wanted(*group)}
        if len(chosen) < len(groups):
            those = [row for row in zip(people, places, strict=True) if row[1] in chosen]
            people, places = [person for person, _place in those], [place for _person, place in those]
        return Rows(people, places, groups)


def read_kept(row: Effect, asked: Asked) -> Kept:
    """Of a work that is done. Raises FileNotFoundError where its file is gone. Some eight queries, for both days."""
    kept = _read(row.result["file"])
    first, last = _end(asked, asked.first, kept["first"]), _end(asked, asked.last, kept["last"])
    counts = {(Cause(cause), (before, after)): people for cause, before, after, people in kept["counts"]}
    return Kept(first, last, counts, row.result["rows"])


def _end(asked: Asked, day: date, figure: dict) -> End:
    return replace(end_without_figure(asked, day), figure=Figure(**figure))


def counted_at(row: Effect) -> datetime:
    return datetime.fromisoformat(row.result["at"])
