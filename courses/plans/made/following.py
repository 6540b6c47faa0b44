"""What the province's template changed since a plan took its tasks, and following it. The rule is pure.

A plan's version remembers which version of the template it follows. What the unit adapted stays as it adapted it; what
it left as the template had it follows the template.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.plans.made.making import Refused, concerning, take
from courses.plans.made.plan import PlanState, PlanVersion
from courses.plans.made.task import Task

# of a task of the template, what a unit may adapt: its name on the screen
FIELDS = {
    "kind": gettext_lazy("nhóm việc"),
    "title": gettext_lazy("việc"),
    "expected": gettext_lazy("kết quả cần đạt"),
    "number": gettext_lazy("số lượng"),
    "measure": gettext_lazy("đơn vị tính"),
    "first_day": gettext_lazy("từ ngày"),
    "last_day": gettext_lazy("đến hết ngày"),
    "duty_id": gettext_lazy("nhiệm vụ"),
    "who": gettext_lazy("chức danh, bộ phận làm"),
}


@dataclass(frozen=True)
class Difference:
    """Of a task: it is new, was taken off (`fields` empty), or names the fields that changed."""

    key: UUID
    title: str
    is_new: bool = False
    is_off: bool = False
    fields: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return ", ".join(str(FIELDS[name]) for name in self.fields)


def differences(old: Iterable[Task], new: Iterable[Task], answered: set[UUID]) -> list[Difference]:
    """Between two versions of a template, as they concern a plan that has answered these tasks."""
    before, after = {task.key: task for task in old}, {task.key: task for task in new}
    found = []
    for key, task in after.items():
        if key not in answered:
            found.append(Difference(key, task.title, is_new=True))
        elif key in before and (fields := _changed(before[key], task)):
            found.append(Difference(key, task.title, fields=fields))
    gone = [task for key, task in before.items() if key not in after and key in answered]
    return found + [Difference(task.key, task.title, is_off=True) for task in gone]


def _changed(before: Task, after: Task) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def adapted(mine: Task, before: Task, after: Task) -> Mapping[str, object]:
    """What becomes of the unit's own task: the fields that it left as the template had them, as it has them now."""
    names = [name for name in _changed(before, after) if getattr(mine, name) == getattr(before, name)]
    # a window is one thing: of two days neither follows alone
    days = {"first_day", "last_day"}
    if any(getattr(mine, name) != getattr(before, name) for name in days):
        names = [name for name in names if name not in days]
    return {name: getattr(after, name) for name in names}


# --- of a plan


def followed(version: PlanVersion, template: PlanVersion) -> PlanVersion | None:
    """The version of the template that this one follows; of versions from before they remembered, the one in force when
    it was begun.
    """
    if version.follows_id is not None:
        return version.follows
    known = template.plan.versions.filter(state=PlanState.APPROVED, decided_at__lte=version.written_at)
    return known.order_by("-number").first()


def changes_for(version: PlanVersion, template: PlanVersion, kind: str) -> list[Difference]:
    """What the unit's plan has not followed yet; [] where it follows this version of the template, or nothing of it
    concerns units of this kind.
    """
    if version.follows_id == template.pk:
        return []
    old = followed(version, template)
    answered = set(version.tasks.values_list("key", flat=True))
    return differences(concerning(old, kind) if old else [], concerning(template, kind), answered)


@transaction.atomic
def follow(version: PlanVersion, template: PlanVersion, kind: str) -> int:
    """Of a version that is being written: takes what is new, lets what was not adapted follow, and makes what the
    template gave up a task of the unit's own, to keep or to remove. How many tasks changed. Raises Refused.
    """
    held = PlanVersion.objects.select_for_update(of=("self",)).filter(pk=version.pk, state=PlanState.DRAFT).first()
    if held is None:
        raise Refused(_("Bản này không còn là bản đang soạn; tải lại trang."))
    old = followed(version, template)
    before = {task.key: task for task in concerning(old, kind)} if old else {}
    wanted = concerning(template, kind)
    count = 0
    for mine in version.tasks.filter(key__in=[task.key for task in wanted], is_taken=True, left_out=False):
        after = next(task for task in wanted if task.key == mine.key)
        if mine.key in before and (fields := adapted(mine, before[mine.key], after)):
            Task.objects.filter(pk=mine.pk).update(**fields)
            count += 1
    gone = before.keys() - {task.key for task in wanted}
    count += version.tasks.filter(key__in=gone, is_taken=True).update(is_taken=False)
    count += take(version, wanted)
    PlanVersion.objects.filter(pk=version.pk).update(follows=template)
    return count
