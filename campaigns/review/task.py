"""The review of a commune's pages: a Wagtail workflow task whose rights follow from roles."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Page,
    Revision,
    Task,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
    get_default_page_content_type,
)

from campaigns.communes.pages import space_of, spaces_above
from campaigns.review.forms import ApprovalForm, SendBackForm, guard
from campaigns.review.reviewers import LADDER, Reviewers
from people.rights.roles import role_kinds

NAME = "Duyệt trang của xã"


class CommuneReview(Task):
    """Approved by the commune's reviewers. While a page waits, its editor can only cancel the review, not edit it."""

    class Meta:
        verbose_name = _("duyệt trang của xã")
        verbose_name_plural = _("duyệt trang của xã")

    @classmethod
    def get_description(cls):
        return _("Thủ trưởng đơn vị gần nhất duyệt; nơi chưa có thì quản lý cấp tỉnh duyệt.")

    def user_can_access_editor(self, obj, user):
        return may_decide(user, obj.current_workflow_task_state)

    def locked_for_user(self, obj, user):
        return not self.user_can_access_editor(obj, user)

    def get_actions(self, obj, user):
        if not may_decide(user, obj.current_workflow_task_state):
            return []
        return [
            ("reject", _("Gửi lại, nêu lý do"), True),
            ("approve", _("Duyệt"), False),
            ("approve", _("Duyệt kèm lời nhắn"), True),
        ]

    def get_form_for_action(self, action):
        return SendBackForm if action == "reject" else ApprovalForm

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Checks again: Wagtail called `get_actions` before the form was saved; its author is now involved."""
        task_state.refresh_from_db()
        user.__dict__.pop("_deciding", None)
        if not may_decide(user, task_state):
            raise PermissionDenied(_("Anh chị vừa sửa trang này, nên người duyệt khác sẽ quyết định."))
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise PermissionDenied(_("Hãy nêu lý do gửi lại, để biên tập viên biết cần sửa gì."))
        guard(kwargs.get("comment", ""), kwargs.pop("insisting", ""), user)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Empty, since campaigns.review.panel lists them in a constant number of queries."""
        return self.task_states.none()


def deciders(states) -> dict[int, set[int]]:
    """{id of the task state: ids of the people who decide}; a constant number of queries, one where nothing waits."""
    by_id = {s.pk: s for s in states.select_related("workflow_state")}
    if not by_id:
        return {}
    pages = {pk: int(state.workflow_state.object_id) for pk, state in by_id.items()}
    paths = dict(Page.objects.filter(pk__in=pages.values()).values_list("pk", "path"))
    spaces = spaces_above(set(paths.values()))
    at = {pk: space_of(paths.get(page, ""), spaces) for pk, page in pages.items()}
    units = {pk: space.unit_id for pk, space in at.items() if space is not None}
    reviewers, own = Reviewers(units.values()), _involved(by_id.values())
    return {pk: reviewers.deciding(unit, own[pk]) for pk, unit in units.items()}


def own_states(user, states) -> set[int]:
    """Ids of the task states on whose pages this user worked; one query or two."""
    own = _involved(list(states.select_related("workflow_state")))
    return {pk for pk, people in own.items() if user.pk in people}


def _involved(states) -> dict[int, set[int]]:
    """By task state: who submitted the page or wrote what would go live."""
    written = _writers(states)
    return {state.pk: written[state.pk] | {state.workflow_state.requested_by_id} for state in states}


def _writers(states) -> dict[int, set[int]]:
    """By task state: the authors of the submitted revision and later ones, since the latest goes live."""
    submitted = {state.workflow_state.object_id: state for state in states}
    written: dict[int, set[int]] = {state.pk: set() for state in states}
    rows = Revision.objects.filter(
        base_content_type=get_default_page_content_type(),
        object_id__in=submitted,
        pk__gte=min((state.revision_id for state in states), default=0),
    )
    for key, pk, user in rows.exclude(user=None).values_list("object_id", "pk", "user"):
        if pk >= submitted[key].revision_id:
            written[submitted[key].pk].add(user)
    return written


def may_decide(user, state: TaskState | None) -> bool:
    if state is None or not user.is_active or state.status != TaskState.STATUS_IN_PROGRESS:
        return False
    if not user.is_superuser and not role_kinds(user) & set(LADDER):
        return False
    # called many times for one screen; cached on the user, who is read anew with each request
    known = user.__dict__.setdefault("_deciding", {})
    if state.pk not in known:
        this = TaskState.objects.filter(pk=state.pk)
        is_hers = not own_states(user, this) if user.is_superuser else user.pk in deciders(this).get(state.pk, ())
        known[state.pk] = is_hers
    return known[state.pk]


def review_task() -> CommuneReview:
    return CommuneReview.objects.order_by("pk").first() or CommuneReview.objects.create(name=NAME)


def review_workflow() -> Workflow:
    """Gets or creates the workflow that publishes communes' pages."""
    kind = ContentType.objects.get_for_model(CommuneReview)
    workflow = Workflow.objects.filter(workflow_tasks__task__content_type=kind).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=NAME)
        WorkflowTask.objects.create(workflow=workflow, task=review_task(), sort_order=0)
    return workflow


def watch_over(page: Page) -> None:
    """Assigns the review workflow to `page` and everything below it, unless a workflow was assigned already."""
    if not WorkflowPage.objects.filter(page=page).exists():
        WorkflowPage.objects.create(page=page, workflow=review_workflow())
