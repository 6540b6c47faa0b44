"""Units where nobody holds a duty that a requirement asks for: a target is not met by naming no one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from courses.requirements.requirement import RequirementRule
from people.postings.posting import Duty, Posting
from people.times import covering
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit


@dataclass(frozen=True)
class Unheld:
    """A unit, and a duty that nobody holds in it or below it on the day."""

    unit: Unit
    duty: Duty


def unheld(roots: Collection[int], day: date, duties: Collection[Duty] | None = None) -> list[Unheld]:
    """Of the communes at or below these units, and of these units themselves; by name. `duties` None: all that a rule
    in force asks for. Two queries, one where the duties are given.
    """
    wanted = list(_asked(day).order_by("name") if duties is None else duties)
    if not wanted or not roots:
        return []
    reached = Reach.objects.filter(covering(day), ancestor__in=list(roots))
    units = Unit.objects.on(day).filter(
        Q(kind__in=COMMUNE_KINDS) | Q(pk__in=list(roots)), pk__in=reached.values("unit")
    )
    held = {f"held_{duty.pk}": Exists(_held(duty, day)) for duty in wanted}
    lacking = Q(*((name, False) for name in held), _connector=Q.OR)
    rows = units.annotate(**held).filter(lacking).by_name()
    return [Unheld(unit, duty) for unit in rows for duty in wanted if not getattr(unit, f"held_{duty.pk}")]


def _asked(day: date):
    rules = RequirementRule.objects.current().filter(Q(effective_from=None) | Q(effective_from__lte=day))
    return Duty.objects.filter(pk__in=rules.values("duty"))


def _held(duty: Duty, day: date):
    return Posting.objects.current().filter(
        covering(day),
        covering(day, "unit__reaches__start", "unit__reaches__end"),
        unit__reaches__ancestor=OuterRef("pk"),
        duties=duty,
    )
