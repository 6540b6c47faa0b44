"""The editor's one-click actions: take a message, mark a change as read, republish a page that she unpublished."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision

from campaigns.communes.commune import CommuneSpacePage, spaces_of
from campaigns.communes.taken_messages import CommuneMessagePage
from campaigns.messages.message import MessageKind, MessagePage
from media.replacing.showing import replaced_since
from people.rights.roles import RoleKind


def messages_to_take():
    """Alerts stand in every space already."""
    return MessagePage.objects.live().exclude(kind=MessageKind.ALERT)


def taken_in(space: CommuneSpacePage):
    return CommuneMessagePage.objects.child_of(space)


@transaction.atomic
def take(space: CommuneSpacePage, message: MessagePage, user) -> CommuneMessagePage:
    """Gets or creates the page for the message in this space; a new one is a draft."""
    # two simultaneous clicks wait for each other
    CommuneSpacePage.objects.select_for_update(of=("self",)).get(pk=space.pk)
    page = taken_in(space).filter(message=message).first()
    if page is None:
        page = CommuneMessagePage(title=message.title, message=message, seen_id=message.live_revision_id, owner=user)
        page.slug, page.live = _free_slug(space, message.slug), False
        space.add_child(instance=page)
        log(instance=page, action="wagtail.create", user=user, content_changed=True)
        page.save_revision(user=user, log_action=True)
    return page


def _free_slug(space: CommuneSpacePage, slug: str) -> str:
    used = set(space.get_children().values_list("slug", flat=True))
    return next(free for free in (slug, *(f"{slug}-{n}" for n in range(2, 1000))) if free not in used)


def see(page: CommuneMessagePage) -> None:
    """Marks the current version of the province's message as read."""
    CommuneMessagePage.objects.filter(pk=page.pk).update(seen=page.message.live_revision_id)


def republishable(page: Page, user) -> Revision | None:
    """The revision that was live last, if the user unpublished the page herself and it was not published since."""
    if page.live or page.workflow_in_progress:
        return None
    entries = PageLogEntry.objects.filter(page=page.pk).order_by("-timestamp")
    last = entries.filter(action__in=("wagtail.unpublish", "wagtail.publish")).first()
    if last is None or last.action != "wagtail.unpublish" or last.user_id != user.pk:
        return None
    publication = entries.filter(action="wagtail.publish").select_related("revision").first()
    # a picture that was replaced while no page showed it was seen by no reviewer
    if publication is None or replaced_since(page, publication.timestamp):
        return None
    return publication.revision


# --- views under /cms/


def my_commune_view(request):
    """Redirects to the user's only space; with several or none, to Wagtail's home."""
    own = spaces_of(request.user, {RoleKind.COMMUNE_EDITOR}).filter(closed_on=None, locale__language_code="vi")
    spaces = list(own.values_list("pk", flat=True)[:2])
    return redirect("wagtailadmin_explore", spaces[0]) if len(spaces) == 1 else redirect("wagtailadmin_home")


@require_POST
def take_view(request, space_id: int, message_id: int):
    space = get_object_or_404(CommuneSpacePage.objects.select_related("unit"), pk=space_id)
    if not space.permissions_for_user(request.user).can_add_subpage():
        return permission_denied(request)
    message = get_object_or_404(messages_to_take(), pk=message_id)
    page = take(space, message, request.user)
    messages.success(request, _("Đã lấy “%s” về trang của xã. Thêm lời của xã rồi gửi duyệt.") % page.title)
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def seen_view(request, page_id: int):
    page = get_object_or_404(CommuneMessagePage.objects.select_related("message"), pk=page_id)
    if not page.permissions_for_user(request.user).can_edit() or page.message is None:
        return permission_denied(request)
    see(page)
    messages.success(request, _("Đã ghi nhận: xã đã xem lời mới của tỉnh trong “%s”.") % page.title)
    return redirect("wagtailadmin_home")


@require_POST
def republish_view(request, page_id: int):
    page = get_object_or_404(Page, pk=page_id).specific
    revision = republishable(page, request.user)
    if revision is None or not page.permissions_for_user(request.user).can_edit():
        return permission_denied(request)
    # this revision was approved before
    revision.publish(user=request.user, skip_permission_checks=True)
    messages.success(request, _("“%s” đã lên lại, đúng bản đã duyệt.") % page.title)
    return redirect("wagtailadmin_home")
