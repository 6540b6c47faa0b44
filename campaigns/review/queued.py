"""In the queue: pages of communes that wait for a reviewer."""

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.review.panel import waiting_for
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(60)
def pages_to_review(desk: Desk) -> list[Waiting]:
    rows = waiting_for(desk.user)
    named = tuple(Row(one.page.title, reverse("wagtailadmin_pages:edit", args=[one.page.pk])) for one in rows[:NAMED])
    return [Waiting(_("Trang của xã chờ duyệt"), len(rows), reverse("wagtailadmin_home"), named)]
