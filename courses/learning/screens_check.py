"""Whether the pages of a course say of each learner what the figures say: for `recompute --check`.

The outline is computed as the pages do it, from the facts of a thousand people at a time; the states come from the
second formulation (`courses.standing.recount`), as of today.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion, Void, source_course
from courses.content.course import CoursePage
from courses.content.structure import Course, structure
from courses.learning.learner_facts import LearnerFacts
from courses.learning.outline import Outline, outline_for
from courses.practice.conversations.runs import ConversationRun
from courses.progress.lessons import LessonSeen
from courses.requirements.requirement import Requirement
from courses.retests.retest import counted_completions
from courses.standing.facts import terms_of
from courses.standing.recount import rule_on, standing_on
from courses.standing.spans import CompletionFact, Rule, State, valid_until
from people.persons.merges import merged_as_known, merged_into

BATCH = 1000


def differences(today: date) -> Iterator[str]:
    """One sentence for each difference, by course and requirement."""
    by_course = defaultdict(list)
    for requirement in Requirement.objects.order_by("key"):
        if rule := rule_on(requirement, today):
            for key in rule.course_keys:
                by_course[key].append((requirement, terms_of(rule)))
    for key in CoursePage.objects.live().order_by("key").values_list("key", flat=True).distinct():
        if page := source_course(key):
            course = structure(page)
            states = [
                Told(rule, requirement.key, _states(requirement, today), _refreshed(rule, today))
                for requirement, rule in by_course[key]
            ]
            yield from _of_course(course, states, today)


@dataclass(frozen=True)
class Told:
    """What the figures say of a requirement: by person the state; `refreshed` are those with its refresher."""

    rule: Rule
    key: str
    by_person: dict[int, str]
    refreshed: set[int]


def _refreshed(rule: Rule, today: date) -> set[int]:
    if not (rule.law and rule.law.refresher):
        return set()
    into = merged_as_known(None)
    made = counted_completions(rule.law.refresher, today).values_list("person_id", flat=True)
    return {into.get(person, person) for person in made}


def _states(requirement: Requirement, today: date) -> dict[int, str]:
    return {person: state for person, _unit, state in standing_on(requirement, today)}


def _of_course(course: Course, states: list[Told], today: date) -> Iterator[str]:
    people = sorted({person for one in states for person in one.by_person} | _learners(course))
    # most people of a province have not begun: one outline serves them all
    untouched = outline_for(course, LearnerFacts(set(), set(), {}, {}))
    for place in range(0, len(people), BATCH):
        ids = people[place : place + BATCH]
        outlines = {
            person: outline_for(course, facts) if facts.done or facts.concluded_at or facts.completed else untouched
            for person, facts in facts_in_bulk(ids, course, today).items()
        }
        wrong = [(person, said) for person in ids for said in _wrong(person, outlines[person], states, today)]
        names = dict(get_user_model().objects.filter(pk__in={p for p, _said in wrong}).values_list("pk", "staff_code"))
        for person, (about, shown, told) in wrong:
            yield _("%(key)s: trang của %(person)s ghi %(shown)s, số liệu ghi %(told)s.") % {
                "key": about,
                "person": names[person],
                "shown": shown,
                "told": told,
            }


def _learners(course: Course) -> set[int]:
    seen = LessonSeen.objects.filter(lesson_key__in=[step.key for step in course.steps if step.is_lesson])
    passed = Attempt.objects.filter(quiz_key__in=[step.key for step in course.steps if step.is_quiz], passed=True)
    rows = (seen, passed, Completion.objects.current().filter(course_key=course.key))
    people = {person for found in rows for person in found.order_by().values_list("person", flat=True).distinct()}
    # a record that was merged into another has no page any more; what it learnt is on the other's
    into = merged_as_known(None)
    return {into.get(person, person) for person in people}


def _wrong(person: int, outline: Outline, states: list[Told], today: date) -> Iterator[tuple[str, str, str]]:
    """(about what, what the page says, what the figures say)"""
    if outline.awaits_record:
        yield outline.course.key, _("đã xong mọi mục bắt buộc"), _("chưa hoàn thành")
    for one in states:
        rule, key, told = one.rule, one.key, one.by_person.get(person)
        shown = shown_state(outline, rule, today, person in one.refreshed)
        # only so: who read what was moved away since has begun the course, whatever is left of it on its page
        if told == State.NOT_STARTED and any(step.done and step.is_lesson for step in outline.steps):
            yield key, str(State.IN_PROGRESS.label), str(State.NOT_STARTED.label)
        if rule.more_courses:
            # of one course of a programme: valid where all are, made where all were
            if (told == State.COMPLETED and shown != State.COMPLETED) or (told == State.EXPIRED and shown is None):
                yield key, str(shown.label) if shown else _("chưa hoàn thành"), str(State(told).label)
            continue
        if told in (None, State.EXCUSED) or (rule.rubrics and told not in (State.COMPLETED, State.EXPIRED)):
            continue
        if shown != (told if told in (State.COMPLETED, State.EXPIRED) else None):
            yield key, str(shown.label) if shown else _("chưa hoàn thành"), str(State(told).label)


def shown_state(outline: Outline, rule: Rule, today: date, refreshed: bool = False) -> State | None:
    """What the course's page says of its completion to somebody under the rule; None for none."""
    if outline.completed_on is None:
        return None
    until = valid_until(CompletionFact(rule.course, outline.completed_on), rule, refreshed)
    return State.COMPLETED if until is None or today <= until else State.EXPIRED


def facts_in_bulk(ids, course: Course, today: date) -> dict[int, LearnerFacts]:
    """The facts that an outline needs, for each of the people; six queries."""
    facts = {person: LearnerFacts(set(), set(), {}, {}) for person in ids}
    into = merged_into(facts)
    ids = [*facts, *into]
    facts |= {gone: facts[person] for gone, person in into.items()}
    keys = [step.key for step in course.steps]
    lessons = LessonSeen.objects.filter(person__in=ids, lesson_key__in=keys).exclude(done_at=None)
    runs = ConversationRun.objects.filter(person__in=ids, conversation_key__in=keys, done=True)
    for person, key in (*lessons.values_list("person", "lesson_key"), *runs.values_list("person", "conversation_key")):
        facts[person].done.add(key)
    passed = Attempt.objects.filter(person__in=ids, quiz_key__in=keys, passed=True).order_by("submitted_at")
    for person, key, at in passed.values_list("person", "quiz_key", "submitted_at"):
        facts[person].done.add(key)
        if at:
            # in the order of their moments, so the last one stays
            facts[person].passed_at[key] = at
    gone = set(
        Void.objects.current()
        .filter(completion__course_key=course.key, on__lte=today)
        .values_list("completion", flat=True)
    )
    rows = Completion.objects.current().filter(person__in=ids, course_key=course.key, completed_on__lte=today)
    for person, pk, day, source, at in rows.order_by("completed_on").values_list(
        "person", "pk", "completed_on", "source", "recorded_at"
    ):
        facts[person].add_completion(course.key, day, source, at, void=pk in gone)
    return facts
