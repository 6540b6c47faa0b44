"""What the verified activities of a window add up to: the figures of the report on 30/7.

Attendances are added up as attendances. What is not known, or under five and therefore not kept, is counted beside each
sum and never taken for 0.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum

from campaigns.activities.made.activity import COUNTS, Activity
from campaigns.activities.made.hamlet import Hamlet
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.made.pulse import sums_of
from campaigns.activities.made.rules import Mark
from campaigns.activities.told.coverage import Window


@dataclass(frozen=True)
class Summed:
    """`told` is None where no activity tells it; `small` activities have one to four, `unknown` say nothing."""

    told: int | None
    known: int
    small: int
    unknown: int


@dataclass(frozen=True)
class KindRow:
    kind: ActivityKind
    activities: int
    quantity: int | None
    minutes: Summed
    views: Summed
    people: Summed
    hamlets: int


@dataclass(frozen=True)
class Sums:
    rows: tuple[KindRow, ...]
    activities: int
    people: dict[str, Summed]
    budget: Summed
    other_money: Summed
    accessible: tuple[int, int, int]
    languages: list[tuple[str, int]] = field(default_factory=list)
    pulse: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    # hamlets with any activity, of how many the communes list; of the one commune alone
    hamlets: tuple[int, int] | None = None


def sums(window: Window, communes: Iterable[int]) -> Sums:
    """Of activities held in these communes, by the ids that they were logged with. Six queries."""
    ids = list(communes)
    counted = Activity.objects.counted_at(window.at).order_by()
    inside = counted.filter(on__gte=window.first, on__lte=window.last, commune__in=ids)
    by_kind = {row["kind"]: row for row in inside.values("kind").annotate(**_by_kind())}
    kinds = ActivityKind.objects.filter(Q(retired=False) | Q(pk__in=by_kind))
    whole = inside.aggregate(**_whole())
    listed = Hamlet.objects.filter(commune__in=ids, ended=False).count()
    return Sums(
        rows=tuple(_row(kind, by_kind.get(kind.pk)) for kind in kinds),
        activities=whole["n"],
        people={name: _people(whole, name) for name in COUNTS},
        budget=_plain(whole, "budget", whole["n"]),
        other_money=_plain(whole, "other_money", whole["n"]),
        accessible=(whole["accessible_yes"], whole["accessible_no"], whole["n"]),
        languages=_languages(inside.values_list("held_in").annotate(Count("pk"))),
        pulse=sums_of(inside, window.at),
        hamlets=(whole["hamlets"], listed) if listed else None,
    )


def _languages(rows) -> list[tuple[str, int]]:
    found: Counter[str] = Counter()
    for held_in, number in rows:
        found.update(dict.fromkeys(held_in.split(), number))
    return sorted(found.items())


def _marks(name: str) -> dict:
    mark = f"{name}_mark"
    return {
        f"{name}_sum": Sum(name),
        f"{name}_known": Count("pk", filter=Q(**{mark: Mark.TOLD})),
        f"{name}_small": Count("pk", filter=Q(**{f"{mark}__in": [Mark.SMALL, Mark.REST]})),
        f"{name}_asked": Count("pk", filter=Q(kind__measure__in=["buoi", "nguoi"])),
    }


def _numbers(*names: str) -> dict:
    made: dict = {}
    for name in names:
        made |= {f"{name}_sum": Sum(name), f"{name}_known": Count(name)}
    return made


def _by_kind() -> dict:
    more = {"n": Count("pk"), "quantity_sum": Sum("quantity"), "hamlets": Count("hamlet", distinct=True)}
    return {**more, **_numbers("minutes", "views"), **_marks("people")}


def _whole() -> dict:
    made = {"n": Count("pk"), "hamlets": Count("hamlet", distinct=True), **_numbers("budget", "other_money")}
    for name in COUNTS:
        made |= _marks(name)
    yes, no = Count("pk", filter=Q(accessible=True)), Count("pk", filter=Q(accessible=False))
    return {**made, "accessible_yes": yes, "accessible_no": no}


def _row(kind: ActivityKind, found: dict | None) -> KindRow:
    if found is None:
        none = Summed(None, 0, 0, 0)
        return KindRow(kind, 0, None, none, none, none, 0)
    minutes, views = (_plain(found, name, found["n"]) for name in ("minutes", "views"))
    people = _people(found, "people")
    return KindRow(kind, found["n"], found["quantity_sum"], minutes, views, people, found["hamlets"])


def _plain(found: dict, name: str, n: int) -> Summed:
    known = found[f"{name}_known"]
    return Summed(found[f"{name}_sum"], known, 0, n - known)


def _people(found: dict, name: str) -> Summed:
    """Officials are asked of each activity, the others where people are counted."""
    known, small = found[f"{name}_known"], found[f"{name}_small"]
    asked = found["n"] if name == "officials" else found[f"{name}_asked"]
    return Summed(found[f"{name}_sum"], known, small, asked - known - small)
