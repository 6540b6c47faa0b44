"""Who writes an exemplar for which unit, who reviews it, who reads it. What is not one's own is not found."""

from django.db.models import Q, QuerySet

from courses.talk.exemplars.exemplar import Exemplar, ExemplarState
from courses.talk.inquiries.whose import one_is_the_province
from people.persons.merges import one_person
from people.rights import scope
from people.rights.roles import RoleKind, role_kinds
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import Unit

WRITING_KINDS = frozenset({*scope.ROSTER_KINDS, RoleKind.COMMUNE_EDITOR}) - {RoleKind.ADMINISTRATOR}
REVIEWING_KINDS = frozenset(scope.ROSTER_KINDS) - {RoleKind.ADMINISTRATOR}


def may_write(user) -> bool:
    return user.is_superuser or bool(role_kinds(user) & WRITING_KINDS)


def units_of(user) -> QuerySet[Unit]:
    """For which she may write: those on which her roles rest."""
    return Unit.objects.filter(pk__in=scope.role_units(user, WRITING_KINDS)).order_by("name_order", "pk")


def listed() -> QuerySet[Exemplar]:
    """For whoever is signed in."""
    return Exemplar.objects.filter(state=ExemplarState.LISTED)


def written_by(user) -> QuerySet[Exemplar]:
    """Of the units that her roles reach, in every state."""
    units = scope.role_units(user, WRITING_KINDS)
    if scope.reaches_everything(user):
        return Exemplar.objects.all()
    return Exemplar.objects.filter(unit__in=scope.under(units))


def reviewed_by(user, units: set[int] | None = None) -> Q:
    """On which she may decide: her role stands above the unit, or is the province's, and she did not write it. `units`
    are those of her roles where they were read before.
    """
    others = ~Q(written_by__in=one_person(user))
    if scope.reaches_everything(user):
        return others
    units = scope.role_units(user, REVIEWING_KINDS) if units is None else units
    below = Reach.objects.filter(covering(today()), ancestor__in=units, depth__gt=0).values("unit")
    hers = Q(unit__in=below)
    hers |= one_is_the_province(units) & Q(unit__in=scope.under(units))
    return hers & others


def opened_to(user) -> QuerySet[Exemplar]:
    """Behind the doors of staff: what she writes, and what of others waits for her or was decided."""
    reviewing = reviewed_by(user) & ~Q(state=ExemplarState.DRAFT)
    return Exemplar.objects.filter(Q(pk__in=written_by(user).values("pk")) | reviewing)


def waiting_for(user, units: set[int] | None = None) -> QuerySet[Exemplar]:
    return Exemplar.objects.filter(reviewed_by(user, units), state=ExemplarState.WAITING).order_by("changed_at", "pk")
