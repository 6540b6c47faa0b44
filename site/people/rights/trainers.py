"""Whom an official may ask about training: the trainers of the nearest unit above who agreed to be named."""

from dataclasses import dataclass
from datetime import date

from people.postings.posting import Posting
from people.rights.roles import Role, RoleKind
from people.times import covering
from people.units.successions import Reach


@dataclass(frozen=True)
class Trainer:
    name: str
    phone: str


@dataclass(frozen=True)
class Asked:
    """`trainers` of the nearest unit that has any; none: ask at the office of `unit`, "" for who is posted nowhere."""

    trainers: tuple[Trainer, ...]
    unit: str


def whom_to_ask(person, day: date) -> Asked:
    """Three queries, for any number of postings and trainers."""
    postings = Posting.objects.current().filter(covering(day), person=person).order_by("start", "pk")
    units = list(postings.values_list("unit", "unit__name"))
    if not units:
        return Asked((), "")
    above = Reach.objects.filter(covering(day), unit__in=[unit for unit, _name in units])
    depths: dict[int, int] = {}
    for ancestor, depth in above.values_list("ancestor", "depth"):
        depths[ancestor] = min(depth, depths.get(ancestor, depth))
    agreed = Role.objects.current().filter(
        kind=RoleKind.TRAINER, unit__in=depths, user__is_active=True, user__named_as_trainer=True
    )
    rows = (
        agreed.exclude(user=person)
        .exclude(user__phone=None)
        .select_related("user")
        .order_by("user__name_order", "user")
    )
    nearest = min((depths[role.unit_id] for role in rows), default=None)
    people = {role.user_id: role.user for role in rows if depths[role.unit_id] == nearest}
    return Asked(tuple(Trainer(user.full_name, user.phone or "") for user in people.values()), units[0][1])
