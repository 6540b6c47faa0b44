"""What each kind of file will do to the figures, from what its check found."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from typing import cast

from courses.requirements.requirement import Excuse
from courses.standing.outcomes.expected import Expected, Outlook, Who, outlook
from courses.standing.spans import CompletionFact, ExcuseFact, PostingFact
from people.imports import Prepared
from people.postings.posting import Posting
from people.reforms.drafting import Drafted
from people.reforms.figures import shift_of, told
from people.roster.fact_files import FactsPrepared
from people.roster.importing import RosterPrepared
from people.units.changes import Draft
from people.units.files import UnitsPrepared
from people.units.reach import DAY

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
        kept = held[person] if person in held else _held_by(person)
        # each once: she may hold two positions in a unit from one day on, of which the file has one
        held[person] = list((Counter(kept) - Counter(gone)).elements())
        units |= {unit for unit, *_rest in gone}
    for who, postings in held.items():
        facts = (PostingFact(unit, duty, start, end) for unit, duties, start, end in postings for duty in duties)
        expected[who] = Expected(postings=tuple(facts))
    return _told(outlook(expected, units, day))


def _ended(prepared: RosterPrepared) -> dict[int, list[tuple]]:
    """By person what a complete file ends, as it is held; yesterday, so it counts no more today."""
    ended: dict[int, list[tuple]] = defaultdict(list)
    pks = [one.pk for one in prepared.missing.endings] if prepared.missing else []
    for start in range(0, len(pks), 500):
        for one in Posting.objects.filter(pk__in=pks[start : start + 500]).prefetch_related("duties"):
            ended[one.person_id].append(_as_held(one))
    return ended


def _held_by(person: int) -> list[tuple]:
    return [_as_held(one) for one in Posting.objects.current().filter(person=person).prefetch_related("duties")]


def _as_held(posting: Posting) -> tuple:
    """As in PersonAfter."""
    return posting.unit_id, frozenset(duty.pk for duty in posting.duties.all()), posting.start, posting.end


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


def of_units(found: Prepared, day: date) -> Told:
    """By the same figures as the preview of a reform: who counts where by the map before and after. On `day`, or, where
    the file is about later days, on the last of these; `on` is that day then.
    """
    prepared = cast(UnitsPrepared, found)
    drafted = prepared.drafted
    last = max([day, *_days_of(drafted)])
    made = Drafted(last, drafted, prepared.numbers, prepared.report, {}, {})
    lines = [
        _line(table["title"], line, last if last > day else None)
        for table in told(made, shift_of(made, {}))
        for line in table["lines"]
    ]
    return sorted(lines, key=lambda one: (not one["is_whole"], not one["changes"], one["unit"]))[:MOST]


def _days_of(drafted: Draft) -> Iterator[date]:
    """The days on which something turns that the file says and that is not believed yet."""
    known, belief = drafted.known, drafted.belief
    for key in drafted.rows:
        if known.units.get(key) != (facts := belief.units[key]):
            yield key.start
            if facts.end:
                yield facts.end + DAY
    yield from (passing.on for passing in belief.passings.keys() - known.passings.keys())


def _line(requirement: str, line: dict, on: date | None) -> dict:
    required, completed, _excused = line["before"] or (0, 0, 0)
    required_after, completed_after, _excused = line["after"] or (0, 0, 0)
    whole = Outlook(
        *(requirement, line["code"], line["name"], line["is_root"]),
        *(required, required_after, completed, completed_after),
    )
    return asdict(whole) | {"changes": whole.changes, "on": on.isoformat() if on else ""}


Outlooks = Callable[[Prepared, date], Told]
