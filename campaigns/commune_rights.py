"""What roles may do with the communes' pages and files."""

from pages.rights import allow
from people.roles import RoleKind


def announce() -> None:
    """An editor writes in her commune's space and submits; who reviews may enter, and reaches what waits for them by
    the task itself. Managers hold the whole tree already.
    """
    allow(
        RoleKind.COMMUNE_EDITOR,
        unit_pages={"campaigns.CommuneSpacePage": ("add", "change")},
        unit_files=("add", "change", "choose"),
        shared_files=("choose",),
    )
    allow(RoleKind.UNIT_HEAD)
