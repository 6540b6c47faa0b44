"""The campaigns' entry in the main menu."""

from django.utils.translation import gettext_lazy as _

from pages.shell.navigation import holding, offer
from people.rights.roles import RoleKind

WHO_TEACHES = {RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER}


def offer_schools() -> None:
    """Adds the public school lessons to the menu of teachers and school managers."""
    offer(32, "/truong-hoc/", _("Trường học"), holding(WHO_TEACHES))
