"""Trainings elsewhere in the queue of who answers for the people."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.classes.elsewhere.deciding import waiting_for
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(45)
def trainings_elsewhere(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []
    rows, address = waiting_for(desk.user), reverse("classes:elsewhere")
    named = rows.select_related("person")[:NAMED]
    listed = tuple(Row(f"{one.person.full_name}: {one.completed_on:%d/%m/%Y}", address) for one in named)
    title = _("Tập huấn ở nơi khác chờ anh chị đồng ý")
    return [Waiting(title, rows.count(), address, listed, _("Xem giấy và trả lời"), address)]
