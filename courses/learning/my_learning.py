"""The page “my learning”: what the learner has to do, is doing and has done."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from courses.assigned.assignment import standing_on
from courses.attempts.remarks import unread
from courses.buddies.naming import concerned
from courses.classes.planned.participant import Participant
from courses.completions.completion import Completion
from courses.completions.unapproved import unapproved_on
from courses.content.structure import Course
from courses.learning.dues import Due, dues
from courses.learning.outline import LearnerStep, Outline, outlines
from courses.progress.news import CourseNews, unread_news
from courses.standing.spans import State
from people.persons.merges import one_person
from people.postings.posting import Posting
from people.statements.kept import about, rows_about, there_are
from people.times import covering

# nothing to do today
SETTLED = (State.COMPLETED, State.EXCUSED)
# the Law on preventing and combating human trafficking, 53/2024/QH15
NEW_LAW = date(2025, 7, 1)
TAUGHT_OLD_LAW = {"nhan-dien-nan-nhan", "ho-tro-tam-ly-ban-dau"}
REFRESHER = "luat-moi-2024"


@dataclass(frozen=True)
class Task:
    """A course that is required, listed once: `due` is the requirement whose day comes first, `others` name further
    ones; `outline` is None when the course is not published.
    """

    due: Due
    outline: Outline | None
    others: tuple[str, ...] = ()
    # what keeps a completion of the law before valid, in place of doing the course again
    refresher: Outline | None = None

    @property
    def name(self) -> str:
        """The requirement's, or the course's where it is one of a programme."""
        return self.outline.course.title if self.due.programme and self.outline else self.due.name

    @property
    def url(self) -> str:
        """Where to go on: the next step; for a lapsed completion the quiz that renews it; else the course."""
        if self.outline is None:
            return ""
        if self.due.state == State.EXPIRED and self.outline.next is None and self.outline.renewal:
            return self.outline.renewal.url
        return self.outline.next_url or self.outline.course.url


@dataclass(frozen=True)
class CompletedCourse:
    """`valid_until` is None when the completion never lapses or nothing requires it; `trial`: the content was not
    approved that day, and the completion is not recognised."""

    outline: Outline
    completed_on: date
    valid_until: date | None
    lapsed: bool
    trial: bool = False


@dataclass(frozen=True)
class News:
    """Since when a course is another one; or `steps`, what a course that was completed asks beyond that."""

    outline: Outline
    since: datetime
    steps: tuple[LearnerStep, ...] = ()


@dataclass(frozen=True)
class Given:
    """A course that somebody gave her beyond what is required; `pk` is of the assignment."""

    pk: int
    outline: Outline
    by: str
    since: date


@dataclass(frozen=True)
class Work:
    """`posts` are today's (position, unit); `now` is the course to continue. Each course stands in one list only:
    `tasks` are required, `given` is meant for her beyond that, `mine` begun, then `done` and `others`.
    """

    posts: list[tuple[str, str]]
    now: Outline | None
    now_due: Due | None
    tasks: list[Task]
    excused: list[Due]
    given: list[Given]
    mine: list[Outline]
    done: list[CompletedCourse]
    # worth knowing for who learnt before the law changed, though nothing requires it
    offered: list[Outline]
    others: list[Outline]
    news: list[News]


# what few learners have: looked for together, and asked for where it is
SELDOM: dict[str, Callable[[date, Any], QuerySet]] = {
    "news": lambda today, person: CourseNews.objects.filter(person_id=person.pk, read_at=None),
    "given": lambda today, person: standing_on(today).filter(person=person.pk),
    "classes": lambda today, person: Participant.objects.filter(person=person.pk),
    "buddies": lambda today, person: concerned(person),
    "remarks": lambda today, person: unread(person),
}


def seldom(person, today: date) -> set[str]:
    """The names of those of SELDOM that this person has; one query."""
    asked = [about(person, (name, today), partial(_first, rows, today)) for name, rows in SELDOM.items()]
    return {name for name, there in zip(SELDOM, there_are(asked), strict=True) if there}


def _first(rows: Callable[[date, Any], QuerySet], today: date, person) -> QuerySet:
    return rows(today, person).order_by().values("pk")[:1]


def my_work(person, courses: list[Course], today: date, has: Collection[str] = tuple(SELDOM)) -> Work:
    """At most twelve queries, for any number of courses and lessons. `has`: what `seldom` says."""
    all_of_them = outlines(courses, person, today)
    by_key = {outline.course.key: outline for outline in all_of_them}
    completed = {key: outline.completed_on for key, outline in by_key.items() if outline.completed_on}
    due = dues(person, completed, today)
    tasks = _tasks(due, by_key)
    wanted = {task.due.course_key for task in tasks}
    open_ = [o for o in all_of_them if o.course.key in wanted or (o.begun and not o.completed_on)]
    given = _given(person, by_key, wanted, today) if "given" in has else []
    elsewhere = wanted | {one.outline.course.key for one in given}
    mine = [o for o in open_ if o.course.key not in elsewhere]
    now = _now(open_, tasks)
    rest = [o for o in all_of_them if o not in open_ and not o.completed_on and o.course.key not in elsewhere]
    offered = [o for o in rest if o.course.key == REFRESHER] if learnt_the_old_law(person, completed) else []
    return Work(
        _posts(person, today),
        now,
        next((task.due for task in tasks if now and task.due.course_key == now.course.key), None),
        tasks,
        list({d.name: d for d in due if d.state == State.EXCUSED}.values()),
        given,
        mine,
        _done([o for o in all_of_them if o.course.key not in wanted], due, today, _trials(person, completed, today)),
        offered,
        [o for o in rest if o not in offered],
        _news(person, by_key) if "news" in has else [],
    )


def _given(person, by_key: dict[str, Outline], wanted: Collection[str], today: date) -> list[Given]:
    """What she completed, or has to learn anyway, is no longer optional; one query."""
    rows = standing_on(today).filter(person=person.pk).select_related("given_by").order_by("start", "pk")
    return [
        Given(row.pk, by_key[row.course_key], row.given_by.full_name, row.start)
        for row in rows
        if row.course_key in by_key and row.course_key not in wanted and not by_key[row.course_key].completed_on
    ]


def _news(person, by_key: dict[str, Outline]) -> list[News]:
    """What is new and done already, or gone again, is no news."""
    listed = []
    for key, (since, new) in unread_news(person).items():
        if key in by_key:
            steps = tuple(step for step in by_key[key].steps if str(step.key) in new and not step.done)
            if steps or not new:
                listed.append(News(by_key[key], since, steps))
    return listed


def learnt_the_old_law(person, completed: Collection[str]) -> bool:
    """Whether a course was completed before the law of 2024 took effect; no query for who completed none."""
    before = Completion.objects.current().filter(person__in=one_person(person), completed_on__lt=NEW_LAW)
    return bool(completed) and before.filter(course_key__in=TAUGHT_OLD_LAW & set(completed)).exists()


def _tasks(due: list[Due], by_key: dict[str, Outline]) -> list[Task]:
    """Sorted by deadline, the courses of a programme together, then in the order of the catalogue: the first course
    prepares for the second.
    """
    order = {key: n for n, key in enumerate(by_key)}
    by_course: dict[str, list[Due]] = {}
    for one in due:  # by deadline
        if one.to_do:
            by_course.setdefault(one.course_key, []).append(one)
    tasks = [
        Task(first, by_key.get(key), tuple(other.name for other in rest), by_key.get(first.refresher))
        for key, (first, *rest) in by_course.items()
    ]

    def place(task: Task) -> tuple:
        due = task.due
        return due.day, due.name if due.programme else "", order.get(due.course_key, len(order))

    return sorted(tasks, key=place)


def _posts(person, today: date) -> list[tuple[str, str]]:
    return rows_about(person, ("posts", today), partial(_posts_on, today))


def _posts_on(today: date, person) -> QuerySet:
    postings = Posting.objects.current().filter(covering(today), person_id=person.pk).placed_on(today)
    return postings.order_by("start", "pk").values_list("position", "place")


def _now(mine: list[Outline], tasks: list[Task]) -> Outline | None:
    """The course in which the learner was last, else the one that is due first."""
    going = [outline for outline in mine if outline.next is not None]
    if visited := [outline for outline in going if outline.place]:
        return max(visited, key=lambda outline: outline.place[2])
    due_first = {task.due.course_key: n for n, task in reversed(list(enumerate(tasks)))}
    return min(going, key=lambda outline: due_first.get(outline.course.key, len(tasks)), default=None)


def _trials(person, completed: dict[str, date], today: date) -> set[tuple[str, date]]:
    """(course, day) of the completions by content that was not approved; no query where nothing is completed."""
    if not completed:
        return set()
    rows = unapproved_on(today).filter(superseded_at=None, person_id=person.pk, course_key__in=completed)
    return set(rows.values_list("course_key", "completed_on"))


def _done(all_of_them: list[Outline], due: list[Due], today: date, trials: set) -> list[CompletedCourse]:
    until = {d.course_key: d.valid_until for d in due}
    rows = []
    for outline in all_of_them:
        if outline.completed_on:
            last = until.get(outline.course.key)
            lapsed, trial = last is not None and last < today, (outline.course.key, outline.completed_on) in trials
            rows.append(CompletedCourse(outline, outline.completed_on, last, lapsed, trial))
    return sorted(rows, key=lambda row: row.completed_on, reverse=True)
