"""Somebody of the same name who is posted in the same unit: perhaps one person under two codes."""

from collections.abc import Iterable

from django.db.models import Q

from letters.folding import spelled
from people.postings.posting import Posting
from people.times import covering, today
from people.units.successions import Reach


def namesakes(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """By (name, unit id) of somebody who is new, one who bears that name there: `Name (code)`; three queries."""
    wanted = list(wanted)
    units = {unit for _name, unit in wanted}
    if not units:
        return {}
    reach = Reach.objects.filter(covering(today()), depth=0)
    counts_at = dict(reach.filter(unit__in=units).values_list("unit", "ancestor"))
    together = reach.filter(ancestor__in={counts_at.get(unit, unit) for unit in units}).values("unit")
    open_ones = Posting.objects.current().filter(Q(end=None) | Q(end__gte=today()))
    rows = open_ones.filter(unit__in=together).values_list("unit", "person__full_name", "person__staff_code")
    places = dict(reach.filter(ancestor__in=set(counts_at.values())).values_list("unit", "ancestor"))
    held: dict[tuple[str, int], str] = {}
    for unit, name, code in rows:
        held.setdefault((spelled(name), places.get(unit, unit)), f"{name} ({code})")
    there = {(name, unit): held.get((spelled(name), counts_at.get(unit, unit))) for name, unit in wanted}
    return {key: known for key, known in there.items() if known}
