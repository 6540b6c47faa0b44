"""Sends mails through the outbox: a page waits for review, was approved or was sent back.

A mail contains the commune and a link, never the text of the page or the reason, since mail is read on shared screens
and stored by others. Only the deciders get one, each once per submission.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from campaigns.communes.pages import spaces_above
from campaigns.review.task import CommuneReview, deciders
from outbox.mail import enqueue_mail
from pages.cms.workflow_mail import tell_by_own_mail
from people.persons.user import User


def edit_address(page) -> str:
    return settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


def commune_of(page) -> str:
    return next((space.title for space in spaces_above([page.path]).values()), "")


def tell_reviewers(instance: TaskState, **kwargs) -> None:
    if not isinstance(instance.task.specific, CommuneReview):
        return
    page = instance.workflow_state.content_object
    people = deciders(TaskState.objects.filter(pk=instance.pk)).get(instance.pk, set())
    params = {"commune": commune_of(page), "address": edit_address(page)}
    for person in User.objects.filter(pk__in=people, email__gt=""):
        enqueue_mail(
            to=person.email or "",
            subject=_("Một trang của %(commune)s chờ anh chị duyệt") % params,
            body=_(
                "%(commune)s vừa gửi một trang để duyệt trước khi đăng.\n\n"
                "Xem, duyệt hoặc gửi lại kèm lý do tại:\n%(address)s\n\n"
                "Thư này chỉ gửi cho người có trách nhiệm duyệt. Xin không ghi chuyện riêng của nạn nhân khi trả lời."
            )
            % params,
            key=f"review:{instance.pk}:{person.pk}",
        )


def _is_ours(state: WorkflowState) -> bool:
    task = state.current_task_state
    return task is not None and isinstance(task.task.specific, CommuneReview)


def _tell_editor(state: WorkflowState, user, subject: str, body: str) -> None:
    editor = state.requested_by
    if editor is None or editor == user or not editor.is_active or not editor.email:
        return
    page = state.content_object
    params = {"commune": commune_of(page), "address": edit_address(page)}
    enqueue_mail(
        to=editor.email,
        subject=subject % params,
        body=body % params,
        key=f"reviewed:{state.current_task_state_id}",
    )


def tell_approved(instance: WorkflowState, user=None, **kwargs) -> None:
    if _is_ours(instance):
        body = _("Một trang của %(commune)s đã được duyệt; trang lên ngay hoặc đúng ngày đã hẹn.\n\n%(address)s\n")
        _tell_editor(instance, user, _("Một trang của %(commune)s đã được duyệt"), body)


def tell_sent_back(instance: WorkflowState, user=None, **kwargs) -> None:
    if _is_ours(instance):
        body = _("Một trang của %(commune)s được gửi lại để sửa. Lý do ghi ở trang đó:\n\n%(address)s\n")
        _tell_editor(instance, user, _("Một trang của %(commune)s cần sửa trước khi đăng"), body)


def connect() -> None:
    tell_by_own_mail(CommuneReview)
    task_submitted.connect(tell_reviewers, sender=TaskState, dispatch_uid="campaigns.review.mail")
    workflow_approved.connect(tell_approved, sender=WorkflowState, dispatch_uid="campaigns.review.mail")
    workflow_rejected.connect(tell_sent_back, sender=WorkflowState, dispatch_uid="campaigns.review.mail")
