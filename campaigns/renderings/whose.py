"""Who prints for which commune, and who leads the campaign. What is not of one's reach is not found."""

from django.db.models import QuerySet

from campaigns.communes.commune import CommuneSpacePage, spaces_of
from pages.contacts.who import leads_the_province
from people.rights.admin_policy import MANAGERS
from people.rights.roles import RoleKind, role_kinds
from people.rights.scope import reaches_everything

# who prints: editors, who reviews them, and who leads
KINDS = MANAGERS | {RoleKind.COMMUNE_EDITOR, RoleKind.UNIT_HEAD}


def prints(user) -> bool:
    return user.is_superuser or bool(role_kinds(user) & KINDS)


def spaces(user) -> QuerySet[CommuneSpacePage]:
    """The Vietnamese spaces of existing communes in her reach."""
    every = CommuneSpacePage.objects.select_related("unit", "locale") if reaches_everything(user) else None
    own = spaces_of(user, KINDS) if every is None else every
    return own.filter(closed_on=None, locale__language_code="vi").order_by("unit__name_order", "pk")


def leads(user) -> bool:
    """Writes and approves texts, settles, withdraws, prints for all communes."""
    return leads_the_province(user)
