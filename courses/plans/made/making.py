"""Beginning a plan: empty, from the province's template, from the year before; and the tasks that come along."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courses.plans.made.plan import Plan, PlanState, PlanVersion
from courses.plans.made.rules import in_year
from courses.plans.made.task import BudgetLine, Task
from people.persons.user import User
from people.units.unit import Unit

# of a task, what every copy of it has
COPIED = ("kind", "title", "expected", "number", "measure", "first_day", "last_day", "duty_id", "who", "unit_kinds")


class Refused(ValueError):
    """The act is not possible; str() is one sentence for the person who tried."""


def approved_version(plan: Plan) -> PlanVersion | None:
    """The one in force: the latest that was approved."""
    return plan.versions.filter(state=PlanState.APPROVED).order_by("-number").first()


@transaction.atomic
def begin(by: User, unit: Unit, year: int, now: datetime, *, template: PlanVersion | None = None) -> PlanVersion:
    """A plan with its first version, with what of the template concerns units of this kind. Raises Refused."""
    plan = _new(by, unit, year, now, is_template=False)
    version = _first(plan, by, now)
    if template is not None:
        version.basis, version.follows = template.basis, template
        version.save(update_fields=["basis", "follows"])
        take(version, concerning(template, unit.kind))
    return version


@transaction.atomic
def begin_template(by: User, unit: Unit, year: int, now: datetime, *, of: PlanVersion | None = None) -> PlanVersion:
    """A template, empty or with the tasks of an earlier year's, on the same days of this one. Raises Refused."""
    plan = _new(by, unit, year, now, is_template=True)
    version = _first(plan, by, now)
    if of is not None:
        version.basis, version.offered_to = of.basis, of.offered_to
        version.save(update_fields=["basis", "offered_to"])
        copy_tasks(with_lines(of), version, lambda task: _of_year(task, year))
    return version


def _new(by: User, unit: Unit, year: int, now: datetime, *, is_template: bool) -> Plan:
    plan, created = Plan.objects.get_or_create(
        unit=unit, year=year, is_template=is_template, defaults={"made_by": by, "made_at": now}
    )
    if not created:
        raise Refused(_("Năm này đã có rồi; mở bản ấy ra để sửa."))
    return plan


def _first(plan: Plan, by: User, now: datetime) -> PlanVersion:
    return PlanVersion.objects.create(plan=plan, number=1, written_by=by, written_at=now)


def concerning(template: PlanVersion, kind: str) -> list[Task]:
    """The tasks of the template that units of this kind shall take."""
    return [task for task in with_lines(template) if not task.unit_kinds or kind in task.unit_kinds]


def with_lines(version: PlanVersion) -> list[Task]:
    return list(version.tasks.select_related("duty").prefetch_related("lines"))


def take(version: PlanVersion, tasks: Iterable[Task]) -> int:
    """Copies tasks of the template that the version has not answered; returns how many."""
    known = set(version.tasks.values_list("key", flat=True))
    new = [task for task in tasks if task.key not in known]
    copy_tasks(new, version, lambda task: {"key": task.key, "is_taken": True, "unit_kinds": []})
    return len(new)


@transaction.atomic
def copy_tasks(tasks: Iterable[Task], version: PlanVersion, changed: Callable[[Task], dict]) -> None:
    """`tasks` as by `with_lines`; behind those that are there. `changed` gives what the copy has of its own."""
    tasks = list(tasks)
    first = 1 + (version.tasks.order_by("-place").values_list("place", flat=True).first() or 0)
    made = [
        Task(version=version, place=place, **{name: getattr(task, name) for name in COPIED} | changed(task))
        for place, task in enumerate(tasks, start=first)
    ]
    Task.objects.bulk_create(made)
    BudgetLine.objects.bulk_create(
        BudgetLine(task=copy, words=line.words, amount=line.amount, source=line.source)
        for task, copy in zip(tasks, made, strict=True)
        for line in task.lines.all()
    )


def _of_year(task: Task, year: int) -> dict:
    return {
        "key": uuid4(),
        "first_day": in_year(task.first_day, year),
        "last_day": in_year(task.last_day, year),
    }


def carry(version: PlanVersion, before: Iterable[Task]) -> None:
    """Takes along what was not done the year before: at the same days of this year, as tasks of the unit's own."""
    year = version.plan.year
    copy_tasks(before, version, lambda task: _of_year(task, year) | {"carried_from": task.key, "unit_kinds": []})


def carried(version: PlanVersion) -> set[UUID]:
    keys = version.tasks.exclude(carried_from=None).values_list("carried_from", flat=True)
    return {key for key in keys if key is not None}
