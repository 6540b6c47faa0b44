"""The reviewers of a commune's pages: the head of the nearest unit at or above it, else the province's manager.

Computed at each request, so a new or ended role counts at once. Nobody decides on their own work: if all the nearest
reviewers were involved, the next level decides. Where there is nobody else at all the page waits, and an
administrator's queue names it, since somebody has to be given a role first.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from people.rights import scope
from people.rights.roles import RoleKind
from people.times import covering, today
from people.units.successions import Reach

# each kind is tried from the commune up to the root before the next one; the administrator is the last resort
LADDER = (RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR)


class Reviewers:
    """The reviewers of these units on `day` (today), nearest first; a constant number of queries, however many."""

    def __init__(self, units: Iterable[int], day: date | None = None, kinds: Iterable[RoleKind] = LADDER):
        day = day or today()
        self._above: dict[int, list[int]] = defaultdict(list)
        rows = Reach.objects.filter(covering(day), unit__in=set(units)).order_by("depth")
        for unit, ancestor in rows.values_list("unit", "ancestor"):
            self._above[unit].append(ancestor)
        self._holders = [scope.holders({kind}, day) for kind in kinds]

    def levels(self, unit: int) -> list[set[int]]:
        """Non-empty sets of people's ids, the nearest first."""
        return [holders[at] for holders in self._holders for at in self._above[unit] if holders.get(at)]

    def deciding(self, unit: int, involved: Iterable[int | None] = ()) -> set[int]:
        """The people who decide on something that the `involved` wrote or submitted; empty where nobody else can."""
        own = set(involved)
        return next((others for level in self.levels(unit) if (others := level - own)), set())
