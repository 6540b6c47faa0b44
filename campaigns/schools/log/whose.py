"""Whose a lesson log is: teachers write for their school, its manager for her teachers; others see figures."""

from django.db.models import Q, QuerySet

from campaigns.activities.made.whose import at
from campaigns.schools.log.lesson_log import LessonLog, LessonLogQuerySet
from people.persons.merges import one_person
from people.persons.user import User
from people.rights import scope
from people.rights.roles import FIGURE_KINDS, Role, RoleKind
from people.times import today
from people.units.unit import Unit, UnitKind

WRITING_KINDS = {RoleKind.TEACHER, RoleKind.SCHOOL_MANAGER}
MANAGING_KINDS = {RoleKind.SCHOOL_MANAGER}
# who sees which schools taught what; the figures name no teacher
SEEING_KINDS = FIGURE_KINDS | {RoleKind.SCHOOL_MANAGER}


def schools_of(user, kinds=frozenset(WRITING_KINDS)) -> QuerySet[Unit]:
    """Schools at or below which her roles of these kinds rest; one query for the roles, one for the schools."""
    reached = scope.under(scope.role_units(user, kinds))
    return Unit.objects.on(today()).filter(pk__in=reached, kind=UnitKind.SCHOOL).by_name()


def read_by(user) -> LessonLogQuerySet:
    """Her own entries, and those of a school that she manages."""
    hers = one_person(user)
    managed = at(user, MANAGING_KINDS, "school")
    return LessonLog.objects.filter(Q(written_by__in=hers) | Q(taught_by__in=hers) | managed)


def may_correct(user, row: LessonLog) -> bool:
    """The current entry of what she wrote or taught, and of a school that she manages."""
    return row.superseded_at is None and not row.withdrawn and read_by(user).filter(pk=row.pk).exists()


def teachers_of(school: Unit) -> QuerySet[User]:
    """Who has the role of a teacher at this school, by name."""
    held = Role.objects.current().filter(kind=RoleKind.TEACHER, unit=school).values("user")
    return User.objects.filter(pk__in=held, is_active=True).by_name()
