"""What each kind of file will do to the figures, from what its check found."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import cast

from courses.requirements.requirement import Excuse
from courses.standing.outcomes.expected import Expected, Outlook, Who, outlook
from courses.standing.spans import CompletionFact, ExcuseFact, PostingFact
from people.imports import Prepared
from people.postings.posting import Posting
from people.roster.fact_files import FactsPrepared
from people.roster.importing import RosterPrepared

# rows of the table that are kept; the whole and what changes stand first
MOST = 400
Told = list[dict]


def _told(found: list[Outlook]) -> Told:
    return [asdict(one) | {"changes": one.changes} for one in found[:MOST]]


def of_roster(found: Prepared, day: date) -> Told:
    prepared = cast(RosterPrepared, found)
    expected: dict[Who, Expected] = {}
    units: set[int] = set()
    held = {one.pk or key: list(one.postings) for key, one in prepared.after.items()}
    for one in prepared.after.values():
        units |= one.units_before | {unit for unit, *_rest in one.postings}
    for person, gone in _ended(prepared).items():
        kept = held.setdefault(person, _held_by(person))
        held[person] = [one for one in kept if one[:1] + one[2:3] not in gone]
        units |= {unit for unit, _start in gone}
    for who, postings in held.items():
        facts = (PostingFact(unit, duty, start, end) for unit, duties, start, end in postings for duty in duties)
        expected[who] = Expected(postings=tuple(facts))
    return _told(outlook(expected, units, day))


def _ended(prepared: RosterPrepared) -> dict[int, set[tuple]]:
    """By person the unit and first day of what a complete file ends; yesterday, so it counts no more today."""
    ended: dict[int, set[tuple]] = {}
    if prepared.missing:
        pks = [one.pk for one in prepared.missing.endings]
        for start in range(0, len(pks), 500):
            rows = Posting.objects.filter(pk__in=pks[start : start + 500]).values_list("person", "unit", "start")
            for person, unit, day in rows:
                ended.setdefault(person, set()).add((unit, day))
    return ended


def _held_by(person: int) -> list[tuple]:
    rows = Posting.objects.current().filter(person=person).prefetch_related("duties")
    return [(one.unit_id, frozenset(duty.pk for duty in one.duties.all()), one.start, one.end) for one in rows]


def of_excuses(found: Prepared, day: date) -> Told:
    expected: dict[Who, Expected] = {}
    for fact, known in cast(FactsPrepared, found).wanted:
        person, requirement, start = fact.key
        one = expected.setdefault(person, Expected())
        one.excuses.setdefault(requirement, []).append(ExcuseFact(start, fact.values[1]))
        if known is not None:
            old = ExcuseFact(cast(Excuse, known).start, cast(Excuse, known).end)
            one.without.setdefault(requirement, []).append(old)
    return _told(outlook(expected, (), day))


def of_completions(found: Prepared, day: date) -> Told:
    expected: dict[Who, Expected] = {}
    for fact, known in cast(FactsPrepared, found).wanted:
        person, course, on = fact.key
        if known is None:
            expected.setdefault(person, Expected()).completions.append(CompletionFact(course, on))
    return _told(outlook(expected, (), day))


Outlooks = Callable[[Prepared, date], Told]
