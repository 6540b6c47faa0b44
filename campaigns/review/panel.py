"""What waits for a reviewer, on their first screen.

Wagtail's own panel asks ten queries a row; with 94 communes and one manager it took a thousand.
"""

from dataclasses import dataclass

from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from campaigns.communes.commune import CommuneSpacePage
from campaigns.communes.pages import space_of, spaces_above
from campaigns.review.reviewers import LADDER
from campaigns.review.task import CommuneReview, deciders
from people.rights.roles import role_kinds

# shown at once, oldest first; the others move up
MOST = 50


@dataclass(frozen=True)
class Waiting:
    page: Page
    space: CommuneSpacePage
    state: TaskState


def waiting_for(user) -> list[Waiting]:
    """What this person may decide on now, oldest first; a constant number of queries."""
    if not user.is_superuser and not role_kinds(user) & set(LADDER):
        return []
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=CommuneReview.objects.all())
    if user.is_superuser:
        mine = set(states.values_list("pk", flat=True))
    else:
        mine = {pk for pk, people in deciders(states).items() if user.pk in people}
    found = list(states.filter(pk__in=mine).select_related("workflow_state__requested_by").order_by("started_at", "pk"))
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in found])
    spaces = spaces_above({page.path for page in pages.values()})
    rows = []
    for state in found:
        page = pages.get(int(state.workflow_state.object_id))
        space = space_of(page.path, spaces) if page else None
        if space is not None:
            rows.append(Waiting(page, space, state))
    return rows


class ReviewPanel(Component):
    name = "commune_reviews"
    template_name = "wagtailadmin/campaigns/review_panel.html"
    order = 90

    def __init__(self, waiting: list[Waiting]):
        self.waiting = waiting

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "waiting": self.waiting[:MOST], "count": len(self.waiting)}
