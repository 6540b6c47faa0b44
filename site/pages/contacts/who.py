"""Who may write a number, confirm it by a second call, and take it off the pages."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext

from pages.contacts.contact import Contact
from pages.contacts.versions import ContactVersion, VersionState
from people.rights.admin_policy import MANAGERS
from people.rights.roles import RoleKind
from people.rights.scope import above, at_the_top, holders, kinds_at_the_top, reach_of, reaches_everything

EDITORS = MANAGERS | {RoleKind.COMMUNE_EDITOR}
HEADS = frozenset({RoleKind.UNIT_HEAD})


def leads_the_province(user) -> bool:
    return user.is_active and (reaches_everything(user) or bool(kinds_at_the_top(user) & MANAGERS))


def written_by(user) -> Q:
    """Of contacts, those that the user may write: the province's for its managers, a unit's within her reach."""
    return Q() if leads_the_province(user) else Q(unit__in=reach_of(user, EDITORS))


def second_called_by(user) -> Q:
    """Of contacts, those whose second call may be hers: of units that she heads, all for who leads the province."""
    return Q() if leads_the_province(user) else Q(unit__in=reach_of(user, HEADS))


def seen_by(user) -> Q:
    return Q() if leads_the_province(user) else Q(unit__in=reach_of(user, EDITORS | HEADS))


def may_take_off(user, contact: Contact) -> bool:
    return Contact.objects.filter(seen_by(user), pk=contact.pk).exists()


def writers_of(contacts: Iterable[int]) -> dict[int, set[int]]:
    """{id of a contact: ids of everybody who wrote at it since it was last confirmed}; one query.

    Whoever wrote any part may not vouch for the whole, also where somebody else wrote the last part.
    """
    versions = ContactVersion.objects.filter(contact__in=list(contacts)).order_by("contact", "pk")
    writers: dict[int, set[int]] = defaultdict(set)
    for contact, state, by in versions.values_list("contact", "state", "written_by"):
        if state == VersionState.CONFIRMED:
            writers[contact].clear()
        elif by is not None:
            writers[contact].add(by)
    return writers


def hindrance(user, version: ContactVersion) -> str:
    """Why the user may not confirm this version or give it back, as one sentence; "" where she may."""
    if not Contact.objects.filter(second_called_by(user), pk=version.contact_id).exists():
        return gettext("Chỉ thủ trưởng của đơn vị, hoặc người quản lý cấp tỉnh, gọi lần hai được số này.")
    if user.pk in writers_of([version.contact_id])[version.contact_id]:
        return gettext("Anh chị đã viết bản này, nên người khác phải gọi lần hai.")
    return ""


def has_somebody_else(version: ContactVersion) -> bool:
    """Whether anybody may make the second call at all: a head of the unit or somebody of the province who did not
    write.
    """
    of_units = holders(MANAGERS)
    able = set().union(*(of_units[unit] for unit in at_the_top(of_units)))
    if (unit := version.contact.unit_id) is not None:
        of_units = holders(HEADS)
        able |= set().union(
            *(of_units[one] for one in above(unit).values_list("ancestor", flat=True) if one in of_units)
        )
    return bool(able - writers_of([version.contact_id])[version.contact_id])
