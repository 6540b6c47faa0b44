"""Handing over, approving, giving back and changing a plan; publishing a template."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.plans.made.making import Refused, copy_tasks, with_lines
from courses.plans.made.plan import Plan, PlanState, PlanVersion
from people.log.audit import Act, record
from people.persons.user import User


@transaction.atomic
def submit(by: User, version: PlanVersion, now: datetime) -> None:
    """Raises Refused where the version is not being written, or says nothing."""
    version = _held(version, PlanState.DRAFT, _("Bản này không còn là bản đang soạn; tải lại trang."))
    _has_tasks(version)
    version.state, version.submitted_by, version.submitted_at = PlanState.SUBMITTED, by, now
    version.decided_by, version.decided_at, version.answer = None, None, ""
    version.save()
    record(Act.SUBMITTED_PLAN, by, unit=version.plan.unit_id, detail=str(version.plan.year), at=now)


@transaction.atomic
def take_back(by: User, version: PlanVersion, now: datetime) -> None:
    """Before anybody answered, who writes may go on writing. Raises Refused."""
    version = _held(version, PlanState.SUBMITTED, _("Bản này vừa được trả lời; tải lại trang."))
    version.state, version.submitted_by, version.submitted_at = PlanState.DRAFT, None, None
    version.save()


@transaction.atomic
def approve(by: User, version: PlanVersion, now: datetime) -> None:
    """`version` of `waiting_for` her. Raises Refused."""
    version = _held(version, PlanState.SUBMITTED, _("Bản này vừa được trả lời; tải lại trang."))
    version.state, version.decided_by, version.decided_at, version.answer = PlanState.APPROVED, by, now, ""
    version.save()
    record(Act.APPROVED_PLAN, by, unit=version.plan.unit_id, detail=str(version.plan.year), at=now)


@transaction.atomic
def give_back(by: User, version: PlanVersion, answer: str, now: datetime) -> None:
    """`version` of `waiting_for` her; `answer` is one sentence for who wrote it. Raises Refused."""
    if not answer.strip():
        raise Refused(_("Hãy ghi cần sửa gì trong một câu; người soạn sẽ đọc câu này."))
    version = _held(version, PlanState.SUBMITTED, _("Bản này vừa được trả lời; tải lại trang."))
    version.state, version.decided_by, version.decided_at = PlanState.DRAFT, by, now
    version.answer = answer.strip()
    version.save()
    record(Act.RETURNED_PLAN, by, unit=version.plan.unit_id, detail=str(version.plan.year), at=now)


@transaction.atomic
def publish(by: User, version: PlanVersion, now: datetime) -> None:
    """Of a template: from now on it is offered to the units below. Raises Refused."""
    version = _held(version, PlanState.DRAFT, _("Mẫu này vừa được ban hành; tải lại trang."))
    _has_tasks(version)
    version.state, version.decided_by, version.decided_at = PlanState.APPROVED, by, now
    version.save()
    record(Act.APPROVED_PLAN, by, unit=version.plan.unit_id, detail=str(version.plan.year), at=now)


@transaction.atomic
def change(by: User, plan: Plan, reason: str, now: datetime) -> PlanVersion:
    """A new version to write, with the tasks of the approved one. Raises Refused."""
    if not reason.strip():
        raise Refused(_("Hãy ghi vì sao phải sửa bản đã duyệt, trong một câu."))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    latest = plan.versions.order_by("-number").first()
    if latest is None or latest.is_open:
        raise Refused(_("Đang có một bản sửa chưa duyệt; sửa tiếp bản ấy."))
    version = PlanVersion.objects.create(
        plan=plan,
        number=latest.number + 1,
        reason=reason.strip(),
        basis=latest.basis,
        offered_to=latest.offered_to,
        answer_by=latest.answer_by,
        follows=latest.follows,
        written_by=by,
        written_at=now,
    )
    kept = ("key", "is_taken", "carried_from", "left_out", "left_out_why")
    copy_tasks(with_lines(latest), version, lambda task: {name: getattr(task, name) for name in kept})
    return version


@transaction.atomic
def drop(version: PlanVersion) -> None:
    """Gives up a change that was not handed over; the first version stays. Raises Refused."""
    version = _held(version, PlanState.DRAFT, _("Bản này không còn là bản đang soạn; tải lại trang."))
    if version.number == 1:
        raise Refused(_("Bản đầu tiên không bỏ được; sửa tiếp bản ấy."))
    version.delete()


def _held(version: PlanVersion, state: PlanState, otherwise: str) -> PlanVersion:
    held = PlanVersion.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=version.pk).first()
    if held is None or held.state != state:
        raise Refused(otherwise)
    return held


def _has_tasks(version: PlanVersion) -> None:
    if not version.tasks.exists():
        raise Refused(_("Bản này chưa có việc nào; thêm ít nhất một việc."))
