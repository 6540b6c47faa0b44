"""Units where nobody holds a duty that a requirement asks for: a target is not met by naming no one."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.requirements.requirement import RequirementRule
from people.postings.coverage import Places
from people.postings.posting import Duty, Posting
from people.statements.kept import rows_of
from people.statements.plain_rows import among
from people.times import covering
from people.units.successions import Reach, reach_known_on
from people.units.unit import COMMUNE_KINDS, Unit, UnitKind, UnitVersion

# no commune stands below these
WITHOUT_COMMUNES = {*COMMUNE_KINDS, UnitKind.AGENCY, UnitKind.SCHOOL}


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
    above, asked = tuple(sorted(roots)), tuple(duty.pk for duty in wanted)
    columns = [field.attname for field in Unit._meta.concrete_fields]
    told = [*columns, *(f"held_{duty}" for duty in asked)]
    rows = rows_of(("unheld", day, above, asked), lambda: _lacking(above, day, asked).values_list(*told))
    found = []
    for row in rows:
        unit, held = Unit.from_db(None, columns, row[: len(columns)]), row[len(columns) :]
        found += [Unheld(unit, duty) for duty, is_held in zip(wanted, held, strict=True) if not is_held]
    return found


def _lacking(roots: tuple[int, ...], day: date, duties: tuple[int, ...]) -> QuerySet[Unit]:
    """The units where one of the duties is lacking, by name; with `held_…`, whether each is held."""
    reached = Reach.objects.filter(covering(day), ancestor__in=roots)
    units = Unit.objects.on(day).filter(Q(kind__in=COMMUNE_KINDS) | Q(pk__in=roots), pk__in=reached.values("unit"))
    held = {f"held_{duty}": Exists(_held(duty, day, day)) for duty in duties}
    lacking = Q(*((name, False) for name in held), _connector=Q.OR)
    return units.annotate(**held).filter(lacking).by_name()


def _asked(day: date):
    rules = RequirementRule.objects.current().filter(Q(effective_from=None) | Q(effective_from__lte=day))
    return Duty.objects.filter(pk__in=rules.values("duty"))


def _held(duty: int, day: date, geography: date, known_on: date | None = None):
    """Postings with the duty that count at or below a commune on the map of `geography`."""
    return Posting.objects.known_on(known_on).filter(
        covering(day),
        covering(geography, "unit__reaches__start", "unit__reaches__end"),
        unit__reaches__ancestor=OuterRef("pk"),
        duties=duty,
    )


def communes_without(where: Places, duty: int, day: date, known_on: date | None = None) -> set[int]:
    """The communes at or below the unit on the map of `where`, in which and below which nobody holds the duty on `day`,
    as known then. One query; three where another map was believed.
    """
    if not where.in_table:
        return _communes_known_without(where, duty, day, known_on)
    here = Reach.objects.filter(covering(where.geography), ancestor=where.unit.pk).values("unit")
    communes = Unit.objects.on(where.geography).filter(kind__in=COMMUNE_KINDS, pk__in=here).order_by()
    lacking = communes.filter(~Exists(_held(duty, day, where.geography, known_on)))
    return set(lacking.values_list("pk", flat=True))


def _communes_known_without(where: Places, duty: int, day: date, known_on: date | None) -> set[int]:
    paths = reach_known_on(known_on).paths_on(where.geography)
    posted = Posting.objects.known_on(known_on).filter(covering(day), duties=duty)
    units = posted.order_by().values_list("unit", flat=True).distinct()
    held = {place for unit in units if unit in paths for place in paths[unit].path}
    versions = UnitVersion.objects.known_on(known_on).filter(kind__in=COMMUNE_KINDS, unit__in=among(where.alive))
    return set(versions.values_list("unit", flat=True)) - held


def by_child(where: Places, communes: Collection[int]) -> Counter[int | None]:
    """How many of these communes stand at or below each child of the unit; one query at most."""
    if not communes:
        return Counter()
    if not where.in_table:
        return Counter(where.child_of[pk] for pk in communes)
    children = [child.pk for child in where.children]
    rows = Reach.objects.filter(covering(where.geography), unit__in=list(communes), ancestor__in=among(children))
    return Counter(rows.order_by().values_list("ancestor", flat=True))
