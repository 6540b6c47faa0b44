"""Computes from the facts of one person the spans of days in one state towards one requirement.

Pure functions, without database and clock. All days are inclusive days in Asia/Ho_Chi_Minh; an `end` of None is open.
The rules (docs/figures.md): a person is required on day D if a posting with the duty covers D and no excuse does; the
state is the first that fits of completed, expired, overdue, in progress, not started.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.requirements.validity import NewLaw, Validity
from courses.retests.rules import Knowledge, RetestFact, knowledge_on


class State(models.TextChoices):
    COMPLETED = "completed", _("Đã hoàn thành")
    EXPIRED = "expired", _("Hết hiệu lực")
    OVERDUE = "overdue", _("Quá hạn")
    IN_PROGRESS = "in_progress", _("Đang học")
    NOT_STARTED = "not_started", _("Chưa bắt đầu")
    EXCUSED = "excused", _("Được miễn")


@dataclass(frozen=True, slots=True)
class PostingFact:
    """A posting that carries a duty; `unit` and `duty` are ids."""

    unit: int
    duty: int
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ExcuseFact:
    start: date
    end: date | None = None


@dataclass(frozen=True, slots=True)
class CompletionFact:
    """A completion on day `on`; from `void_from` on it does not count, neither as valid nor as lapsed.

    `unapproved`: by content that was not approved that day, until it is recognised `recognised_from` some day on.
    `retests` are those of this completion that were answered.
    """

    course: str
    on: date
    void_from: date | None = None
    unapproved: bool = False
    recognised_from: date | None = None
    retests: tuple[RetestFact, ...] = ()

    def counts_on(self, day: date) -> bool:
        return self.on <= day and (self.void_from is None or day < self.void_from)

    def is_unapproved_on(self, day: date) -> bool:
        return self.unapproved and (self.recognised_from is None or day < self.recognised_from)


@dataclass(frozen=True, slots=True)
class Rule:
    """In force from `effective_from` (None: since ever) until the day before the next rule's."""

    duty: int
    course: str
    deadline: date
    validity_months: int | None = None
    grace_days: int = 0
    effective_from: date | None = None
    # keys of rubrics that must have been passed too
    rubrics: tuple[str, ...] = ()
    # a completion is valid to 31 January of the next year, in place of months
    each_january: bool = False
    # a programme asks for these courses too
    more_courses: tuple[str, ...] = ()
    # what was learnt before the law changed holds no more, or for a time, or with a refresher
    law: NewLaw | None = None

    @property
    def courses(self) -> tuple[str, ...]:
        return (self.course, *self.more_courses)

    @property
    def validity(self) -> Validity:
        return Validity(self.validity_months, self.each_january, self.law)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one person towards one requirement; `first_seen` is the day of the first lesson by course,
    `first_passed` that of the first observed practice passed by rubric.
    """

    postings: tuple[PostingFact, ...] = ()
    excuses: tuple[ExcuseFact, ...] = ()
    completions: tuple[CompletionFact, ...] = ()
    first_seen: Mapping[str, date] = field(default_factory=dict)
    first_passed: Mapping[str, date] = field(default_factory=dict)
    # due days that were granted to this person
    extensions: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """`shared`: on some of these days the person is counted in another unit too, so counting must be distinct.

    `unapproved`: completed, but only by content that was not approved. `knowledge` is what the latest re-test told, ""
    for nothing or not completed.
    """

    unit: int
    start: date
    end: date | None
    state: str
    shared: bool = False
    unapproved: bool = False
    knowledge: str = ""


def covers(span: PostingFact | ExcuseFact, day: date) -> bool:
    return span.start <= day and (span.end is None or day <= span.end)


def add_days(day: date, days: int) -> date:
    """`day` + `days`, at most the last day there is: files write 31/12/9999 for an open end."""
    return day + timedelta(days=min(days, (date.max - day).days))


def valid_until(done: CompletionFact, rule: Rule, refreshed: bool = False) -> date | None:
    """The last day on which the completion is valid under `rule`; None where it never lapses. `refreshed`: the
    refresher of a new law was completed.
    """
    return rule.validity.last_day(done.on, refreshed)


def is_refreshed_on(day: date, rule: Rule, facts: Facts) -> bool:
    """Whether the refresher that a new law asks for was completed by then."""
    refresher = rule.law.refresher if rule.law else ""
    return bool(refresher) and any(fact.course == refresher and fact.counts_on(day) for fact in facts.completions)


def due_day(rule: Rule, start: date) -> date:
    """The last day before overdue for somebody who has the duty since `start`."""
    return max(rule.deadline, add_days(start, rule.grace_days)) if rule.grace_days else rule.deadline


def own_due_day(rule: Rule, start: date, extensions: Iterable[date]) -> date:
    """`due_day` of somebody to whom these due days were granted: an extension never makes it earlier."""
    return max([due_day(rule, start), *extensions])


def rule_in_force(rules: Iterable[Rule], day: date) -> Rule | None:
    """The rule with the latest `effective_from` up to `day`."""
    begun = [r for r in rules if r.effective_from is None or r.effective_from <= day]
    return max(begun, key=lambda r: r.effective_from or date.min, default=None)


def counted_on(day: date, rule: Rule, facts: Facts) -> list[list[CompletionFact]]:
    """Of each course of the rule the completions that count on `day`, valid or lapsed."""
    return [[fact for fact in facts.completions if fact.course == key and fact.counts_on(day)] for key in rule.courses]


def state_on(day: date, rule: Rule, facts: Facts, since: date) -> State:
    """The state on `day` of somebody with the rule's duty; `since` is the start of their earliest posting with it.

    Of a programme: completed when each course is valid, expired when each was made and one has lapsed.
    """
    if any(covers(e, day) for e in facts.excuses):
        return State.EXCUSED
    counted = counted_on(day, rule, facts)
    # without the observed practice that the rule names, a completion does not count yet
    practised = all(facts.first_passed.get(rubric, date.max) <= day for rubric in rule.rubrics)
    refreshed = is_refreshed_on(day, rule, facts)
    if practised and all(any(is_valid_on(day, fact, rule, refreshed) for fact in made) for made in counted):
        return State.COMPLETED
    if practised and all(counted):
        return State.EXPIRED
    if day > own_due_day(rule, since, facts.extensions):
        return State.OVERDUE
    begun = any(facts.first_seen.get(key, date.max) <= day for key in rule.courses)
    return State.IN_PROGRESS if begun or any(counted) else State.NOT_STARTED


def standing_on(day: date, rules: Iterable[Rule], facts: Facts) -> tuple[set[int], State] | None:
    """The units in which somebody counts on `day`, and as what; None for who is not concerned. As `spans` has it."""
    rule = rule_in_force(rules, day)
    held = held_on(day, rule, facts)
    if rule is None or not held:
        return None
    return {one.unit for one in held}, state_on(day, rule, facts, min(one.start for one in held))


def held_on(day: date, rule: Rule | None, facts: Facts) -> list[PostingFact]:
    """The postings with the rule's duty on `day`."""
    return [one for one in facts.postings if rule and one.duty == rule.duty and covers(one, day)]


