"""Which records may be one person: codes that are spelled alike, or names that are within one unit."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, F, FilteredRelation, Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from letters.folding import spelled
from people.persons.merges import NotSame
from people.persons.user import User
from people.postings.posting import Posting, PostingQuerySet
from people.rights.scope import EVERYTHING, TRAINING_KINDS, at_the_top, reaches_everything, role_units, under
from people.statements.kept import rows_of
from people.times import covering, today

# of one name in one unit: more are shown when some of these have been looked at
TOGETHER = 6
SAME_CODE, SAME_NAME = _("Mã chỉ khác cách viết"), _("Cùng họ tên, cùng đơn vị")


@dataclass(frozen=True)
class Pair:
    """Two records, the older one first, and why they may be one person."""

    one: User
    other: User
    why: object
    unit: str = ""

    @property
    def key(self) -> tuple[int, int]:
        return self.one.pk, self.other.pk


def doubles(user) -> list[Pair]:
    """In the user's reach, without those that somebody held apart and those with her own record; by name. A constant
    number of queries, one less where there are none.
    """
    units = None if reaches_everything(user) else role_units(user, TRAINING_KINDS)
    every = units is None or bool(at_the_top(units))
    postings = _postings_today(units)
    pairs = {pair.key: pair for pair in (*_of_one_name(postings, units, every), *_of_one_code(postings, every))}
    if not pairs:
        return []
    apart = set(NotSame.objects.current().values_list("one", "other"))
    left = [pair for key, pair in pairs.items() if key not in apart and user.pk not in key]
    return sorted(left, key=lambda pair: (pair.one.name_order, pair.key))


def _postings_today(units: set[int] | None) -> PostingQuerySet:
    """At and below these units today, None for all, each with `at`, the unit where it counts."""
    within = EVERYTHING if units is None else Q(unit__in=under(units))
    then = covering(today(), "unit__reaches__start", "unit__reaches__end")
    place = FilteredRelation("unit__reaches", condition=Q(unit__reaches__depth=0) & then)
    return Posting.objects.current().filter(covering(today()), within).annotate(place=place, at=F("place__ancestor"))


def _of_one_name(postings: PostingQuerySet, units: set[int] | None, every: bool) -> Iterator[Pair]:
    """Two queries: the names that stand several times in a unit, then who bears them."""
    asked = ("names of several", None if units is None else frozenset(units), every)
    together = set(rows_of(asked, lambda: _several(postings, every)))
    if not together:
        return
    held = postings.filter(at__in={at for at, _name in together}).select_related("person")
    held = held.filter(person__name_order__in={name for _at, name in together})
    named: dict[tuple, dict[int, tuple[User, str]]] = defaultdict(dict)
    for one in held.annotate(unit_name=F("place__ancestor__name")).order_by("person"):
        if (one.at, one.person.name_order) in together:
            key = (one.at, spelled(one.person.full_name))
            named[key][one.person_id] = (one.person, one.unit_name)
    for people in named.values():
        yield from _pairs(list(people.values())[:TOGETHER])


def _several(postings: PostingQuerySet, every: bool) -> QuerySet:
    """(unit, name) borne by several. `every`: where the postings are everybody's."""
    if every:
        # most names are borne once, which the index of names tells before anybody's unit is looked up
        borne = User.objects.order_by().values("name_order").annotate(bearers=Count("pk")).filter(bearers__gt=1)
        postings = postings.filter(person__name_order__in=borne.values("name_order"))
    # two people are told by a first and a last one: counting distinct people sorts everybody
    rows = postings.order_by().values("at", "person__name_order").annotate(first=Min("person"), last=Max("person"))
    return rows.filter(first__lt=F("last")).exclude(person__name_order="").values_list("at", "person__name_order")


def _pairs(people: Iterable[tuple[User, str]]) -> Iterator[Pair]:
    for (one, unit), (other, _unit) in combinations(people, 2):
        yield Pair(one, other, SAME_NAME, unit)


def _of_one_code(postings: PostingQuerySet, every: bool) -> Iterator[Pair]:
    reached = User.objects.all() if every else User.objects.filter(pk__in=postings.values("person"))
    for people in reached.spelled_alike().values():
        for one, other in combinations(people[:TOGETHER], 2):
            yield Pair(one, other, SAME_CODE)
