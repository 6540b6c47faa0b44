"""How the template of a year stands in the units that it was offered to: units × tasks, from a few queries.

A unit has answered a task when a plan that was approved takes it or leaves it out with a reason. A unit that has not is
*not known*: it is counted by itself and never as 0. What ended counts at its successor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.plans.made.offers import offered_units
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.made.result import Result
from courses.plans.made.rules import Days, TaskState, known_sum, state_on
from courses.plans.made.task import Task
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit

UNKNOWN = "chua_ro"


@dataclass(frozen=True)
class Answer:
    """What one plan says of one task; `plan` is the id, `number` what was reached (None: not known)."""

    plan: int
    unit: int
    state: TaskState
    planned: int | None
    number: int | None
    left_out_why: str = ""


@dataclass(frozen=True)
class Cell:
    """A unit and a task of the template: None where the unit has not answered."""

    unit: Unit
    answer: Answer | None

    @property
    def state(self) -> str:
        return self.answer.state if self.answer else UNKNOWN


@dataclass(frozen=True)
class Row:
    """A task of the template over all units. `planned` and `reached` are sums of what is known; None: nothing is."""

    task: Task
    cells: tuple[Cell, ...]

    def count(self, *states: str) -> int:
        return sum(cell.state in states for cell in self.cells)

    @property
    def offered(self) -> int:
        return len(self.cells)

    @property
    def unknown(self) -> int:
        return self.count(UNKNOWN)

    @property
    def left_out(self) -> int:
        return self.count(TaskState.LEFT_OUT)

    @property
    def taken(self) -> int:
        return self.offered - self.unknown - self.left_out

    @property
    def done(self) -> int:
        return self.count(TaskState.DONE)

    @property
    def late(self) -> int:
        return self.count(TaskState.LATE)

    @property
    def going(self) -> int:
        return self.count(TaskState.GOING, TaskState.AHEAD)

    @property
    def planned(self) -> int | None:
        return known_sum(cell.answer.planned for cell in self.cells if cell.answer)

    @property
    def reached(self) -> int | None:
        return known_sum(cell.answer.number for cell in self.cells if cell.answer)

    @property
    def has_reported(self) -> int:
        """Of how many units `reached` knows something."""
        return sum(cell.answer is not None and cell.answer.number is not None for cell in self.cells)


@dataclass(frozen=True)
class Cascade:
    """`answered` are the units with an approved plan; `submitted` those without one whose plan was handed over."""

    units: tuple[Unit, ...]
    answered: frozenset[int]
    submitted: frozenset[int]
    rows: tuple[Row, ...]

    @property
    def silent(self) -> int:
        return len(self.units) - len(self.answered)


def cascade(template: PlanVersion, day: date, within: Iterable[int] | None = None) -> Cascade:
    """On the map of today; `within` are the units that the reader may see (None: all). Eight queries."""
    units = offered_units(template)
    if within is not None:
        seen = set(within)
        units = [unit for unit in units if unit.pk in seen]
    plans = _plans(template.plan.year, units, day)
    versions = _latest(plans, PlanState.APPROVED)
    answers = _answers(plans, versions, day)
    rows = tuple(_row(task, units, answers) for task in template.tasks.select_related("duty"))
    handed_over = PlanVersion.objects.filter(plan__in=plans, state=PlanState.SUBMITTED).values_list("plan", flat=True)
    answered = frozenset(plans[plan] for plan in versions)
    submitted = frozenset(plans[plan] for plan in handed_over) - answered
    return Cascade(tuple(units), answered, submitted, rows)


def _plans(year: int, units: list[Unit], day: date) -> dict[int, int]:
    """{plan: the unit that it counts at today}."""
    at = Reach.objects.filter(covering(day), depth=0, ancestor__in=[unit.pk for unit in units])
    places = dict(at.values_list("unit", "ancestor"))
    found = Plan.objects.filter(year=year, is_template=False, unit__in=places).values_list("pk", "unit")
    return {plan: places[unit] for plan, unit in found}


def _latest(plans: dict[int, int], state: str) -> dict[int, int]:
    """{plan: its version in force}."""
    rows = PlanVersion.objects.filter(plan__in=plans, state=state).order_by("number")
    return dict(rows.values_list("plan", "pk"))


def _answers(plans: dict[int, int], versions: dict[int, int], day: date) -> dict[tuple[int, UUID], Answer]:
    """By unit and task; of two plans at one successor the one that goes on with the task."""
    said = {
        (plan, key): (done, number)
        for plan, key, done, number in Result.objects.current()
        .filter(plan__in=versions)
        .values_list("plan", "task_key", "done_on", "number")
    }
    columns = ("version__plan", "key", "first_day", "last_day", "left_out", "left_out_why", "number")
    found: dict[tuple[int, UUID], Answer] = {}
    for plan, key, first, last, left_out, why, planned in (
        Task.objects.filter(version__in=versions.values()).order_by("pk").values_list(*columns)
    ):
        done_on, number = said.get((plan, key), (None, None))
        state = state_on(day, Days(first, last, left_out), done_on)
        answer = Answer(plan, plans[plan], state, None if left_out else planned, number, why)
        other = found.get((plans[plan], key))
        if other is None or other.state == TaskState.LEFT_OUT:
            found[plans[plan], key] = answer
    return found


def _row(task: Task, units: list[Unit], answers: dict[tuple[int, UUID], Answer]) -> Row:
    asked = [unit for unit in units if not task.unit_kinds or unit.kind in task.unit_kinds]
    return Row(task, tuple(Cell(unit, answers.get((unit.pk, task.key))) for unit in asked))
