"""Trainings elsewhere in the queue of who answers for the people."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.classes.elsewhere.deciding import waiting_for
from courses.classes.elsewhere.training import EntryState, TrainingElsewhere
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(45, lambda: TrainingElsewhere.objects.filter(state=EntryState.WAITING))
def trainings_elsewhere(desk: Desk) -> list[Waiting]:
    if not desk.answers:
        return []
    # as many as wait for her own answer, so they are counted from the one query that names them
    rows = waiting_for(desk.user, desk.roster.units).values_list("person__full_name", "completed_on")
    address, found = reverse("classes:elsewhere"), list(rows)
    listed = tuple(Row(f"{name}: {day:%d/%m/%Y}", address) for name, day in found[:NAMED])
    title = _("Tập huấn ở nơi khác chờ anh chị đồng ý")
    return [Waiting(title, len(found), address, listed, _("Xem giấy và trả lời"), address)]
