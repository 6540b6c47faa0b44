"""The second formulation: the states of all people on one day, by subqueries over the facts.

It shares no rule with `courses.standing.spans`: it computes one day instead of spans, and the day up to which
completions have lapsed instead of adding months to each. It works for any day of knowledge, so `coverage --known-on`
counts by it and `recompute --check` compares the standings with it.
"""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import BooleanField, Case, CharField, Count, Q, QuerySet, Value, When

from courses.completions.completion import Completion, Void
from courses.completions.unapproved import unapproved_on
from courses.practice.observed.session import Performance
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
from courses.retests.retest import latest_results
from people.postings.posting import Posting
from people.times import covering, end_of_day


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


# what is told of a person beside her unit and state
IN_FULL = ("unapproved_", "knowledge_")
# PostgreSQL puts a set of people into a hash only if it fits in here; else it goes through the set for each person,
# which at a million people does not end
ROOM = "64MB"


def standing_on(
    requirement: Requirement, day: date, known_on: date | None = None, *, in_full: bool = False
) -> QuerySet:
    """Distinct (person_id, unit_id, state_) of all people with a posting with the duty on `day`; `in_full` also
    unapproved_, whether they are completed by nothing but content that was not approved, and knowledge_ of the
    completed, "" for not known.
    """
    rows = _told(requirement, day, known_on, in_full=in_full)
    return rows.values_list("person_id", "unit_id", "state_", *(IN_FULL if in_full else ())).distinct()


def counted_on(requirement: Requirement, day: date, known_on: date, within: Q) -> tuple[list[tuple], list[tuple]]:
    """The same in full as known then, of the units `within`: (unit, state, unapproved, knowledge, people) of who holds
    one posting, counted by the database, and (person, unit, state, unapproved, knowledge) of who holds several.
    """
    rows = _told(requirement, day, known_on, in_full=True)
    held = rows.order_by().values("person").annotate(postings=Count("pk")).filter(postings__gt=1).values("person")
    told = ("unit_id", "state_", *IN_FULL)
    here = rows.filter(within)
    with room():
        alone = here.exclude(person__in=held).values(*told).annotate(people=Count("pk")).values_list(*told, "people")
        several = here.filter(person__in=held).values_list("person_id", *told).distinct()
        return list(alone), list(several)


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


def _told(requirement: Requirement, day: date, known_on: date | None, *, in_full: bool) -> QuerySet:
    """The postings with the duty on `day`, each with state_ and, `in_full`, unapproved_ and knowledge_."""
    rule = rule_on(requirement, day, known_on)
    if rule is None:
        nobody = Posting.objects.none()
        return nobody.annotate(state_=Value(""), unapproved_=Value(False), knowledge_=Value(""))
    postings = Posting.objects.known_on(known_on).filter(covering(day), duties=rule.duty_id)
    excused = Excuse.objects.known_on(known_on).filter(covering(day), requirement=requirement)
    voided = Void.objects.known_on(known_on).filter(on__lte=day)
    completions = Completion.objects.known_on(known_on).filter(course_key=rule.course_key, completed_on__lte=day)
    completions = completions.exclude(pk__in=voided.values("completion"))
    valid = completions
    if rule.validity_months:
        valid = completions.filter(completed_on__gt=lapsed_up_to(day, rule.validity_months))
    if rule.rubric_keys:
        practised = _practised(rule.rubric_keys, day, known_on)
        begun, completions = completions, completions.filter(practised)
        valid = valid.filter(practised)
    by_then = end_of_day(min(day, known_on or day))
    seen = LessonSeen.objects.filter(course_key=rule.course_key, seen_at__lt=by_then)
    moved = CourseBegun.objects.filter(course_key=rule.course_key, at__lt=by_then)
    state = Case(
        When(person__in=excused.values("person"), then=Value("excused")),
        When(person__in=valid.values("person"), then=Value("completed")),
        When(person__in=completions.values("person"), then=Value("expired")),
        *_overdue(rule, postings, day),
        *([When(person__in=begun.values("person"), then=Value("in_progress"))] if rule.rubric_keys else []),
        When(person__in=seen.values("person"), then=Value("in_progress")),
        When(person__in=moved.values("person"), then=Value("in_progress")),
        default=Value("not_started"),
        output_field=CharField(max_length=12),
    )
    rows = postings.order_by().annotate(state_=state)
    if in_full:
        # the other way round: completed, and without a valid completion that is not among the unapproved
        approved = valid.exclude(pk__in=unapproved_on(day, known_on).values("pk"))
        others = [When(person__in=rows_.values("person"), then=Value(False)) for rows_ in (excused, approved)]
        rest = When(person__in=valid.values("person"), then=Value(True))
        rows = rows.annotate(
            unapproved_=Case(*others, rest, default=Value(False), output_field=BooleanField()),
            knowledge_=_knowledge(rule, excused, valid, day, known_on),
        )
    return rows


def _practised(rubrics: list[str], day: date, known_on: date | None) -> Q:
    """Rows of people who by the day, as known then, had been observed passing each of the rubrics."""
    passed = Performance.objects.passed().filter(session__on__lte=day)
    if known_on:
        passed = passed.filter(settled_at__lt=end_of_day(known_on))
    return Q(*(Q(person__in=passed.filter(session__rubric__key=key).values("person")) for key in rubrics))


def _knowledge(rule: RequirementRule, excused: QuerySet, valid: QuerySet, day: date, known_on: date | None) -> Case:
    """By sets of people: of each the one result that no later result and no later completion takes away."""
    told = latest_results(rule.course_key, day, known_on).filter(retest__completion__in=valid)
    knowing, others = told.filter(right__gte=4), told.filter(right__lt=4)
    person = "retest__completion__person"
    return Case(
        When(person__in=excused.values("person"), then=Value("")),
        When(person__in=knowing.values(person), then=Value("still_knows")),
        When(person__in=others.values(person), then=Value("to_review")),
        default=Value(""),
        output_field=CharField(max_length=11),
    )


def _overdue(rule: RequirementRule, postings: QuerySet, day: date) -> list[When]:
    """Past the deadline, and past the days of grace of at least one posting that covers the day."""
    if day <= rule.deadline:
        return []
    if rule.grace_days:
        postings = postings.filter(start__lt=day - timedelta(days=rule.grace_days))
    return [When(person__in=postings.values("person"), then=Value("overdue"))]
