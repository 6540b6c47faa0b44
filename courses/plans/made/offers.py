"""Which published template is offered to which units: one to all below the province, or to chosen kinds."""

from collections.abc import Iterable

from courses.plans.made.plan import PlanState, PlanVersion
from people.times import covering, today
from people.units.successions import Reach
from people.units.unit import Unit


def published(years: Iterable[int]) -> list[PlanVersion]:
    """The versions in force of the templates of these years; one query."""
    rows = PlanVersion.objects.filter(state=PlanState.APPROVED, plan__is_template=True, plan__year__in=list(years))
    latest = {row.plan_id: row for row in rows.select_related("plan__unit").order_by("number")}
    return list(latest.values())


def is_offered(template: PlanVersion, kind: str) -> bool:
    return not template.offered_to or kind in template.offered_to


def offering(units: Iterable[Unit], year: int) -> dict[int, PlanVersion]:
    """{unit id: its template}, for those that are offered one; two queries."""
    units = list(units)
    templates = {row.plan.unit_id: row for row in published([year])}
    if not templates:
        return {}
    above = Reach.objects.filter(covering(today()), depth__gt=0, unit__in=[unit.pk for unit in units])
    pairs = above.filter(ancestor__in=templates).order_by("-depth").values_list("unit", "ancestor")
    kinds = {unit.pk: unit.kind for unit in units}
    return {unit: templates[top] for unit, top in pairs if is_offered(templates[top], kinds[unit])}


def offered_units(template: PlanVersion) -> list[Unit]:
    """Today's units below the template's own that it is offered to, by name; one query."""
    below = Reach.objects.filter(covering(today()), ancestor=template.plan.unit_id, depth__gt=0).values("unit")
    units = Unit.objects.on(today()).filter(pk__in=below)
    if template.offered_to:
        units = units.filter(kind__in=template.offered_to)
    return list(units.by_name())
