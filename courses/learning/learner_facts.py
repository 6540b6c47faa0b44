"""What is known of one learner that outlines of courses need: three queries for any number of courses and lessons."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db.models import CharField, FilteredRelation, Q, QuerySet, Value

from courses.attempts.attempt import Attempt
from courses.completions.completion import Completion
from courses.content.structure import Course
from courses.practice.conversations.runs import ConversationRun
from courses.progress.lessons import LessonSeen, Place
from people.persons.merges import one_person, own_or_over
from people.statements.kept import rows_about


@dataclass(slots=True)
class LearnerFacts:
    """The facts of one learner that outlines need, for several courses: keys of steps done, under way, and of lessons
    seen."""

    done: set[UUID]
    open: set[UUID]
    completed: dict[str, date]
    places: dict[str, tuple[UUID, str, datetime]]
    seen: set[UUID] = field(default_factory=set)
    # when each quiz or conversation was last passed, and each course's last completion here, void or not, was recorded
    passed_at: dict[UUID, datetime] = field(default_factory=dict)
    concluded_at: dict[str, datetime] = field(default_factory=dict)

    def add_completion(self, key: str, day: date, source: str, at: datetime, *, void: bool) -> None:
        """In the order of their days."""
        if not void:
            self.completed[key] = day
        if source == Completion.Source.QUIZ:
            self.concluded_at[key] = max(at, self.concluded_at.get(key, at))


def facts_of(person, courses: Iterable[Course], today: date) -> LearnerFacts:
    keys = frozenset(course.key for course in courses)
    wanted = keys | {key for course in courses for key, *_rest in course.before}
    lessons: dict[UUID, datetime | None] = {}
    by_course: dict[str, tuple[UUID, str, datetime]] = {}
    for lesson, at, course, block in rows_about(person, ("seen", "places"), _seen_and_places):
        if course in keys:
            by_course[course] = (lesson, block, at)
        elif not course:
            # done under either record is done
            lessons[lesson] = at or lessons.get(lesson)
    done, open_ = {key for key, done_at in lessons.items() if done_at}, set()
    passed_at: dict[UUID, datetime] = {}
    for key, ended_at, counts in _attempts_and_runs(person, courses):
        if ended_at is None:
            open_.add(key)
        elif counts:
            done.add(key)
            passed_at[key] = max(ended_at, passed_at.get(key, ended_at))
    learner_facts = LearnerFacts(done, open_, {}, by_course, set(lessons), passed_at)
    for course, day, source, at, void in _completions(person, wanted, today):
        learner_facts.add_completion(course, day, source, at, void=void)
    return learner_facts


def _seen_and_places(person) -> QuerySet:
    """(lesson, when it was done, "", "") of those seen, and (lesson, when, course, block) of where she was last."""
    none = Value("", output_field=CharField())
    seen = LessonSeen.objects.filter(person__in=one_person(person)).order_by()
    places = Place.objects.filter(person_id=person.pk).order_by()
    return seen.values_list("lesson_key", "done_at", none, none).union(
        places.values_list("lesson_key", "at", "course_key", "block_id"), all=True
    )


def _attempts_and_runs(person, courses: Iterable[Course]) -> list[tuple[UUID, datetime | None, bool]]:
    """(key of the quiz or conversation, when it ended, whether it was passed), in one query."""
    # by the quizzes, not the course: one that was moved here brings its attempts along
    quizzes = frozenset(step.key for course in courses for step in course.steps if step.is_quiz)
    conversations = frozenset(step.key for course in courses for step in course.steps if step.is_conversation)
    return rows_about(person, (quizzes, conversations), partial(_tried, quizzes, conversations))


def _tried(quizzes: Collection[UUID], conversations: Collection[UUID], person) -> QuerySet:
    attempts = Attempt.objects.filter(own_or_over(person, "submitted_at"), quiz_key__in=quizzes).order_by()
    rows = attempts.values_list("quiz_key", "submitted_at", "passed")
    if not conversations:
        return rows
    runs = ConversationRun.objects.filter(
        own_or_over(person, "ended_at"), conversation_key__in=conversations
    ).order_by()
    return rows.union(runs.values_list("conversation_key", "ended_at", "done"), all=True)


def completed_days(person, keys: Iterable[str], today: date) -> dict[str, date]:
    """By course: the last day on which it was completed, without completions voided by `today`."""
    return {key: day for key, day, _source, _at, void in _completions(person, keys, today) if not void}


def _completions(person, keys: Iterable[str], today: date) -> list[tuple[str, date, str, datetime, bool]]:
    """(course, day, source, when recorded, whether void) by day."""
    keys = frozenset(keys)
    found = rows_about(person, ("completions", keys, today), partial(_completed, keys, today))
    return [(key, day, source, at, void is not None) for key, day, source, at, void in found]


def _completed(keys: Collection[str], today: date, person) -> QuerySet:
    gone = FilteredRelation("voids", condition=Q(voids__superseded_at=None, voids__on__lte=today))
    rows = Completion.objects.current().filter(person__in=one_person(person), course_key__in=keys)
    columns = ("course_key", "completed_on", "source", "recorded_at", "gone")
    return rows.annotate(gone=gone).filter(completed_on__lte=today).order_by("completed_on").values_list(*columns)
