"""The second formulation: the states of all people on one day, by subqueries over the facts.

It shares no rule with `courses.standing.spans`: it computes one day instead of spans, and the day up to which
completions have lapsed instead of adding months to each. It works for any day of knowledge, so `coverage --known-on`
counts by it and `recompute --check` compares the standings with it.
"""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from courses.completions.completion import Completion, Void
from courses.completions.unapproved import unapproved_on
from courses.practice.observed.session import Performance
from courses.progress.attended import CourseAttended
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from courses.requirements.relief import extensions, leaving_out
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
from courses.retests.retest import latest_results
from people.persons.merges import Merge
from people.postings.posting import Posting
from people.times import covering, end_of_day, known_until


def rule_on(requirement: Requirement, day: date, known_on: date | None = None) -> RequirementRule | None:
    """The rule in force on `day` as known on `known_on`; None before the first rule."""
    rules = RequirementRule.objects.known_on(known_on).filter(requirement=requirement)
    dated = rules.filter(effective_from__lte=day).order_by("-effective_from").first()
    return dated or rules.filter(effective_from=None).first()


def lapsed_up_to(day: date, months: int) -> date:
    """The last completion day whose validity of n months is over on `day`: completions after it are still valid.

    On the last day of a month, everything up to the end of the month n months earlier has lapsed, since month ends are
    clamped; on any other day, everything up to the same day number.
    """
    index = day.year * 12 + day.month - 1 - months
    if index < 12:
        return date.min
    year, month = index // 12, index % 12 + 1
    last = monthrange(year, month)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, last if is_last else min(day.day, last))


# what is asked of a person beside her state, to be told by `in_full`
BESIDE = ("approved_", "retest_")
# PostgreSQL puts a set of people into a hash only if it fits in here; else it goes through the set for each person,
# which at a million people does not end
ROOM = "64MB"


def standing_on(requirement: Requirement, day: date, known_on: date | None = None) -> QuerySet:
    """Distinct (person_id, unit_id, state_) of all people with a posting with the duty on `day`."""
    return _told(requirement, day, known_on).values_list("person_id", "unit_id", "state_").distinct()


def standing_in_full(
    requirement: Requirement, day: date, only: Q, known_on: date | None = None, rule: RequirementRule | None = None
) -> Iterator[tuple[int, int, str, bool, str]]:
    """The same of `only` these postings, with whether they are completed by nothing but content that was not approved,
    and what is known of the completed ("" for nothing). `rule` is tried in place of the one in force.
    """
    rows = _told(requirement, day, known_on, *BESIDE, rule=rule).filter(only)
    with room():
        told_rows = list(rows.values_list("person_id", "unit_id", "state_", *BESIDE).distinct())
    for person, unit, *told in told_rows:
        yield person, unit, *in_full(*told)


def counted_on(
    requirement: Requirement, day: date, known_on: date | None, within: Q, rule: RequirementRule | None = None
) -> tuple[list[tuple], list[tuple]]:
    """The same in full as known then, of the units `within`: (unit, state, unapproved, knowledge, people) of who holds
    one posting, counted by the database, and (person, unit, state, unapproved, knowledge) of who holds several. `rule`
    is tried in place of the one in force; it need not be saved, nor its requirement.

    One query, since each set of people in it costs as much as going through all postings.
    """
    rows = _told(requirement, day, known_on, *BESIDE, rule=rule)
    held = rows.values("person").annotate(postings=Count("pk")).filter(postings__gt=1).values("person")
    several = Case(When(person__in=held, then=F("person_id")), default=None, output_field=BigIntegerField())
    told = ("unit_id", "state_", *BESIDE, "who_")
    counted = rows.filter(within).annotate(who_=several).values(*told).annotate(people=Count("pk"))
    alone, distinct = [], []
    with room():
        for unit, state, approved, retest, who, people in counted.values_list(*told, "people"):
            if who is None:
                alone.append((unit, *in_full(state, approved, retest), people))
            else:
                distinct.append((who, unit, *in_full(state, approved, retest)))
    return alone, distinct


