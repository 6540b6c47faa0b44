"""Whose an activity is: who reads, writes and verifies it. What is not of one's reach is not found.

Written by who works for the unit; verified by a second person who answers for it, never by who wrote any wording of it.
The staff of the commune where it was held read it, and those of every unit that organised it.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from campaigns.activities.made.activity import Activity, ActivityState
from people.persons.merges import one_person
from people.rights import scope
from people.rights.roles import FIGURE_KINDS, PEOPLE_KINDS, RoleKind
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit

WRITING_KINDS = {
    RoleKind.COMMUNE_EDITOR,
    RoleKind.TEACHER,
    RoleKind.SCHOOL_MANAGER,
    RoleKind.UNIT_HEAD,
    RoleKind.PROVINCE_MANAGER,
}
VERIFYING_KINDS = {
    RoleKind.COMMUNE_EDITOR,
    RoleKind.SCHOOL_MANAGER,
    RoleKind.UNIT_HEAD,
    RoleKind.PROVINCE_MANAGER,
}
READING_KINDS = WRITING_KINDS | VERIFYING_KINDS | PEOPLE_KINDS
# who sees who was reached; observers open no activity
FIGURES_KINDS = FIGURE_KINDS | {RoleKind.COMMUNE_EDITOR}
# who keeps the hamlets and languages of a commune and says that its log is complete
KEEPING_KINDS = {RoleKind.COMMUNE_EDITOR, RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER}
# who renames kinds
NAMING_KINDS = {RoleKind.PROVINCE_MANAGER}


def at(user, kinds, column: str) -> Q:
    """On rows whose `column` is a unit that counts at or below her roles of these kinds."""
    if scope.reaches_everything(user):
        return scope.EVERYTHING
    return Q(**{f"{column}__in": scope.under(scope.role_units(user, kinds))})


def read_by(user) -> QuerySet[Activity]:
    """Every wording of her reach; of what is being written only who writes for the unit."""
    if scope.reaches_everything(user):
        return Activity.objects.all()
    reached = scope.under(scope.role_units(user, READING_KINDS))
    joint = Activity.others.through.objects.filter(unit__in=reached).values("activity")
    seen = Q(unit__in=reached) | Q(commune__in=reached) | Q(pk__in=joint)
    return Activity.objects.filter(seen & ~Q(state=ActivityState.DRAFT) | at(user, WRITING_KINDS, "unit"))


def written_by(user) -> QuerySet[Activity]:
    return Activity.objects.filter(at(user, WRITING_KINDS, "unit"))


def wrote(user, key: UUID) -> bool:
    """Whether any wording of the activity is hers."""
    return Activity.objects.filter(key=key, written_by__in=one_person(user)).exists()


def waiting_for(user) -> QuerySet[Activity]:
    """What she may verify, the earliest first. One query for the rows."""
    hers = Activity.objects.filter(key=OuterRef("key"), written_by__in=one_person(user))
    waiting = Activity.objects.open().filter(at(user, VERIFYING_KINDS, "unit"), state=ActivityState.SENT)
    return waiting.exclude(Exists(hers)).order_by("on", "pk")


def decides(user, activity: Activity) -> bool:
    return activity.waits and waiting_for(user).filter(pk=activity.pk).exists()


def own_units(user) -> QuerySet[Unit]:
    """For whom she writes: the units on which her roles of writing rest."""
    rests = scope.role_units(user, WRITING_KINDS)
    if scope.reaches_everything(user):
        rests = rests | scope.at_the_top(Unit.objects.on(today()).values_list("pk", flat=True))
    return Unit.objects.on(today()).filter(pk__in=rests).by_name()


def communes() -> QuerySet[Unit]:
    return Unit.objects.on(today()).filter(kind__in=COMMUNE_KINDS).by_name()


def commune_of(unit: Unit) -> Unit | None:
    """The commune at or above the unit on today's map; None for units of the province."""
    above = Reach.objects.filter(covering(today()), unit=unit, ancestor__kind__in=COMMUNE_KINDS)
    return Unit.objects.filter(pk__in=above.values("ancestor")).on(today()).first()


def kept_communes(user) -> QuerySet[Unit]:
    """Whose hamlets, languages and log she keeps."""
    return communes().filter(at(user, KEEPING_KINDS, "pk"))


def names_kinds(user) -> bool:
    return scope.reaches_everything(user) or bool(scope.kinds_at_the_top(user) & NAMING_KINDS)
