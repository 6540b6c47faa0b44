"""On the first page of /cms/: replaced files that wait for this person."""

from wagtail.admin.ui.components import Component

from media.replacing.deciding import Waiting

SHOWN = 20


class ReplacementsPanel(Component):
    name = "replaced_files"
    template_name = "wagtailadmin/media/replacements_panel.html"
    order = 88

    def __init__(self, waiting: list[Waiting]):
        self.waiting = waiting

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "waiting": self.waiting[:SHOWN], "count": len(self.waiting)}
