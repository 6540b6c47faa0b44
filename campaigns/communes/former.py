"""The former communes of which a unit was made."""

from collections import defaultdict

from django.db.models import QuerySet

from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS


def former() -> QuerySet[Reach]:
    """A row for each former commune: `unit` counts at `ancestor` now. Divided ones are left out."""
    return Reach.objects.filter(
        depth=0, end=None, undivided=False, unit__kind__in=COMMUNE_KINDS, unit__valid_to__isnull=False
    )


def former_names(**those) -> dict[int, list[str]]:
    """{unit id: names of its former communes}, in their order; `those` filters the rows. One query."""
    names: dict[int, list[str]] = defaultdict(list)
    for unit, name in former().filter(**those).order_by("unit__name_order").values_list("ancestor", "unit__name"):
        if name not in names[unit]:
            names[unit].append(name)
    return names
