"""On the first page of /cms/, for who writes and answers for nobody: her queue, from the registry of all."""

from wagtail.admin.ui.components import Component

from people.rights.reader import Reader
from people.rights.roles import PEOPLE_KINDS
from people.roster.waiting import Desk, waiting_for
from people.signing_in.landing import EDITORS
from people.times import today


def desk_of_editor(user) -> Desk | None:
    """None for who answers for people: her queue stands on the first page of the reports, which /cms/ leads to."""
    reader = Reader(user)
    return Desk(reader, today()) if reader.holds(EDITORS) and not reader.holds(PEOPLE_KINDS) else None


class QueuePanel(Component):
    name = "queue"
    template_name = "wagtailadmin/pages/queue_panel.html"
    order = 10

    def __init__(self, desk: Desk):
        self.desk = desk

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "queue": waiting_for(self.desk)}
