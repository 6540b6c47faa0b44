"""The current facts about people that standings are computed from, in one query for any number of people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import CharField, F, FilteredRelation, IntegerField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from courses.completions.completion import Completion
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
from courses.standing.spans import CompletionFact, ExcuseFact, Facts, PostingFact, Rule
from people.postings.posting import Posting

POSTING, EXCUSE, COMPLETION, LESSON = "p", "e", "c", "l"


def rules_by_requirement(requirement: Requirement | None = None) -> dict[int, list[Rule]]:
    """The current rules by the id of their requirement; only those of `requirement` if given."""
    rows = RequirementRule.objects.current()
    if requirement:
        rows = rows.filter(requirement=requirement)
    rules = defaultdict(list)
    columns = ("duty_id", "course_key", "deadline", "validity_months", "grace_days", "effective_from")
    for key, *values in rows.values_list("requirement_id", *columns):
        rules[key].append(Rule(*values))
    return dict(rules)


@dataclass(slots=True)
class PersonFacts:
    """All facts of one person; excuses by the id of their requirement."""

    postings: list[PostingFact] = field(default_factory=list)
    excuses: dict[int, list[ExcuseFact]] = field(default_factory=dict)
    completions: list[CompletionFact] = field(default_factory=list)
    first_seen: dict[str, date] = field(default_factory=dict)

    def facts_towards(self, requirement: int) -> Facts:
        excuses = tuple(self.excuses.get(requirement, ()))
        return Facts(tuple(self.postings), excuses, tuple(self.completions), self.first_seen)


def facts_of_people(person_ids: Iterable[int]) -> dict[int, PersonFacts]:
    """{person id: facts} for those of them who have any; one query."""
    people: dict[int, PersonFacts] = defaultdict(PersonFacts)
    for kind, person, unit, number, course, start, end in _rows(list(person_ids)):
        person_facts = people[person]
        if kind == POSTING:
            person_facts.postings.append(PostingFact(unit, number, start, end))
        elif kind == EXCUSE:
            person_facts.excuses.setdefault(number, []).append(ExcuseFact(start, end))
        elif kind == COMPLETION:
            person_facts.completions.append(CompletionFact(course, start, end))
        else:
            person_facts.first_seen[course] = start
    return people


def _rows(ids: list[int]) -> QuerySet:
    """(kind, person, unit, duty or requirement, course, first day, last day or void day), 0 and "" for none."""
    nothing, no_course = Value(0, IntegerField()), Cast(Value(""), CharField())
    postings = Posting.objects.current().filter(person__in=ids, duties__isnull=False)
    excuses = Excuse.objects.current().filter(person__in=ids)
    void = FilteredRelation("voids", condition=Q(voids__superseded_at=None))
    completions = Completion.objects.current().filter(person__in=ids).annotate(void=void)
    lessons = LessonSeen.objects.filter(person__in=ids).values("person_id", "course_key")
    first_day = TruncDate(Min("seen_at"), tzinfo=timezone.get_default_timezone())
    never = Value(None, Completion._meta.get_field("completed_on"))
    return _listed(postings, POSTING, F("unit_id"), F("duties"), no_course, F("start"), F("end")).union(
        _listed(excuses, EXCUSE, nothing, F("requirement_id"), no_course, F("start"), F("end")),
        _listed(completions, COMPLETION, nothing, nothing, F("course_key"), F("completed_on"), F("void__on")),
        _listed(lessons, LESSON, nothing, nothing, F("course_key"), first_day, never),
        all=True,
    )


def _listed(rows: QuerySet, kind: str, unit, number, course, first, last) -> QuerySet:
    named = {"kind_": Cast(Value(kind), CharField()), "unit_": unit, "number_": number}
    days = {"course_": course, "first_": first, "last_": last}
    return rows.order_by().annotate(**named, **days).values_list("kind_", "person_id", *list(named)[1:], *days)
