"""What joins the figures of a requirement on two days: who counts otherwise, and why. A constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.db.models import Q

from courses.completions.completion import Completion, Void
from courses.movements.bridge import Bridge, Turn, bridge
from courses.movements.causes import Cause, Change, Frame, Side, cause_of
from courses.movements.ends import Asked, End, end, turned_as_known, turned_now
from courses.requirements.requirement import RequirementRule
from courses.standing import recount
from courses.standing.coverage import Figure
from courses.standing.spans import State
from people.persons.merges import merged_as_known
from people.persons.user import User
from people.postings.posting import Posting
from people.statements.plain_rows import among
from people.times import covering

Posts = Mapping[int, frozenset[tuple[int, int]]]


@dataclass(frozen=True)
class Turned:
    """Somebody who counts otherwise on the second day."""

    person: int
    cause: Cause
    turn: Turn


Turns = Mapping[tuple[Cause, Turn], int]
# whether somebody of this cause, who turned so, is asked for
Wanted = Callable[[Cause, Turn], bool]


class Told(Protocol):
    """Two days and what is between them: worked out just now, or kept."""

    @property
    def first(self) -> End: ...

    @property
    def last(self) -> End: ...

    @property
    def bridge(self) -> Bridge: ...

    def in_order(self, wanted: Wanted) -> Sequence[Turned]:
        """In the order of names; a slice of it is all that is made."""


@dataclass(frozen=True)
class Movement:
    """`turned` has each person once, by id."""

    first: End
    last: End
    turned: tuple[Turned, ...]

    @cached_property
    def counts(self) -> Turns:
        return Counter((one.cause, one.turn) for one in self.turned)

    @cached_property
    def bridge(self) -> Bridge:
        return bridge_of(self.first, self.last, self.counts)

    def in_order(self, wanted: Wanted) -> Sequence[Turned]:
        """One query."""
        those = {one.person: one for one in self.turned if wanted(one.cause, one.turn)}
        named = User.objects.filter(pk__in=among(those)).order_by("name_order", "pk")
        return [those[person] for person in named.values_list("pk", flat=True)]


def bridge_of(first: End, last: End, counts: Turns) -> Bridge:
    return bridge(_by_state(first.figure), _by_state(last.figure), counts)


# how often `movement` tells how far it is
STEPS = 6


def movement(asked: Asked, progress: Callable[[int], None] = lambda done: None) -> Movement:
    """Raises CoverageError. Facts that are written while it reads may keep it from closing (`Bridge.closes`)."""
    first = end(asked, asked.first)
    progress(1)
    last = end(asked, asked.last)
    progress(2)
    turned = turned_as_known(first, last) if asked.known_on else turned_now(first, last)
    progress(3)
    if not turned:
        return Movement(first, last, ())
    before, after = _posts(asked, turned)
    progress(4)
    units = {unit for posts in (before, after) for held in posts.values() for unit, _duty in held}
    duties = (_duty(first.rule), _duty(last.rule))
    frame = Frame(duties, (first.here(units), last.here(units)), first.rule != last.rule)
    kept = _kept(first, last, turned)
    voided = _voided(first, last, turned)
    progress(5)
    rows = []
    for person, turn in sorted(turned.items()):
        sides = (Side(turn[0], before.get(person, frozenset())), Side(turn[1], after.get(person, frozenset())))
        change = Change(*sides, kept.get(person), person in voided, not voided.get(person, False))
        if cause := cause_of(change, frame):
            rows.append(Turned(person, cause, turn))
    return Movement(first, last, tuple(rows))


def _by_state(figure: Figure) -> dict[str, int]:
    return {state.value: getattr(figure, state.value) for state in State}


def _duty(rule: RequirementRule | None) -> int | None:
    return rule.duty_id if rule else None


def _posts(asked: Asked, people: Collection[int]) -> tuple[Posts, Posts]:
    """By person the (unit, duty) of the postings that cover the first day, and the second; one query."""
    rows = Posting.objects.known_on(asked.known_on).filter(
        covering(asked.first) | covering(asked.last), person__in=among(people)
    )
    sides: tuple[dict, dict] = (defaultdict(set), defaultdict(set))
    for person, unit, duty, start, stop in rows.values_list("person_id", "unit_id", "duties", "start", "end"):
        for posts, day in zip(sides, (asked.first, asked.last), strict=True):
            if start <= day and (stop is None or day <= stop):
                posts[person].add((unit, duty or 0))
    first, last = ({person: frozenset(posts) for person, posts in side.items()} for side in sides)
    return first, last


def _kept(first: End, last: End, turned: Mapping[int, Turn]) -> dict[int, str]:
    """By person who counts on both days: her state on the second by the rule of the first. No query where the rule is
    the same, or there was none.
    """
    asked, there = first.asked, [person for person, turn in turned.items() if None not in turn]
    if first.rule is None or first.rule == last.rule or not there:
        return {}
    only = Q(last.within, person__in=among(there))
    told = recount.standing_in_full(asked.requirement, asked.last, only, asked.known_on, rule=first.rule)
    return {person: state for person, _unit, state, *_beside in told}


def _voided(first: End, last: End, turned: Mapping[int, Turn]) -> dict[int, bool]:
    """By person of whom a completion was voided between the days that the rule of either asks for: whether one of them
    would be valid on the second day. Two queries.
    """
    asked, rules = first.asked, [rule for rule in (first.rule, last.rule) if rule]
    keys = {key for rule in rules for key in (*rule.course_keys, *filter(None, [rule.refresher_key]))}
    into = merged_as_known(asked.known_on)
    records = [*turned, *(gone for gone, stays in into.items() if stays in turned)]
    counted = Completion.objects.known_on(asked.known_on).filter(person__in=among(records), course_key__in=keys)
    voids = Void.objects.known_on(asked.known_on).filter(
        on__gt=asked.first, on__lte=asked.last, completion__in=counted, completion__completed_on__lte=asked.first
    )
    found: dict[int, bool] = {}
    for person, made in voids.values_list("completion__person_id", "completion__completed_on"):
        who = into.get(person, person)
        until = last.rule.validity.last_day(made, refreshed=True) if last.rule else None
        found[who] = found.get(who, False) or until is None or until >= asked.last
    return found
