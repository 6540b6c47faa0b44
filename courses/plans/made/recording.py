"""Recording what became of a task of an approved plan."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from courses.plans.made.making import Refused, approved_version
from courses.plans.made.papers import keep_paper
from courses.plans.made.plan import Plan
from courses.plans.made.result import Result
from courses.plans.made.task import Task
from outbox.private_files import private_files
from people.log.audit import Act, record
from people.persons.user import User


@dataclass(frozen=True)
class Said:
    """`done_on` None: not done yet; `number` and `cost` None: not known; `drawn_from` the source whose number it is."""

    done_on: date | None
    number: int | None
    cost: int | None
    note: str
    drawn_from: str = ""


def task_in_force(plan: Plan, key: UUID) -> Task | None:
    version = approved_version(plan)
    return version.tasks.select_related("duty").filter(key=key).first() if version else None


def say(by: User, plan: Plan, key: UUID, said: Said, paper: File | None, now: datetime) -> Result:
    """`paper` as by `cleaned_paper`; without one the earlier one stays. Raises Refused."""
    name = keep_paper(paper) if paper else ""
    try:
        return _said(by, plan, key, said, name, now)
    except BaseException:
        if name:
            private_files.delete(name)
        raise


@transaction.atomic
def _said(by: User, plan: Plan, key: UUID, said: Said, paper: str, now: datetime) -> Result:
    before = _before(plan, key)
    if before is not None:
        Result.objects.filter(pk=before.pk).supersede(now)
        paper = paper or before.paper
    made = Result.objects.create(
        plan=plan,
        task_key=key,
        done_on=said.done_on,
        number=said.number,
        cost=said.cost,
        note=said.note,
        drawn_from=said.drawn_from,
        paper=paper,
        recorded_by=by,
        recorded_at=now,
    )
    record(Act.RECORDED_PLAN, by, unit=plan.unit_id, detail=str(plan.year), at=now)
    return made


@transaction.atomic
def take_back(by: User, plan: Plan, key: UUID, now: datetime) -> None:
    """What was said holds no more; before it nothing is known again. Raises Refused."""
    before = _before(plan, key)
    if before is None:
        raise Refused(_("Việc này chưa ghi kết quả gì."))
    Result.objects.filter(pk=before.pk).supersede(now)
    record(Act.RECORDED_PLAN, by, unit=plan.unit_id, detail=str(plan.year), at=now)


def _before(plan: Plan, key: UUID) -> Result | None:
    # of two who write at once, the second supersedes the first
    Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    task = task_in_force(plan, key)
    if task is None or task.left_out:
        raise Refused(_("Kế hoạch đã duyệt không có việc này; tải lại trang."))
    return Result.objects.current().filter(plan=plan, task_key=key).first()
