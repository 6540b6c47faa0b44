"""Whose a plan is: who reads, writes and approves it. What is not of one's reach is not found.

A plan is approved by a head or manager of a unit above its own; that of the province, which has none above, by a
manager of the province. Never by who handed it over.
"""

from django.db.models import Q, QuerySet

from courses.plans.made.plan import Plan, PlanState, PlanVersion
from people.persons.merges import one_person
from people.rights import scope
from people.rights.roles import FIGURE_KINDS, PEOPLE_KINDS, RoleKind
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import Unit

WRITING_KINDS = {RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER}
# who opens a plan with its notes and papers
READING_KINDS = PEOPLE_KINDS
# who sees how many units took and did a task; observers open no plan
FIGURES_KINDS = FIGURE_KINDS
APPROVING_KINDS = {RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER}
TEMPLATE_KINDS = {RoleKind.PROVINCE_MANAGER}


def units_of(user, kinds) -> Q:
    """On rows with a `unit`: those that count at or below her roles of these kinds."""
    if scope.reaches_everything(user):
        return scope.EVERYTHING
    return Q(unit__in=scope.under(scope.role_units(user, kinds)))


def read_by(user) -> QuerySet[Plan]:
    """Plans of her reach; templates once they are published, for whoever may have to take them."""
    plans = Plan.objects.filter(units_of(user, READING_KINDS), is_template=False)
    return plans | Plan.objects.filter(_templates_for(user), is_template=True)


def _templates_for(user) -> Q:
    if scope.reaches_everything(user):
        return scope.EVERYTHING
    units = scope.role_units(user, READING_KINDS)
    above = Reach.objects.filter(covering(today()), unit__in=units).values("ancestor")
    published = PlanVersion.objects.filter(state=PlanState.APPROVED).values("plan")
    return Q(unit__in=above, pk__in=published) | Q(unit__in=template_units(user))


def written_by(user) -> QuerySet[Plan]:
    own = Plan.objects.filter(units_of(user, WRITING_KINDS), is_template=False)
    return own | Plan.objects.filter(unit__in=template_units(user), is_template=True)


def template_units(user) -> set[int]:
    """The province, for its managers."""
    if scope.reaches_everything(user):
        return tops()
    return scope.at_the_top(scope.role_units(user, TEMPLATE_KINDS))


def tops() -> set[int]:
    day = today()
    return scope.at_the_top(Unit.objects.on(day).values_list("pk", flat=True), day)


def units_to_plan(user) -> QuerySet[Unit]:
    """Today's units whose plans she writes, by name."""
    units = Unit.objects.on(today())
    if not scope.reaches_everything(user):
        units = units.filter(pk__in=scope.under(scope.role_units(user, WRITING_KINDS)))
    return units.by_name()


def decided_by(user, approving: set[int] | None = None, managing: set[int] | None = None) -> Q:
    """On plans: those of which she may approve what somebody else hands over. The units on which her roles of approving
    and of managing rest are read unless they are given; then nothing is asked.
    """
    if scope.reaches_everything(user):
        return Q(is_template=False)
    approving = scope.role_units(user, APPROVING_KINDS) if approving is None else approving
    managing = scope.role_units(user, TEMPLATE_KINDS) if managing is None else managing
    if not approving:
        return scope.NOTHING
    # what has ended and counts at the very unit of her role stands at depth 0: it is hers to write, not to approve
    deeper = Reach.objects.filter(covering(today()), depth__gt=0)
    below = deeper.filter(ancestor__in=approving).values("unit")
    at_the_top = Q(unit__in=managing) & ~Q(unit__in=deeper.filter(unit__in=managing).values("unit"))
    return Q(is_template=False) & (Q(unit__in=below) | at_the_top)


def waiting_for(user, approving: set[int] | None = None, managing: set[int] | None = None) -> QuerySet[PlanVersion]:
    """Versions that wait for her, the earliest first; not those that she handed over. One query for the rows."""
    plans = Plan.objects.filter(decided_by(user, approving, managing))
    versions = PlanVersion.objects.filter(state=PlanState.SUBMITTED, plan__in=plans.values("pk"))
    return versions.exclude(submitted_by__in=one_person(user)).order_by("submitted_at", "pk")


def roots(user) -> set[int]:
    """The units on which her roles of writing rest today."""
    return tops() if scope.reaches_everything(user) else scope.role_units(user, WRITING_KINDS)
