"""Writing a version that is open: adding, changing, leaving out and removing tasks."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from courses.plans.made.making import Refused
from courses.plans.made.plan import PlanState, PlanVersion
from courses.plans.made.task import BudgetLine, Task


@transaction.atomic
def write_task(version: PlanVersion, task: Task, lines: Iterable[dict]) -> Task:
    """`task` is new or one of the version; `lines` are {"words", "amount", "source"}. Raises Refused."""
    held(version)
    task.version, task.left_out, task.left_out_why = version, False, ""
    if task.pk is None:
        last = version.tasks.order_by("-place").values_list("place", flat=True).first()
        task.place = (last or 0) + 1
    task.save()
    task.lines.all().delete()
    BudgetLine.objects.bulk_create(BudgetLine(task=task, **line) for line in lines)
    return task


@transaction.atomic
def leave_out(version: PlanVersion, task: Task, why: str) -> None:
    """An answer too: the unit says why it does not do it. Raises Refused."""
    held(version)
    if not why.strip():
        raise Refused(_("Hãy ghi vì sao đơn vị không làm việc này, trong một câu."))
    task.left_out, task.left_out_why = True, why.strip()
    task.save(update_fields=["left_out", "left_out_why"])


@transaction.atomic
def put_back(version: PlanVersion, task: Task) -> None:
    held(version)
    task.left_out, task.left_out_why = False, ""
    task.save(update_fields=["left_out", "left_out_why"])


@transaction.atomic
def remove(version: PlanVersion, task: Task) -> None:
    """Only what the unit added itself; what the template offers is left out with a reason. Raises Refused."""
    held(version)
    if task.is_taken:
        raise Refused(_("Việc của mẫu không xóa được; chọn “Không làm” và ghi lý do."))
    task.delete()


def held(version: PlanVersion) -> None:
    """Locks the version while it is being written; raises Refused where it no longer is."""
    row = PlanVersion.objects.select_for_update(of=("self",)).filter(pk=version.pk).first()
    if row is None or row.state != PlanState.DRAFT:
        raise Refused(_("Bản này đã gửi hoặc đã duyệt, không sửa được nữa; tải lại trang."))
