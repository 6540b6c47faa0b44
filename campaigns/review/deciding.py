"""What a reviewer is told when she has decided."""

from django.contrib import messages
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from campaigns.review.task import CommuneReview, deciders


def say_what_happened(request, page) -> None:
    """In place of Wagtail's sentence, which only says that something was saved."""
    list(messages.get_messages(request))
    messages.success(request, sentence(request.POST.get("workflow-action-name", ""), Page.objects.get(pk=page.pk)))


def say_who_lacks(request, page) -> None:
    """To who has just submitted a page of which everybody who could decide wrote something."""
    state = page.current_workflow_task_state
    if state is None or not isinstance(state.task.specific, CommuneReview):
        return
    if deciders(TaskState.objects.filter(pk=state.pk)).get(state.pk) == set():
        said = _("Chưa có người thứ hai để duyệt trang này, nên trang chưa lên. Hãy báo quản trị viên giao vai trò.")
        messages.warning(request, said)


def sentence(action: str, page: Page) -> str:
    """`page` as the decision left it."""
    title = {"title": page.title}
    if action == "reject":
        return _("Đã gửi lại “%(title)s”; người viết được báo và đọc lý do trong trang.") % title
    if page.workflow_in_progress:
        return _("Đã duyệt “%(title)s”; trang còn một bước duyệt nữa.") % title
    if not page.live:
        draft = page.get_latest_revision_as_object()
        if draft.go_live_at and draft.go_live_at > timezone.now():
            when = date_format(timezone.localtime(draft.go_live_at), "H:i d/m/Y")
            return _("Đã duyệt “%(title)s”; trang tự lên lúc %(when)s.") % {**title, "when": when}
    return _("Đã duyệt và đăng “%(title)s”.") % title
