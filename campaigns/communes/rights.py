"""The rights of roles on the communes' pages and files."""

from pages.cms.groups import allow
from people.rights.roles import RoleKind


def announce() -> None:
    """An editor writes and submits in her commune's space; a head may look, and edit and decide what waits for review.
    Managers have the whole tree already.
    """
    allow(
        RoleKind.COMMUNE_EDITOR,
        unit_pages={"campaigns.CommuneSpacePage": ("add", "change")},
        unit_files=("add", "change", "choose"),
        shared_files=("choose",),
    )
    # Wagtail has no right to view: "bulk_delete" without "change" deletes nothing, but opens explorer and comparisons
    allow(RoleKind.UNIT_HEAD, unit_pages={"campaigns.CommuneSpacePage": ("bulk_delete",)})
