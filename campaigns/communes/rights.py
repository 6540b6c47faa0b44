"""What roles may do with the communes' pages and files."""

from pages.cms.groups import allow
from people.rights.roles import RoleKind


def announce() -> None:
    """An editor writes in her commune's space and submits; a head looks on, and edits and decides by the task itself
    what waits for them. Managers hold the whole tree already.
    """
    allow(
        RoleKind.COMMUNE_EDITOR,
        unit_pages={"campaigns.CommuneSpacePage": ("add", "change")},
        unit_files=("add", "change", "choose"),
        shared_files=("choose",),
    )
    # Wagtail has no right to look on: this one without "change" deletes nothing, and opens explorer and comparisons
    allow(RoleKind.UNIT_HEAD, unit_pages={"campaigns.CommuneSpacePage": ("bulk_delete",)})
