"""The campaigns' entry in the main menu."""

from django.utils.translation import gettext_lazy as _

from pages.shell.navigation import holding, offer
from people.rights.roles import RoleKind
from people.signing_in.landing import lands

WHO_TEACHES = {RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER}


SCHOOLS = "/truong-hoc/"


def offer_schools() -> None:
    """Adds the public school lessons to the menu of teachers and school managers, who land there after signing in."""
    offer(32, SCHOOLS, _("Trường học"), holding(WHO_TEACHES))
    lands(40, lambda user, kinds: SCHOOLS if kinds & WHO_TEACHES else "")
