"""The editor's panel on Wagtail's home: the pages of her space with their state, and messages that she can take."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from campaigns.communes.commune import CommuneSpacePage, spaces_of
from campaigns.communes.pages import within
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.communes.taking import messages_to_take, republishable
from campaigns.messages.message import MessagePage
from people.rights.roles import RoleKind

# users with more spaces use the explorer instead
MOST_SPACES = 10


@dataclass(frozen=True)
class PanelRow:
    """One page and its state; `tone` is Wagtail's name of a status colour."""

    page: Page
    state: str
    tone: str = ""
    # why it was sent back, and by whom
    reason: str = ""
    by: str = ""
    outdated: bool = False
    republishable: bool = False
    sent_back: bool = False


@dataclass(frozen=True)
class Overview:
    space: CommuneSpacePage
    rows: list[PanelRow]
    # the province's messages that are not in the space yet
    offered: list[MessagePage]


def overviews(user) -> list[Overview]:
    """The overview of every space in reach; a constant number of queries, plus some for pages she unpublished."""
    spaces = list(spaces_of(user, {RoleKind.COMMUNE_EDITOR}).filter(closed_on=None).order_by("path")[: MOST_SPACES + 1])
    if not spaces or len(spaces) > MOST_SPACES:
        return []
    pages = list(
        Page.objects.filter(within(spaces)).annotate_approved_schedule().order_by("-latest_revision_created_at")
    )
    states = _states(pages)
    taken = CommuneMessagePage.objects.filter(within(spaces)).select_related("message")
    by_page = {page.pk: page for page in taken}
    messages = list(messages_to_take().filter(locale__language_code="vi").order_by("path"))
    return [_overview(space, pages, states, by_page, messages, user) for space in spaces]


def _states(pages: list[Page]) -> dict[int, WorkflowState]:
    states = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id__in=[str(page.pk) for page in pages]
    )
    return {int(s.object_id): s for s in states.select_related("current_task_state__finished_by")}


def _overview(space, pages, states, by_page, messages, user) -> Overview:
    inside = [page for page in pages if page.path.startswith(space.path)]
    rows = [_row(page, states.get(page.pk), by_page.get(page.pk), user) for page in inside]
    # what waits for her comes first: what was sent back, then what the province changed; otherwise the latest
    rows.sort(key=lambda row: (not row.sent_back, not row.outdated))
    has = {by_page[page.pk].message_id for page in inside if page.pk in by_page}
    return Overview(space, rows, [message for message in messages if message.pk not in has])


def _row(page: Page, state: WorkflowState | None, taken: CommuneMessagePage | None, user) -> PanelRow:
    outdated = taken is not None and taken.is_outdated
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        task = state.current_task_state
        by = str(task.finished_by or "")
        return PanelRow(page, _("Được gửi lại để sửa"), "critical", task.comment, by, outdated, sent_back=True)
    if state is not None:
        return PanelRow(page, _("Chờ duyệt"), "warning", outdated=outdated)
    if page.approved_schedule:
        return PanelRow(page, _("Đã duyệt, chờ đến ngày lên trang"), "success", outdated=outdated)
    if page.live:
        words = _("Đang trên trang, có bản nháp chưa gửi") if page.has_unpublished_changes else _("Đang trên trang")
        return PanelRow(page, words, "success", outdated=outdated)
    if page.first_published_at is None:
        return PanelRow(page, _("Bản nháp, chưa gửi duyệt"), outdated=outdated)
    again = republishable(page, user) is not None
    return PanelRow(page, _("Đã hết hạn") if page.expired else _("Đã gỡ xuống"), outdated=outdated, republishable=again)


class CommunePanel(Component):
    name = "commune"
    template_name = "wagtailadmin/campaigns/commune_panel.html"
    order = 100

    def __init__(self, overviews: list[Overview]):
        self.overviews = overviews

    def get_context_data(self, parent_context):
        # a component's template sees only what is passed on
        handed = {name: parent_context[name] for name in ("request", "csrf_token")}
        return {**super().get_context_data(parent_context), **handed, "overviews": self.overviews}
