"""In the queue: pages of communes that wait for a reviewer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from campaigns.review.panel import undecided, waiting_for
from people.rights.admin_policy import ADMINISTRATORS
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(60, lambda: TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS))
def pages_to_review(desk: Desk) -> list[Waiting]:
    rows = waiting_for(desk.user)
    named = tuple(Row(one.page.title, reverse("wagtailadmin_pages:edit", args=[one.page.pk])) for one in rows[:NAMED])
    address = reverse("wagtailadmin_home")
    return [Waiting(_("Trang của xã chờ duyệt"), len(rows), address, named, _("Đọc và duyệt"), address)]


@waits(61)
def pages_without_reviewer(desk: Desk) -> list[Waiting]:
    """For who gives roles: nobody approves what she wrote herself, so a second person is needed."""
    if not desk.user.is_superuser and not desk.reader.holds(ADMINISTRATORS):
        return []
    title = _("Trang của xã chưa có người thứ hai để duyệt: giao vai trò cho một người nữa")
    address = reverse("roles:index")
    return [Waiting(title, len(undecided()), address, (), _("Giao vai trò"), address)]
