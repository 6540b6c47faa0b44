"""Who is posted to another part of a split than its heir: a real move, as of the reform's day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from people.postings.posting import Posting
from people.reforms.drafting import Drafted
from people.roster.steps import Held, Kind, Order, Step, steps_of
from people.times import covering
from people.units.reach import DAY
from people.units.successions import Reach


@dataclass(frozen=True)
class Chosen:
    """`part` is the number of the part in the draft."""

    posting: Posting
    part: int
    code: str


def posted_in(unit: int, on: date) -> QuerySet[Posting]:
    """The postings that count at the unit on the day before, and go on."""
    at = Reach.objects.filter(covering(on - DAY), ancestor=unit, depth=0).values("unit")
    open_ = Posting.objects.current().filter(Q(end=None) | Q(end__gte=on), start__lt=on, unit__in=at)
    return open_.select_related("person").prefetch_related("duties").order_by("person__name_order", "person", "pk")


def chosen(drafted: Drafted, posted: Mapping[str, str]) -> list[Chosen]:
    """Those of the chosen postings that still are as they were; {posting: code of a part} is what was chosen."""
    parts = {}
    for split in drafted.splits:
        for part in split.parts:
            key = drafted.draft.bearing(part.code, drafted.on)
            if key is not None:
                parts[part.code] = drafted.ids[key]
    found = []
    for split in drafted.splits:
        wanted = {int(pk): code for pk, code in posted.items() if code in {part.code for part in split.parts}}
        for posting in posted_in(split.unit, drafted.on).filter(pk__in=wanted):
            code = wanted[posting.pk]
            if code in parts and not (split.heir and split.heir.code == code):
                found.append(Chosen(posting, parts[code], code))
    return list({one.posting.pk: one for one in found}.values())


def steps(chosen_ones: list[Chosen], on: date, number: Mapping[int, int]) -> list[Step]:
    """`number` gives the primary key of a part that was new in the draft. Raises CannotAct."""
    found: list[Step] = []
    for one in chosen_ones:
        posting = one.posting
        held = Held(
            posting.person_id,
            posting.unit_id,
            posting.position,
            posting.start,
            posting.end,
            frozenset(duty.pk for duty in posting.duties.all()),
            posting.pk,
        )
        found += steps_of(Order(Kind.MOVE, on, unit=number.get(one.part, one.part)), held)
    return found
