"""The tasks of one version with what became of them, as pages, tables and the paper show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from courses.plans.made.making import with_lines
from courses.plans.made.plan import PlanVersion
from courses.plans.made.result import Result
from courses.plans.made.rules import LABELS, Days, TaskState, known_sum, state_on, was_late
from courses.plans.made.task import Task


@dataclass(frozen=True)
class Told:
    """A task on a day; `budget` in đồng, 0 where it needs none."""

    task: Task
    state: TaskState
    budget: int
    result: Result | None = None

    @property
    def label(self) -> str:
        return str(LABELS[self.state])

    @property
    def done_late(self) -> bool:
        return self.result is not None and was_late(days_of(self.task), self.result.done_on)


@dataclass(frozen=True)
class Sums:
    """`spent` None: of no task is known what it cost."""

    budget: int
    spent: int | None
    by_state: dict[TaskState, int]
    by_source: dict[str, int]


def days_of(task: Task) -> Days:
    return Days(task.first_day, task.last_day, task.left_out)


def tell(version: PlanVersion, day: date) -> list[Told]:
    """Three queries. Of a template nothing has become."""
    return told(with_lines(version), results_of(version), day)


def results_of(version: PlanVersion) -> dict:
    if version.plan.is_template:
        return {}
    rows = Result.objects.current().filter(plan=version.plan_id).select_related("recorded_by")
    return {row.task_key: row for row in rows}


def told(tasks: Iterable[Task], results: dict, day: date) -> list[Told]:
    """`tasks` with their lines."""
    listed = []
    for task in tasks:
        result = None if task.left_out else results.get(task.key)
        state = state_on(day, days_of(task), result.done_on if result else None)
        budget = 0 if task.left_out else sum(line.amount for line in task.lines.all())
        listed.append(Told(task, state, budget, result))
    return listed


def sums(rows: Iterable[Told]) -> Sums:
    rows = list(rows)
    by_state = {state: sum(row.state == state for row in rows) for state in TaskState}
    by_source: dict[str, int] = {}
    for row in rows:
        if not row.task.left_out:
            for line in row.task.lines.all():
                by_source[line.source] = by_source.get(line.source, 0) + line.amount
    spent = known_sum(row.result.cost for row in rows if row.result)
    return Sums(sum(row.budget for row in rows), spent, by_state, by_source)
