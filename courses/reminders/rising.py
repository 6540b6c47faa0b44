"""The topic of what rises: the nearest trainer, the unit's head and the province hear how many of theirs are late.

A list of numbers and links, never a name; behind the link rights are asked again.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.reminders.due import Pair, is_late, turning
from courses.reminders.plan import KINDS, Audience, days_of
from courses.requirements.requirement import Requirement
from courses.standing.standing import Standing
from people.messages.topics import Falling, Line, Told
from people.messages.working_days import Window
from people.rights.roles import Role
from people.rights.scope import holders, under
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit

TOPIC = "nguoi"


def falling(window: Window) -> Falling:
    """Subjects are "nguoi:<kind>:<unit>:<requirement>", the unit on which the reader's role rests."""
    found: Falling = {}
    for audience, offsets in days_of(*KINDS).items():
        pairs = {pair for pair, _turn in turning(window, offsets)}
        if pairs:
            _tell(found, Audience(audience), pairs, window.last)
    return found


def _tell(found: Falling, audience: Audience, pairs: set[Pair], day: date) -> None:
    kind = KINDS[audience]
    of_unit = holders([kind], day)
    above = _above(day)
    for (person, requirement), units in _places(pairs, day).items():
        for unit in units:
            for place in _told_places(above.get(unit, ()), of_unit, person, highest=audience == Audience.PROVINCE):
                for reader in of_unit[place] - {person}:
                    found.setdefault(reader, set()).add(f"{TOPIC}:{kind}:{place}:{requirement}")


def _told_places(path: Collection[int], of_unit: dict[int, set[int]], person: int, *, highest: bool) -> list[int]:
    """Of the units from hers upward: the nearest, or the highest, with a holder other than herself; at most one."""
    places = [unit for unit in path if of_unit.get(unit, set()) - {person}]
    return places[-1:] if highest else places[:1]


def _places(pairs: set[Pair], day: date) -> dict[Pair, set[int]]:
    """Where each of the pairs counts as late; one query."""
    units: dict[Pair, set[int]] = defaultdict(set)
    for person, requirement, unit in Standing.objects.filter(is_late(day)).values_list("person", "requirement", "unit"):
        if (person, requirement) in pairs:
            units[person, requirement].add(unit)
    return units


def _above(day: date) -> dict[int, list[int]]:
    """{unit: the units where it counts, from the nearest up}; one query."""
    paths: dict[int, list[int]] = defaultdict(list)
    rows = Reach.objects.filter(covering(day)).order_by("unit", "depth")
    for unit, ancestor in rows.values_list("unit", "ancestor"):
        paths[unit].append(ancestor)
    return paths


def standing(people: Collection[int], day: date) -> Told:
    """How many are late under each unit that a role of these people rests on, by requirement; subjects as in `falling`.

    One query where none of them holds a role; else one for each kind, and three for each unit with such a holder.
    """
    told: Told = {}
    roles = Role.objects.current().filter(user__in=people, kind__in=list(KINDS.values()))
    wanted = set(roles.values_list("user", flat=True))
    for kind in KINDS.values() if wanted else ():
        for unit, readers in holders([kind], day).items():
            if readers & wanted:
                lines = _lines(kind, unit, day)
                for reader in readers & wanted:
                    told.setdefault(reader, {}).update(lines)
    return told


def _lines(kind: str, unit: int, day: date) -> dict[str, Line]:
    late: dict[int, set[int]] = defaultdict(set)
    rows = Standing.objects.filter(is_late(day), unit__in=under([unit], day)).order_by()
    for pk, person in rows.values_list("requirement", "person").distinct():
        late[pk].add(person)
    if not late:
        return {}
    place = Unit.objects.only("code", "name").get(pk=unit)
    lines = {}
    for requirement in Requirement.objects.filter(pk__in=late).order_by("name"):
        words = {"unit": place.name, "n": len(late[requirement.pk]), "name": requirement.name}
        address = reverse("reports:people", args=[requirement.key, place.code]) + "?trang_thai=thieu"
        text = _("%(unit)s, %(name)s: %(n)d người quá hạn hoặc hết hiệu lực.") % words
        lines[f"{TOPIC}:{kind}:{unit}:{requirement.pk}"] = Line(text, address)
    return lines
