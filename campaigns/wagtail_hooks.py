"""The campaigns' additions to Wagtail's editor."""

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from campaigns.communes.choosers import without_other_communes
from campaigns.communes.pages import CommunePage
from campaigns.communes.panel import CommunePanel, overviews
from campaigns.communes.taking import my_commune_view, republish_view, seen_view, take_view
from campaigns.review.deciding import say_what_happened, say_who_lacks
from campaigns.review.panel import ReviewPanel, waiting_for
from campaigns.translating.screens.leading import ask_after_publishing
from campaigns.translating.shut import lead_to_the_desk
from campaigns.translating.whose import may_enter
from media.replacing.panel import ReplacementsPanel
from people.rights.roles import RoleKind, role_kinds

NEXT_STEPS = ["approve", "reject", "action-submit"]
# roles that need only their commune's pages and files, or what waits for their review
PLAIN = {RoleKind.COMMUNE_EDITOR, RoleKind.UNIT_HEAD}
# roles without rights under /cms/
ELSEWHERE = {RoleKind.LEARNER, RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER, RoleKind.OBSERVER}
# after every other app has added its own
LAST = 1000
PLAIN_MENU = {"way-back", "explorer", "images", "documents", "media", "my-commune", "contacts"}


def is_plain(user) -> bool:
    kinds = role_kinds(user)
    return bool(kinds & PLAIN) and kinds <= PLAIN | ELSEWHERE and not user.is_superuser


@hooks.register("register_admin_urls")
def commune_addresses():
    return [
        path("trang-xa/", my_commune_view, name="my_commune"),
        path("trang-xa/<int:space_id>/lay/<int:message_id>/", take_view, name="take_message"),
        path("trang-xa/da-xem/<int:page_id>/", seen_view, name="message_seen"),
        path("trang-xa/dang-lai/<int:page_id>/", republish_view, name="republish_page"),
    ]


@hooks.register("construct_homepage_panels", order=LAST)
def commune_panels(request, panels):
    if waiting := waiting_for(request.user):
        panels.append(ReviewPanel(waiting))
    if is_plain(request.user):
        # our panels replace Wagtail's, and add the reason
        panels[:] = [panel for panel in panels if isinstance(panel, ReviewPanel | ReplacementsPanel)]
        panels += [CommunePanel(own_overviews)] if (own_overviews := overviews(request.user)) else []


@hooks.register("before_edit_page")
def read_the_review_once(request, page):
    """Caches the review's state for a GET: Wagtail reads it about fifteen times per editor. A POST may change it."""
    if request.method == "GET" and isinstance(page, CommunePage):
        states = page.workflow_states.active().select_related("current_task_state__task", "workflow", "requested_by")
        page._current_workflow_states = list(states)


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_counts(request, items):
    if is_plain(request.user):
        items.clear()


@hooks.register("construct_main_menu", order=LAST)
def plain_menu(request, items):
    if is_plain(request.user):
        items[:] = [item for item in items if item.name in PLAIN_MENU]


class MyCommune(MenuItem):
    def is_shown(self, request):
        return RoleKind.COMMUNE_EDITOR in role_kinds(request.user)


@hooks.register("register_admin_menu_item")
def my_commune():
    return MyCommune(_("Trang của xã"), reverse("my_commune"), name="my-commune", icon_name="home", order=50)


@hooks.register("construct_page_chooser_queryset")
def choose_within_reach(pages, request):
    # prefetches what the column of states needs
    return without_other_communes(pages, request.user).prefetch_workflow_states().annotate_approved_schedule()


class TranslatorsDesk(MenuItem):
    def is_shown(self, request):
        return may_enter(request.user)


@hooks.register("register_admin_menu_item")
def translators_desk():
    return TranslatorsDesk(_("Bàn dịch"), reverse("desk:home"), name="translating", icon_name="globe", order=60)


# before wagtail-localize shows its own editor
@hooks.register("before_edit_page", order=-LAST)
def translations_are_made_at_the_desk(request, page):
    return lead_to_the_desk(request, page)


@hooks.register("after_publish_page")
def what_was_the_correction(request, page):
    return ask_after_publishing(request, page)


class Submit(SubmitForModerationMenuItem):
    """The same label for a new page and for one that was sent back."""

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "label": _("Gửi duyệt")}


@hooks.register("construct_page_action_menu", order=LAST)
def next_step_first(items, request, context):
    """Makes the next step the large button: approve for a reviewer, submit for an editor."""
    page = context.get("page") or context.get("parent_page")
    if isinstance(page.specific if page else None, CommunePage):
        items[:] = [Submit(item.order) if type(item) is SubmitForModerationMenuItem else item for item in items]
        items.sort(key=lambda item: NEXT_STEPS.index(item.name) if item.name in NEXT_STEPS else len(NEXT_STEPS))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def name_what_lacks(request, page):
    if request.POST.get("action-submit"):
        say_who_lacks(request, Page.objects.get(pk=page.pk))


@hooks.register("after_edit_page")
def back_to_the_list(request, page):
    """After a decision says what came of it, and redirects a reviewer without edit rights to what else waits."""
    if request.POST.get("action-workflow-action"):
        say_what_happened(request, page)
    may_change = page_permission_policy.user_has_permission_for_instance(request.user, "change", page)
    return redirect("wagtailadmin_home") if request.POST.get("action-workflow-action") and not may_change else None
