"""The page “my learning”: what the learner has to do, is doing and has done."""

from dataclasses import dataclass
from datetime import date

from courses.content.structure import Course
from courses.learning.dues import Due, dues
from courses.learning.outline import Outline, outlines
from courses.standing.spans import State
from people.postings.posting import Posting
from people.times import covering


@dataclass(frozen=True)
class Task:
    """A requirement and the course that fulfils it; `outline` is None when that course is not published."""

    due: Due
    outline: Outline | None

    @property
    def url(self) -> str:
        """Where to go on: the next step; for a lapsed completion the last quiz; else the course."""
        if self.outline is None:
            return ""
        if self.due.state == State.EXPIRED and self.outline.next is None and self.outline.last_quiz:
            return self.outline.last_quiz.url
        return self.outline.next_url or self.outline.course.url


@dataclass(frozen=True)
class CompletedCourse:
    """`valid_until` is None when the completion never lapses or nothing requires it."""

    outline: Outline
    completed_on: date
    valid_until: date | None
    lapsed: bool


@dataclass(frozen=True)
class Work:
    """`posts` are today's (position, unit); `now` is the course to continue; `mine` are begun or required courses."""

    posts: list[tuple[str, str]]
    now: Outline | None
    now_due: Due | None
    tasks: list[Task]
    excused: list[Due]
    mine: list[Outline]
    done: list[CompletedCourse]
    others: list[Outline]


def my_work(person, courses: list[Course], today: date) -> Work:
    """At most nine queries, for any number of courses and lessons."""
    all_of_them = outlines(courses, person, today)
    by_key = {outline.course.key: outline for outline in all_of_them}
    completed = {key: outline.completed_on for key, outline in by_key.items() if outline.completed_on}
    due = dues(person, completed, today)
    tasks = _tasks(due, by_key)
    wanted = {task.due.course_key for task in tasks}
    mine = [o for o in all_of_them if o.course.key in wanted or (o.begun and not o.completed_on)]
    now = _now(mine, tasks)
    return Work(
        _posts(person, today),
        now,
        next((task.due for task in tasks if now and task.due.course_key == now.course.key), None),
        tasks,
        [d for d in due if d.state == State.EXCUSED],
        mine,
        _done(all_of_them, due, today),
        [o for o in all_of_them if o not in mine and not o.completed_on],
    )


def _tasks(due: list[Due], by_key: dict[str, Outline]) -> list[Task]:
    """Sorted by deadline, then in the order of the catalogue: the first course prepares for the second."""
    order = {key: n for n, key in enumerate(by_key)}
    tasks = [Task(d, by_key.get(d.course_key)) for d in due if d.to_do]
    return sorted(tasks, key=lambda task: (task.due.day, order.get(task.due.course_key, len(order))))


def _posts(person, today: date) -> list[tuple[str, str]]:
    postings = Posting.objects.current().filter(covering(today), person_id=person.pk).placed_on(today)
    return list(postings.order_by("start", "pk").values_list("position", "place"))


def _now(mine: list[Outline], tasks: list[Task]) -> Outline | None:
    """The course in which the learner was last, else the one that is due first."""
    going = [outline for outline in mine if outline.next is not None]
    if visited := [outline for outline in going if outline.place]:
        return max(visited, key=lambda outline: outline.place[2])
    due_first = {task.due.course_key: n for n, task in reversed(list(enumerate(tasks)))}
    return min(going, key=lambda outline: due_first.get(outline.course.key, len(tasks)), default=None)


def _done(all_of_them: list[Outline], due: list[Due], today: date) -> list[CompletedCourse]:
    until = {d.course_key: d.valid_until for d in due}
    rows = []
    for outline in all_of_them:
        if outline.completed_on:
            last = until.get(outline.course.key)
            rows.append(CompletedCourse(outline, outline.completed_on, last, last is not None and last < today))
    return sorted(rows, key=lambda row: row.completed_on, reverse=True)
