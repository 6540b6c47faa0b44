"""Keeps Wagtail's own mails about workflows from going where a task tells by mail itself.

Wagtail sends them within the request, past the outbox, and on submission to every superuser. A receiver that is
connected first under Wagtail's own `dispatch_uid` takes its place: Django connects one receiver to one uid.
"""

from typing import TYPE_CHECKING

from django.db.models.signals import pre_save
from wagtail.admin.mail import (
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

if TYPE_CHECKING:
    from wagtail.users.models import UserProfile

_own: set[type] = set()


def tell_by_own_mail(task: type) -> None:
    """Wagtail stays silent about workflow states whose current task is of this class."""
    _own.add(task)


class _Elsewhere:
    def can_handle(self, instance, **kwargs):
        task = instance.current_task_state
        silent = task is not None and isinstance(task.task.specific, tuple(_own))
        return not silent and super().can_handle(instance, **kwargs)  # type: ignore[misc]


class Submitted(_Elsewhere, WorkflowStateSubmissionEmailNotifier):
    pass


class Approved(_Elsewhere, WorkflowStateApprovalEmailNotifier):
    pass


class Rejected(_Elsewhere, WorkflowStateRejectionEmailNotifier):
    pass


# signals hold their receivers weakly
NOTIFIERS = [
    (workflow_submitted, Submitted(), "workflow_state_submitted_email_notification"),
    (workflow_approved, Approved(), "workflow_state_approved_email_notification"),
    (workflow_rejected, Rejected(), "workflow_state_rejected_email_notification"),
]


def no_mail_unasked(instance: "UserProfile", **kwargs) -> None:
    """Mails about comments hold the comments, go past the outbox, and go on after a role ended: only who asks."""
    if instance._state.adding:
        instance.updated_comments_notifications = False


def connect() -> None:
    """Before Wagtail's admin app is ready, which stands later in INSTALLED_APPS."""
    pre_save.connect(no_mail_unasked, sender="wagtailusers.UserProfile", dispatch_uid="pages.cms.workflow_mail")
    for signal, notifier, uid in NOTIFIERS:
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=uid)