def is_valid_on(day: date, done: CompletionFact, rule: Rule, refreshed: bool = False) -> bool:
    return (until := valid_until(done, rule, refreshed)) is None or day <= until


def rests_on_unapproved(day: date, rule: Rule, facts: Facts) -> bool:
    """Of somebody completed on `day`: whether every valid completion of some course was by content that was not
    approved.
    """
    refreshed = is_refreshed_on(day, rule, facts)
    return any(
        all(fact.is_unapproved_on(day) for fact in made if is_valid_on(day, fact, rule, refreshed))
        for made in counted_on(day, rule, facts)
    )


def told_by_retests(day: date, rule: Rule, facts: Facts) -> str:
    """Of somebody completed on `day`: what the latest re-tests told, "" for nothing. Of a programme she has to review
    one course, or still knows each.
    """
    told = {knowledge_on(day, made) for made in counted_on(day, rule, facts)}
    if Knowledge.TO_REVIEW in told:
        return Knowledge.TO_REVIEW.value
    return Knowledge.STILL_KNOWS.value if told == {Knowledge.STILL_KNOWS} else ""


def _turning_days(rules: list[Rule], facts: Facts) -> list[date]:
    """Every day on which a state may begin or end, in order."""
    days = {r.effective_from for r in rules if r.effective_from}
    lasting: tuple[PostingFact | ExcuseFact, ...] = (*facts.postings, *facts.excuses)
    for span in lasting:
        days.add(span.start)
        if span.end and span.end < date.max:
            days.add(add_days(span.end, 1))
    for done in facts.completions:
        days.add(done.on)
        days.update(day for day in (done.void_from, done.recognised_from) if day)
        days.update(fact.on for fact in done.retests)
        for refreshed in (False, True):
            days.update(lapses for r in rules if (lapses := r.validity.lapses_on(done.on, refreshed)))
    days.update(facts.first_seen.values())
    days.update(facts.first_passed.values())
    days.update(add_days(day, 1) for day in facts.extensions)
    for rule in rules:
        days.add(add_days(rule.deadline, 1))
        if rule.grace_days:
            days.update(add_days(due_day(rule, h.start), 1) for h in facts.postings)
    return sorted(days)


def spans(rules: Iterable[Rule], facts: Facts) -> list[Span]:
    """The person's spans by unit and state, sorted by start; several postings in a unit are merged."""
    rules = list(rules)
    duties = {r.duty for r in rules}
    if not any(h.duty in duties for h in facts.postings):
        return []
    days = _turning_days(rules, facts)
    closed: list[Span] = []
    running: dict[int, Span] = {}
    for i, day in enumerate(days):
        last = add_days(days[i + 1], -1) if i + 1 < len(days) else None
        rule = rule_in_force(rules, day)
        now = held_on(day, rule, facts)
        units = {h.unit for h in now}
        for unit in running.keys() - units:
            closed.append(running.pop(unit))
        if rule is None or not units:
            continue
        state = state_on(day, rule, facts, min(h.start for h in now))
        shared = len(units) > 1
        unapproved = state == State.COMPLETED and rests_on_unapproved(day, rule, facts)
        knowledge = told_by_retests(day, rule, facts) if state == State.COMPLETED else ""
        for unit in units:
            span = running.get(unit)
            if span and (span.state, span.unapproved, span.knowledge) == (state, unapproved, knowledge):
                running[unit] = replace(span, end=last, shared=shared or span.shared)
            else:
                if span:
                    closed.append(span)
                running[unit] = Span(unit, day, last, state, shared, unapproved, knowledge)
    return sorted([*closed, *running.values()], key=lambda s: (s.start, s.unit))
