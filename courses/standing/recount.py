"""The second formulation: the states of all people on one day, by subqueries over the facts.

It shares no rule with `courses.standing.spans`: it computes one day instead of spans, and the day up to which
completions have lapsed instead of adding months to each. It works for any day of knowledge, so `coverage --known-on`
counts by it and `recompute --check` compares the standings with it.
"""

from calendar import monthrange
from datetime import date, timedelta

from django.db.models import Case, CharField, QuerySet, Value, When

from courses.completions.completion import Completion, Void
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
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


def standing_on(requirement: Requirement, day: date, known_on: date | None = None) -> QuerySet:
    """Distinct (person_id, unit_id, state_) of all people with a posting with the duty on `day`."""
    rule = rule_on(requirement, day, known_on)
    if rule is None:
        return Posting.objects.none().annotate(state_=Value("")).values_list("person_id", "unit_id", "state_")
    postings = Posting.objects.known_on(known_on).filter(covering(day), duties=rule.duty_id)
    excused = Excuse.objects.known_on(known_on).filter(covering(day), requirement=requirement)
    voided = Void.objects.known_on(known_on).filter(on__lte=day)
    completions = Completion.objects.known_on(known_on).filter(course_key=rule.course_key, completed_on__lte=day)
    completions = completions.exclude(pk__in=voided.values("completion"))
    valid = completions
    if rule.validity_months:
        valid = completions.filter(completed_on__gt=lapsed_up_to(day, rule.validity_months))
    seen = LessonSeen.objects.filter(course_key=rule.course_key, seen_at__lt=end_of_day(min(day, known_on or day)))
    state = Case(
        When(person__in=excused.values("person"), then=Value("excused")),
        When(person__in=valid.values("person"), then=Value("completed")),
        When(person__in=completions.values("person"), then=Value("expired")),
        *_overdue(rule, postings, day),
        When(person__in=seen.values("person"), then=Value("in_progress")),
        default=Value("not_started"),
        output_field=CharField(max_length=12),
    )
    return postings.order_by().annotate(state_=state).values_list("person_id", "unit_id", "state_").distinct()


def _overdue(rule: RequirementRule, postings: QuerySet, day: date) -> list[When]:
    """Past the deadline, and past the days of grace of at least one posting that covers the day."""
    if day <= rule.deadline:
        return []
    if rule.grace_days:
        postings = postings.filter(start__lt=day - timedelta(days=rule.grace_days))
    return [When(person__in=postings.values("person"), then=Value("overdue"))]
