"""The panel on Wagtail's home with the pages that wait for a reviewer.

Wagtail's own panel makes ten queries per row, a thousand for a manager of 94 communes.
"""

from dataclasses import dataclass

from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.pages import space_of, spaces_above
from campaigns.review.reviewers import LADDER
from campaigns.review.task import CommuneReview, deciders, own_states
from people.rights.roles import role_kinds

# rows shown, oldest first
MOST = 50


@dataclass(frozen=True)
class WaitingPage:
    page: Page
    space: CommuneSpacePage
    state: TaskState


def waiting_for(user) -> list[WaitingPage]:
    """The pages on which this user may decide now, oldest first; a constant number of queries."""
    if not user.is_superuser and not role_kinds(user) & set(LADDER):
        return []
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=CommuneReview.objects.all())
    if user.is_superuser:
        own_ids = set(states.values_list("pk", flat=True)) - own_states(user, states)
    else:
        own_ids = {pk for pk, people in deciders(states).items() if user.pk in people}
    task_states = list(
        states.filter(pk__in=own_ids).select_related("workflow_state__requested_by").order_by("started_at", "pk")
    )
    if not task_states:
        return []
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in task_states])
    spaces = spaces_above({page.path for page in pages.values()})
    rows = []
    for state in task_states:
        page = pages.get(int(state.workflow_state.object_id))
        space = space_of(page.path, spaces) if page else None
        if space is not None:
            rows.append(WaitingPage(page, space, state))
    return rows


def undecided() -> list[TaskState]:
    """What nobody may decide, since whoever could worked on it; a constant number of queries."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=CommuneReview.objects.all())
    without = [pk for pk, people in deciders(states).items() if not people]
    return list(states.filter(pk__in=without).order_by("started_at", "pk")) if without else []


class ReviewPanel(Component):
    name = "commune_reviews"
    template_name = "wagtailadmin/campaigns/review_panel.html"
    order = 90

    def __init__(self, waiting: list[WaitingPage]):
        self.waiting = waiting

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "waiting": self.waiting[:MOST], "count": len(self.waiting)}
