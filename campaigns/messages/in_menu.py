"""What the campaign adds to the main menu."""

from django.utils.translation import gettext_lazy as _

from pages.shell.navigation import holding, offer
from people.rights.roles import RoleKind

WHO_TEACHES = {RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER}


def offer_schools() -> None:
    """Those who teach come for the lessons at school, which lie on the public side."""
    offer(32, "/truong-hoc/", _("Trường học"), holding(WHO_TEACHES))
