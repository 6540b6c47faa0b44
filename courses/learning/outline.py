"""The outline of a course for one learner: which steps are done or shut, and which comes next.

The structure is cached in the process (`courses.content.structure`). The personal part takes three queries for any
number of lessons or courses: lessons seen with places, attempts with runs of conversations, completions.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from courses.content.course import CoursePage
from courses.content.structure import Course, Module, Step, structure
from courses.learning.learner_facts import LearnerFacts, facts_of
from courses.progress.lessons import LessonSeen
from people.persons.merges import one_person
from people.times import today as this_day


@dataclass(frozen=True, slots=True)
class LearnerStep:
    """A step for one learner. `done`: a lesson seen and all in it tried, a quiz passed, a conversation played to an end
    that counts; `shut`: may not be opened yet; `under_way`: an open attempt or run; `seen`: the end of a lesson was
    reached.
    """

    step: Step
    done: bool = False
    shut: bool = False
    under_way: bool = False
    seen: bool = False

    def __getattr__(self, name):
        return getattr(self.step, name)


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A module, or a quiz directly under the course, with its steps."""

    module: Module
    steps: tuple[LearnerStep, ...]

    @property
    def done(self) -> bool:
        """What nobody must do is done when all of it is."""
        return all(step.done for step in [step for step in self.steps if step.required] or self.steps)

    @property
    def done_count(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def shut(self) -> bool:
        return all(step.shut for step in self.steps)

    @property
    def first(self) -> LearnerStep:
        """The first step that is not done, else the first of all."""
        return next((step for step in self.steps if not step.done), self.steps[0])


@dataclass(frozen=True, slots=True)
class Outline:
    """`missing` are (key, title, address) of courses to complete first. `next` is None when nothing is left to do.

    `place` is (lesson key, block id, when) of the last visit. `completed_on` is the day of the last completion that
    counts, imported ones included; a completed course has no shut steps. `lapsed_after` is the last day on which that
    completion was valid, told only by `courses.learning.lapsing`. `voided`: a completion here counts no more and there
    is no other; `renewal` is the quiz by which that, or a lapsed one, is made good.
    """

    course: Course
    parts: tuple[OutlinePart, ...]
    steps: tuple[LearnerStep, ...]
    missing: tuple[tuple[str, str, str], ...] = ()
    completed_on: date | None = None
    place: tuple[UUID, str, datetime] | None = None
    next: LearnerStep | None = None
    lapsed_after: date | None = None
    voided: bool = False
    renewal: LearnerStep | None = None

    @property
    def counted(self) -> list[LearnerStep]:
        return [step for step in self.steps if not step.is_extra]

    @property
    def done_count(self) -> int:
        return sum(step.done for step in self.counted)

    @property
    def total(self) -> int:
        return len(self.counted)

    @property
    def percent(self) -> int:
        return self.done_count * 100 // self.total if self.total else 0

    @property
    def begun(self) -> bool:
        return self.place is not None or any(step.done or step.under_way for step in self.steps)

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes for step in self.counted if not step.done)

    @property
    def next_url(self) -> str:
        """The address of the next step, with the block where the learner stopped; "" when nothing is left."""
        if self.next is None:
            return ""
        if self.place and self.place[0] == self.next.key and self.place[1]:
            return f"{self.next.url}#b-{self.place[1]}"
        return self.next.url

    def at(self, page_id: int) -> LearnerStep | None:
        return next((step for step in self.steps if step.page_id == page_id), None)

    def part_of(self, page_id: int) -> OutlinePart | None:
        """The part with this step or module."""
        for part in self.parts:
            if part.module.page_id == page_id or any(step.page_id == page_id for step in part.steps):
                return part
        return None

    def before(self, step: LearnerStep) -> LearnerStep | None:
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    def after(self, step: LearnerStep) -> LearnerStep | None:
        """The next step in order; after the last one, the first that is not done; None if there is none."""
        place = self.steps.index(step)
        if place + 1 < len(self.steps):
            return self.steps[place + 1]
        return next((other for other in self.steps if not other.done and other.key != step.key), None)

    @property
    def awaits_record(self) -> bool:
        """All that is required is done, and the completion is not recorded yet: soon, in the background."""
        required = [step for step in self.steps if step.required]
        return bool(required) and all(step.done for step in required) and not (self.completed_on or self.voided)

    def opener_of(self, step: LearnerStep) -> LearnerStep | None:
        """The step that must be done so that a shut step opens; None when another course must be completed."""
        earlier = self.steps[: self.steps.index(step)] if self.course.order_enforced else ()
        lessons = [other for other in self.steps if not other.is_quiz] if step.after_lessons else ()
        return next((other for other in (*earlier, *lessons) if other.required and not other.done), None)