def in_full(state: str, approved: bool, retest: str) -> tuple[str, bool, str]:
    """State, unapproved, knowledge: what is asked beside says something of the completed only."""
    is_completed = state == "completed"
    return state, is_completed and not approved, retest if is_completed else ""


@contextmanager
def room() -> Iterator[None]:
    """Inside, PostgreSQL has the memory that these sets of people take. On SQLite a transaction would hold the only
    write lock, for nothing.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL work_mem = '{ROOM}'")
        yield


def _told(
    requirement: Requirement, day: date, known_on: date | None, *beside: str, rule: RequirementRule | None = None
) -> QuerySet:
    """The postings with the duty on `day`, each with state_ and what is asked `beside`; by the rule in force, or by
    this one.
    """
    rule = rule or rule_on(requirement, day, known_on)
    if rule is None:
        nobody = Posting.objects.none()
        return nobody.annotate(state_=Value(""), approved_=Value(False), retest_=Value(""))
    return told_by(rule, requirement, AskedDay.of(rule, day, known_on), known_on, *beside)


@dataclass(frozen=True)
class AskedDay:
    """A day and what follows from it under a rule. The first two decide which query is asked; the others are values in
    it, or in a query that is kept the places where they will stand.
    """

    past_deadline: bool
    by_old_law: bool
    day: Any
    # of the last completions that have lapsed; None: none ever does
    lapsed: Any
    # the first instant of which nothing is told
    by_then: Any
    # a posting of this day or later is within its days of grace
    grace: Any

    @classmethod
    def of(cls, rule: RequirementRule, day: date, known_on: date | None = None) -> "AskedDay":
        by_old_law = rule.law_begins is None or bool(rule.old_until and day <= rule.old_until)
        by_then = min(end_of_day(day), known_until(known_on or day))
        grace = day - timedelta(days=rule.grace_days)
        return cls(day > rule.deadline, by_old_law, day, _lapsed(rule, day), by_then, grace)


def _lapsed(rule: RequirementRule, day: date) -> date | None:
    if rule.each_january:
        # in January last year's are valid still
        return date(day.year - (day.month == 1), 1, 1) - timedelta(days=1)
    return lapsed_up_to(day, rule.validity_months) if rule.validity_months else None


def told_by(
    rule: RequirementRule, requirement: Requirement, asked: AskedDay, known_on: date | None, *beside: str
) -> QuerySet:
    day = asked.day
    postings = Posting.objects.known_on(known_on).filter(covering(day), duties=rule.duty_id)
    excused = Excuse.objects.known_on(known_on).filter(covering(day), requirement=requirement.pk)
    relieved = leaving_out(known_on).filter(covering(day), requirement=requirement.pk)
    voided = Void.objects.known_on(known_on).filter(on__lte=day)
    made = Completion.objects.known_on(known_on).filter(completed_on__lte=day)
    made = made.exclude(pk__in=voided.values("completion")).order_by()
    begun = made.filter(course_key__in=rule.course_keys)
    valid = begun if asked.lapsed is None else begun.filter(completed_on__gt=asked.lapsed)
    who = _Who(known_on)
    practised = _practised(who, rule.rubric_keys, day, known_on)
    seen = LessonSeen.objects.filter(course_key__in=rule.course_keys, seen_at__lt=asked.by_then, seen_by_class=False)
    moved = CourseBegun.objects.filter(course_key__in=rule.course_keys, at__lt=asked.by_then)
    taught = CourseAttended.objects.known_on(known_on).filter(course_key__in=rule.course_keys, on__lte=day)
    extended = extensions(known_on).filter(requirement=requirement.pk)
    is_work = rule.rubric_keys or rule.more_course_keys
    state = Case(
        When(who.have(excused) | who.have(relieved), then=Value("excused")),
        When(_lawful(who, rule, asked, valid, made) & practised, then=Value("completed")),
        When(_with_each(who, rule, begun) & practised, then=Value("expired")),
        *(_overdue(who, rule, postings, asked, extended) if asked.past_deadline else []),
        *([When(who.have(begun), then=Value("in_progress"))] if is_work else []),
        When(who.have(seen), then=Value("in_progress")),
        When(who.have(moved), then=Value("in_progress")),
        When(who.have(taught), then=Value("in_progress")),
        default=Value("not_started"),
        output_field=CharField(max_length=12),
    )
    rows = postings.order_by().annotate(state_=state)
    if beside:
        # a valid completion that is not among the unapproved
        approved = valid.exclude(pk__in=unapproved_on(day, known_on).values("pk"))
        rests = When(_lawful(who, rule, asked, approved, made), then=Value(True))
        among = Case(rests, default=Value(False), output_field=BooleanField())
        rows = rows.annotate(approved_=among, retest_=_retest(who, rule, valid, day))
    return rows


class _Who:
    """Who somebody is, as known on a day: what a record has that was merged into hers, she has."""

    def __init__(self, known_on: date | None):
        self.known_on = known_on
        self.merges = Merge.objects.known_on(known_on)
        self.any = self.merges.exists()

    def have(self, rows: QuerySet, path: str = "person") -> Q:
        """Postings of people about whom there is one of these rows."""
        found = Q(person__in=rows.values(path))
        if self.any:
            merged = self.merges.filter(Exists(rows.filter(**{path: OuterRef("gone")})))
            found |= Q(person__in=merged.values("stays"))
        return found


def _with_each(who: _Who, rule: RequirementRule, completions: QuerySet) -> Q:
    """Postings of people with a completion of each course of the rule."""
    if not rule.more_course_keys:
        return who.have(completions)
    return Q(*(who.have(completions.filter(course_key=key)) for key in rule.course_keys))


def _lawful(who: _Who, rule: RequirementRule, asked: AskedDay, valid: QuerySet, made: QuerySet) -> Q:
    """Postings of people with a valid completion of each course that a change of the law leaves valid on the day: one
    of the new law, for a time any, and longer any of who made the refresher.
    """
    if asked.by_old_law:
        return _with_each(who, rule, valid)
    of_the_new = _with_each(who, rule, valid.filter(completed_on__gte=rule.law_begins))
    if not rule.refresher_key:
        return of_the_new
    return of_the_new | (_with_each(who, rule, valid) & who.have(made.filter(course_key=rule.refresher_key)))


def _practised(who: _Who, rubrics: list[str], day: Any, known_on: date | None) -> Q:
    """Rows of people who by the day, as known then, had been observed passing each of the rubrics."""
    passed = Performance.objects.passed().filter(session__on__lte=day)
    if known_on:
        passed = passed.filter(settled_at__lt=known_until(known_on))
    return Q(*(who.have(passed.filter(session__rubric__key=key)) for key in rubrics))


def _retest(who: _Who, rule: RequirementRule, valid: QuerySet, day: Any) -> Case:
    """By sets of people: of each and each course the one result that no later result and no later completion takes
    away.
    """
    knows, reviews = Q(), Q(pk__in=[])
    for key in rule.course_keys:
        told = latest_results(key, day, who.known_on).filter(retest__completion__in=valid)
        person = "retest__completion__person"
        knows &= who.have(told.filter(right__gte=4), person)
        reviews |= who.have(told.filter(right__lt=4), person)
    return Case(
        When(reviews, then=Value("to_review")),
        When(knows, then=Value("still_knows")),
        default=Value(""),
        output_field=CharField(max_length=11),
    )


def _overdue(who: _Who, rule: RequirementRule, postings: QuerySet, asked: AskedDay, extended: QuerySet) -> list[When]:
    """Past the deadline: past the days of grace of at least one posting that covers the day, and not among who was
    granted the day.
    """
    late = ~who.have(extended.filter(end__gte=asked.day))
    if rule.grace_days:
        postings = postings.filter(start__lt=asked.grace)
        late &= Q(person__in=postings.values("person"))
    return [When(late, then=Value("overdue"))]
