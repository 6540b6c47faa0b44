"""In the queue of who writes for a commune: pages that came back, and notices that end soon."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState, get_default_page_content_type

from campaigns.communes.commune import spaces_of
from campaigns.communes.notices import NoticePage
from campaigns.communes.pages import within
from people.rights.roles import RoleKind
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits

SOON = timedelta(days=14)
WRITING = {RoleKind.COMMUNE_EDITOR}


@waits(58)
def own_pages(desk: Desk) -> list[Waiting]:
    """Four queries, none for who writes for no commune."""
    if not desk.reader.holds(WRITING):
        return []
    spaces = list(spaces_of(desk.user, WRITING).filter(closed_on=None))
    if not spaces:
        return []
    now = timezone.now()
    ending = NoticePage.objects.live().filter(within(spaces), expire_at__gt=now, expire_at__lte=now + SOON)
    notices = [(one.pk, f"{one.title} ({timezone.localtime(one.expire_at):%d/%m/%Y})") for one in ending]
    back = list(Page.objects.filter(within(spaces), pk__in=_sent_back()).values_list("pk", "title"))
    home = reverse("wagtailadmin_home")
    return [
        Waiting(_("Trang được gửi lại để sửa"), len(back), home, _edited(back), _("Sửa"), home),
        Waiting(_("Thông báo hết hạn trong 14 ngày"), len(notices), home, _edited(notices), _("Gia hạn"), home),
    ]


def _sent_back() -> list[int]:
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES, base_content_type=get_default_page_content_type()
    )
    return [int(key) for key in states.values_list("object_id", flat=True)]


def _edited(pages: list[tuple[int, str]]) -> tuple[Row, ...]:
    return tuple(Row(title, reverse("wagtailadmin_pages:edit", args=[pk])) for pk, title in pages[:NAMED])