def outline(course: CoursePage, person=None, today: date | None = None) -> Outline:
    """Three queries, none for an anonymous visitor (`person` None)."""
    return outlines([structure(course)], person, today)[0]


def outlines(courses: list[Course], person=None, today: date | None = None) -> list[Outline]:
    learner_facts = (
        LearnerFacts(set(), set(), {}, {}) if person is None else facts_of(person, courses, today or this_day())
    )
    return [outline_for(course, learner_facts) for course in courses]


def is_open(person, course: Course, step: Step) -> bool:
    """Whether the step may be opened: without a query in a free course, by one where the lessons were done in order."""
    if not course.before and not course.order_enforced:
        return True
    if not course.before:
        earlier = {other.key for other in course.steps[: course.steps.index(step)] if other.required}
        done = LessonSeen.objects.filter(person__in=one_person(person), lesson_key__in=earlier).exclude(done_at=None)
        if earlier <= set(done.values_list("lesson_key", flat=True)):
            return True
    return not outlines([course], person)[0].at(step.page_id).shut


def outline_for(course: Course, learner_facts: LearnerFacts) -> Outline:
    """A pure function."""
    completed_on = learner_facts.completed.get(course.key)
    missing = tuple(before for before in course.before if before[0] not in learner_facts.completed)
    done_keys = learner_facts.done
    lessons_left = any(step.required and step.key not in done_keys for step in course.steps if step.is_lesson)
    barred, learner_steps = bool(missing), []
    for step in course.steps:
        done = step.key in done_keys
        shut = (barred or step.after_lessons and lessons_left) and not done and completed_on is None
        under_way, seen = step.key in learner_facts.open, step.key in learner_facts.seen
        learner_steps.append(LearnerStep(step, done, shut, under_way, seen))
        barred = barred or (course.order_enforced and step.required and not done)
    place = learner_facts.places.get(course.key)
    by_page = {step.page_id: step for step in learner_steps}
    parts = tuple(OutlinePart(m, tuple(by_page[step.page_id] for step in m.steps)) for m in course.modules)
    renewal = _renewal(learner_steps, learner_facts, course.key)
    voided = completed_on is None and course.key in learner_facts.concluded_at
    following = _next(learner_steps, place) or (renewal if voided else None)
    return Outline(
        course, parts, tuple(learner_steps), missing, completed_on, place, following, voided=voided, renewal=renewal
    )


def _renewal(learner_steps: list[LearnerStep], learner_facts: LearnerFacts, key: str) -> LearnerStep | None:
    """The first required quiz that was not passed since the last completion here, else the last one."""
    concluded = learner_facts.concluded_at.get(key)
    quizzes = [step for step in learner_steps if step.is_quiz and step.required]
    again = (one for one in quizzes if concluded and not learner_facts.passed_at.get(one.key, concluded) > concluded)
    return next(again, quizzes[-1] if quizzes else None)


def _next(learner_steps: list[LearnerStep], place: tuple | None) -> LearnerStep | None:
    """The open quiz attempt, else the first required step from the learner's place on, else from the beginning.

    A conversation under way that is not required is no duty, so it does not come before what is.
    """
    open_ones = [step for step in learner_steps if step.under_way and (step.is_quiz or step.required)]
    if under_way := next(iter(open_ones), None):
        return under_way
    here = next((n for n, step in enumerate(learner_steps) if place and step.key == place[0]), 0)
    ahead = [step for step in (*learner_steps[here:], *learner_steps[:here]) if not step.done and not step.shut]
    return next((step for step in ahead if step.required or (place and step.key == place[0])), None)
