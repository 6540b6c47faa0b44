"""The figures of each requirement before and after a reform, on its day; by the standings, as `coverage` counts."""

from courses.requirements.requirement import Requirement
from courses.standing.standing import Standing
from people.reforms.figures import Counted, Shift, count, counts_figures
from people.times import covering


@counts_figures
def before_and_after(shift: Shift) -> list[Counted]:
    """Two queries and one for each requirement."""
    found = []
    for requirement in Requirement.objects.order_by("key"):
        held = Standing.objects.filter(covering(shift.day), requirement=requirement).order_by()
        rows = list(held.values_list("person", "unit", "state").distinct())
        before = count(rows, lambda person, unit: shift.places_before(unit))
        found.append(Counted(str(requirement), before, count(rows, shift.places_after)))
    return found
