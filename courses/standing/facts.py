"""The current facts about people that standings are computed from, in one query for any number of people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    FilteredRelation,
    IntegerField,
    Min,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone

from courses.completions.completion import Completion
from courses.practice.observed.session import Performance
from courses.progress.attended import CourseAttended
from courses.progress.begun import CourseBegun
from courses.progress.lessons import LessonSeen
from courses.requirements.relief import extensions, leaving_out
from courses.requirements.requirement import Excuse, Requirement, RequirementRule
from courses.retests.retest import RetestResult
from courses.retests.rules import RetestFact
from courses.standing.spans import CompletionFact, ExcuseFact, Facts, PostingFact, Rule
from people.persons.merges import Merge, with_merged
from people.postings.posting import Posting
from people.statements.plain_rows import NOBODY, among, asked_about

POSTING, EXCUSE, COMPLETION, LESSON, PRACTICE, RETEST, EXTENSION, MERGE = "p", "e", "c", "l", "o", "r", "x", "m"


def rules_by_requirement(requirement: Requirement | None = None) -> dict[int, list[Rule]]:
    """The current rules by the id of their requirement; only those of `requirement` if given."""
    rows = RequirementRule.objects.current()
    if requirement:
        rows = rows.filter(requirement=requirement)
    rules = defaultdict(list)
    for rule in rows:
        rules[rule.requirement_id].append(terms_of(rule))
    return dict(rules)


def terms_of(rule: RequirementRule) -> Rule:
    """The rule as a value for `courses.standing.spans`."""
    return Rule(
        rule.duty_id,
        rule.course_key,
        rule.deadline,
        rule.validity_months,
        rule.grace_days,
        rule.effective_from,
        tuple(rule.rubric_keys),
        rule.each_january,
        tuple(rule.more_course_keys),
        rule.validity.law,
    )


@dataclass(slots=True)
class PersonFacts:
    """All facts of one person; excuses and granted due days by the id of their requirement."""

    postings: list[PostingFact] = field(default_factory=list)
    excuses: dict[int, list[ExcuseFact]] = field(default_factory=dict)
    completions: list[CompletionFact] = field(default_factory=list)
    first_seen: dict[str, date] = field(default_factory=dict)
    first_passed: dict[str, date] = field(default_factory=dict)
    # by course and day of the completion
    retests: dict[tuple[str, date], list[RetestFact]] = field(default_factory=dict)
    extensions: dict[int, list[date]] = field(default_factory=dict)

    def facts_towards(self, requirement: int) -> Facts:
        return Facts(
            tuple(self.postings),
            tuple(self.excuses.get(requirement, ())),
            tuple(self._completions()),
            self.first_seen,
            self.first_passed,
            tuple(self.extensions.get(requirement, ())),
        )

    def _completions(self) -> Iterator[CompletionFact]:
        for done in self.completions:
            answered = self.retests.get((done.course, done.on))
            yield replace(done, retests=tuple(answered)) if answered else done


def facts_of_people(person_ids: Iterable[int]) -> dict[int, PersonFacts]:
    """{person id: facts} for those of them who have any; one query. What records that were merged into these people
    learnt is theirs; who was merged into somebody else has nothing, and the other is there, be she asked for or not.
    """
    people: dict[int, PersonFacts] = defaultdict(PersonFacts)
    rows = list(_read(list(person_ids)))
    into = {person: stays for kind, person, _unit, stays, *_rest in rows if kind == MERGE}
    for kind, person, unit, number, course, start, end, recognised in rows:
        person_facts = people[into.get(person, person)]
        if kind == POSTING:
            person_facts.postings.append(PostingFact(unit, number, start, end))
        elif kind == EXCUSE:
            person_facts.excuses.setdefault(number, []).append(ExcuseFact(start, end))
        elif kind == EXTENSION:
            person_facts.extensions.setdefault(number, []).append(end)
        elif kind == COMPLETION:
            person_facts.completions.append(CompletionFact(course, start, end, bool(number), recognised))
        elif kind == PRACTICE:
            person_facts.first_passed[course] = min(start, person_facts.first_passed.get(course, start))
        elif kind == RETEST:
            person_facts.retests.setdefault((course, start), []).append(RetestFact(end, number))
        elif kind == LESSON:
            # read in the course, or elsewhere before the lesson was moved there, or taught in a class
            person_facts.first_seen[course] = min(start, person_facts.first_seen.get(course, start))
    return people


def _read(ids: list[int]) -> Iterator[tuple]:
    """What `_rows` finds. Writing that query takes Django many times as long as a database takes to answer it for one
    person, and each posting and completion asks it: its text is kept.
    """
    sql, parameters = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, asked_about(ids, parameters))
        for *row, start, end, recognised in cursor.fetchall():
            yield *row, _day(start), _day(end), _day(recognised)


@cache
def _statement(vendor: str) -> tuple[str, tuple]:
    """The text of the query for this database, and its parameters where `NOBODY` is asked about."""
    return _rows(NOBODY).query.sql_with_params()


def _day(stored: date | str | None) -> date | None:
    """SQLite has days as texts."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _rows(ids: list[int]) -> QuerySet:
    """(kind, person, unit, number, course or rubric, first day, last day or void day, day of recognition), 0 and "" for
    none.

    `number` is a duty, a requirement, 1 of a completion by content that was not approved, the right answers of a
    re-test, whose days are those of its completion and of its answer, or who a record was merged into.
    """
    people = with_merged(ids)
    nothing, no_course = Value(0, IntegerField()), Cast(Value(""), CharField())
    postings = Posting.objects.current().filter(person__in=people, duties__isnull=False)
    excuses = Excuse.objects.current().filter(person__in=people)
    towards = (F("requirement_id"), no_course, F("start"), F("end"))
    void = FilteredRelation("voids", condition=Q(voids__superseded_at=None))
    recognised = FilteredRelation("recognitions", condition=Q(recognitions__superseded_at=None))
    completions = Completion.objects.current().filter(person__in=people).annotate(void=void, recognised=recognised)
    here = {"source": Completion.Source.QUIZ, "approved": False}
    unapproved = Case(When(**here, then=Value(1)), default=Value(0), output_field=IntegerField())
    lessons = LessonSeen.objects.filter(person__in=people, seen_by_class=False).values("person_id", "course_key")
    first_day = TruncDate(Min("seen_at"), tzinfo=timezone.get_default_timezone())
    moved = CourseBegun.objects.filter(person__in=people)
    begun = TruncDate("at", tzinfo=timezone.get_default_timezone())
    attended = CourseAttended.objects.current().filter(person__in=people)
    passed = Performance.objects.passed().filter(person__in=people).values("person_id", "session__rubric__key")
    # PostgreSQL takes a bare NULL for a text where the first two selects of a union have no other value
    never = Cast(Value(None), DateField())
    done = (F("course_key"), F("completed_on"), F("void__on"), F("recognised__on"))
    retests = RetestResult.objects.current().filter(
        retest__completion__person__in=people, retest__completion__superseded_at=None
    )
    retests = retests.annotate(person_id=F("retest__completion__person_id"))
    asked = (F("retest__completion__course_key"), F("retest__completion__completed_on"), F("on"))
    either = Q(gone__in=among(ids)) | Q(stays__in=among(ids))
    merges = Merge.objects.current().filter(either).annotate(person_id=F("gone_id"))
    return _listed(postings, POSTING, F("unit_id"), F("duties"), no_course, F("start"), F("end"), never).union(
        _listed(excuses, EXCUSE, nothing, *towards, never),
        _listed(leaving_out().filter(person__in=people), EXCUSE, nothing, *towards, never),
        _listed(extensions().filter(person__in=people), EXTENSION, nothing, *towards, never),
        _listed(completions, COMPLETION, nothing, unapproved, *done),
        _listed(retests, RETEST, nothing, F("right"), *asked, never),
        _listed(lessons, LESSON, nothing, nothing, F("course_key"), first_day, never, never),
        _listed(moved, LESSON, nothing, nothing, F("course_key"), begun, never, never),
        _listed(attended, LESSON, nothing, nothing, F("course_key"), F("on"), never, never),
        _listed(passed, PRACTICE, nothing, nothing, F("session__rubric__key"), Min("session__on"), never, never),
        _listed(merges, MERGE, nothing, F("stays_id"), no_course, never, never, never),
        all=True,
    )


def _listed(rows: QuerySet, kind: str, unit, number, course, first, last, recognised) -> QuerySet:
    named = {"kind_": Cast(Value(kind), CharField()), "unit_": unit, "number_": number}
    days = {"course_": course, "first_": first, "last_": last, "recognised_": recognised}
    return rows.order_by().annotate(**named, **days).values_list("kind_", "person_id", *list(named)[1:], *days)
