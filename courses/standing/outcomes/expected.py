"""What a file will do to the figures, before it is written: required and completed of each unit that it touches.

Nothing is written for it, so nobody waits: the facts of the people concerned are read, those of the file are put in
their place, and the state of each is asked of `courses.standing.spans`, as everywhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from django.db.models import Count

from courses.requirements.requirement import Requirement
from courses.standing.facts import PersonFacts, facts_of_people, rules_by_requirement
from courses.standing.spans import CompletionFact, ExcuseFact, PostingFact, Rule, State, standing_on
from courses.standing.standing import Standing
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit

PEOPLE_AT_ONCE = 1000
# a person's id, or what a file knows somebody new by
Who = int | str


@dataclass
class Expected:
    """What will be believed of one person. `postings` are all of hers, None: as they are known; excuses by requirement
    and completions are added, those that an excuse supersedes taken away.
    """

    postings: tuple[PostingFact, ...] | None = None
    excuses: dict[int, list[ExcuseFact]] = field(default_factory=dict)
    without: dict[int, list[ExcuseFact]] = field(default_factory=dict)
    completions: list[CompletionFact] = field(default_factory=list)

    def applied_to(self, known: PersonFacts) -> PersonFacts:
        excuses = {key: list(ones) for key, ones in known.excuses.items()}
        for key, gone in self.without.items():
            excuses[key] = [one for one in excuses.get(key, ()) if one not in gone]
        for key, new in self.excuses.items():
            excuses[key] = [*excuses.get(key, ()), *new]
        postings = known.postings if self.postings is None else list(self.postings)
        return replace(known, postings=postings, excuses=excuses, completions=[*known.completions, *self.completions])


@dataclass(frozen=True)
class Outlook:
    """Of one requirement in one unit and below; distinct people."""

    requirement: str
    code: str
    unit: str
    is_whole: bool
    required: int
    required_after: int
    completed: int
    completed_after: int

    @property
    def changes(self) -> bool:
        return (self.required, self.completed) != (self.required_after, self.completed_after)


# of each requirement: by person the units where she counts, and as what
Standings = dict[int, dict[Who, tuple[set[int], str]]]


def outlook(expected: Mapping[Who, Expected], units: Iterable[int], day: date) -> list[Outlook]:
    """Of the whole, and of each unit where these people count before or after, or that is among `units`; those that
    change come first, the whole before all. One query for a thousand people, and six more.
    """
    rules = rules_by_requirement()
    before, after = _known(expected, day), _to_come(expected, rules, day)
    places = {
        unit for one in (before, after) for people in one.values() for held, _state in people.values() for unit in held
    }
    paths, at = _paths({*places, *units}, day)
    root = {path[-1] for path in paths.values() if path}
    whole = _whole(at | root, day)
    found = []
    names = dict(Requirement.objects.order_by("name").values_list("pk", "name"))
    spans = {
        pk: (code, name) for pk, code, name in Unit.objects.filter(pk__in=at | root).values_list("pk", "code", "name")
    }
    for key in filter(rules.__contains__, names):
        then, now = _counts(before.get(key, {}), paths), _counts(after.get(key, {}), paths)
        for unit in at | root:
            known = whole.get((key, unit), Counter())
            more = Counter(now[unit])
            more.subtract(then[unit])
            found.append(_of(names[key], *spans[unit], unit in root, known, more))
    return sorted(found, key=lambda one: (not one.is_whole, not one.changes, one.unit, one.requirement))


def _of(requirement: str, code: str, unit: str, is_whole: bool, known: Counter, more: Counter) -> Outlook:
    required = sum(count for state, count in known.items() if state != State.EXCUSED)
    required_more = sum(count for state, count in more.items() if state != State.EXCUSED)
    completed = known[State.COMPLETED]
    return Outlook(
        *(requirement, code, unit, is_whole),
        *(required, required + required_more),
        *(completed, completed + more[State.COMPLETED]),
    )


def _batches(people: Iterable[Who]) -> Iterator[list[int]]:
    known = iter([one for one in people if isinstance(one, int)])
    while batch := list(islice(known, PEOPLE_AT_ONCE)):
        yield batch


def _known(people: Iterable[Who], day: date) -> Standings:
    found: Standings = defaultdict(dict)
    for batch in _batches(people):
        rows = Standing.objects.filter(covering(day), person__in=batch).order_by()
        for person, requirement, unit, state in rows.values_list("person", "requirement", "unit", "state"):
            found[requirement].setdefault(person, (set(), state))[0].add(unit)
    return found


def _to_come(expected: Mapping[Who, Expected], rules: dict[int, list[Rule]], day: date) -> Standings:
    found: Standings = defaultdict(dict)
    nothing = PersonFacts()

    def count(person: Who, known: PersonFacts) -> None:
        facts = expected[person].applied_to(known)
        for requirement, versions in rules.items():
            if stands := standing_on(day, versions, facts.facts_towards(requirement)):
                found[requirement][person] = stands

    for batch in _batches(expected):
        known = facts_of_people(batch)
        for person in batch:
            count(person, known.get(person, nothing))
    for new in expected:
        if not isinstance(new, int):
            count(new, nothing)
    return found


def _paths(units: set[int], day: date) -> tuple[dict[int, list[int]], set[int]]:
    """By unit those in which it counts, the nearest first, and all of the nearest."""
    paths: dict[int, list[int]] = defaultdict(list)
    rows = Reach.objects.filter(covering(day), unit__in=units).order_by("unit", "depth")
    for unit, ancestor in rows.values_list("unit", "ancestor"):
        paths[unit].append(ancestor)
    return paths, {path[0] for path in paths.values()}


def _counts(people: dict[Who, tuple[set[int], str]], paths: dict[int, list[int]]) -> dict[int, Counter]:
    """By unit, who counts there or below, each once."""
    counts: dict[int, Counter] = defaultdict(Counter)
    for units, state in people.values():
        for ancestor in {one for unit in units for one in paths.get(unit, ())}:
            counts[ancestor][state] += 1
    return counts


def _whole(units: set[int], day: date) -> dict[tuple[int, int], Counter]:
    """By requirement and unit, everybody by state as known now; two queries, since nearly all count in one unit."""
    then = covering(day, "unit__reaches__start", "unit__reaches__end")
    here = Standing.objects.filter(covering(day), then, unit__reaches__ancestor__in=units).order_by()
    counts: dict[tuple[int, int], Counter] = defaultdict(Counter)
    for shared, many in ((False, Count("pk")), (True, Count("person", distinct=True))):
        rows = here.filter(shared=shared).values("requirement", "unit__reaches__ancestor", "state").annotate(n=many)
        for row in rows:
            counts[row["requirement"], row["unit__reaches__ancestor"]][row["state"]] += row["n"]
    return counts
