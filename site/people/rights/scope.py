"""Rules of who may see and do what. Each rule of seeing is stated twice: `can_see(user, obj)` for one object and
`visible_to(user, model)` for a list; a test checks that they agree. What roles of some kinds open in a unit (figures,
confirming a roster) is `reach_of(user, kinds)` as a list, and for one unit of a page `people.rights.reader`.

A role reaches its unit and everything that counts below it on today's map. A role on a unit that has ended reaches its
successor; where an ended level has none (the districts of 2025), it reaches only what had been below it, never the
whole province; where a split has no heir yet, it reaches nothing until somebody decides.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from people.persons.user import User
from people.postings.posting import Posting
from people.rights.roles import PEOPLE_KINDS, Role, RoleKind
from people.times import covering, today
from people.units.successions import Reach, Succession
from people.units.unit import Unit

# kinds that are responsible for the people of a unit
ROSTER_KINDS = {RoleKind.TRAINER, RoleKind.UNIT_HEAD, RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR}
# whoever leads training: uploads the roster, grants attempts, changes certificates
TRAINING_KINDS = {RoleKind.TRAINER, RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR}
EVERYTHING, NOTHING = Q(), Q(pk__in=[])


# --- remembering

# what was read of roles within `remembering`, by question; None outside
_REMEMBERED: ContextVar[dict | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering(user, roles: list[tuple[str, int, date | None]]) -> Iterator[None]:
    """Within it nothing about roles is asked twice, for a page that only reads: `roles` are the user's current ones as
    (kind, unit, its last day).
    """
    token = _REMEMBERED.set({("roles", user.pk): roles})
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


def _remembered(question: tuple, ask: Callable):
    known = _REMEMBERED.get()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    return known[question]


def _roles_of(user) -> list[tuple[str, int, date | None]]:
    """(kind, unit, last day of the unit) of the current roles; one query."""
    roles = Role.objects.current().filter(user=user).values_list("kind", "unit", "unit__valid_to")
    return _remembered(("roles", user.pk), lambda: list(roles))


# --- reach


def reaches_everything(user) -> bool:
    """A superuser, as long as the account is open."""
    return user.is_superuser and user.is_active


def role_units(user, kinds: Iterable[str] | None = None, day: date | None = None) -> set[int]:
    """Ids of the units on which the user's roles of these kinds (None: any) rest on `day` (None: today).

    One query, and four more for a user with a role on a unit that has ended since.
    """
    if not (user.is_authenticated and user.is_active):
        return set()
    day = day or today()
    wanted = None if kinds is None else set(kinds)
    return resting({unit: end for kind, unit, end in _roles_of(user) if wanted is None or kind in wanted}, day)


def role_units_each(user, *wanted: Collection[str], day: date | None = None) -> list[set[int]]:
    """As `role_units` for each of these sets of kinds; one query for all."""
    if not (user.is_authenticated and user.is_active):
        return [set() for _kinds in wanted]
    day, roles = day or today(), _roles_of(user)
    return [resting({unit: end for kind, unit, end in roles if kind in kinds}, day) for kinds in wanted]


def resting(ends: dict[int, date | None], day: date) -> set[int]:
    """The units on which roles given on these rest on `day`; `ends` maps each unit to its last day (None: open)."""
    ended = {unit for unit, end in ends.items() if end is not None and end < day}
    return (ends.keys() - ended) | (_taken_over(ended, day) if ended else set())


def resting_on(unit: Unit, day: date | None = None) -> set[int]:
    """Ids of the units on which a role given on `unit` rests on `day` (today); one query or none while it exists."""
    day = day or today()
    return _taken_over({unit.pk}, day) if unit.valid_to is not None and unit.valid_to < day else {unit.pk}


def holders(kinds: Iterable[str], day: date | None = None) -> dict[int, set[int]]:
    """{unit id: ids of the active people whose role of these kinds rests on it on `day` (today)}.

    One query, and four more for each ended unit on which such a role was given.
    """
    day, people = day or today(), defaultdict(set)
    roles = Role.objects.current().filter(kind__in=list(kinds), user__is_active=True).select_related("unit")
    rests: dict[int, set[int]] = {}
    for role in roles:
        if role.unit_id not in rests:
            rests[role.unit_id] = resting_on(role.unit, day)
        for unit in rests[role.unit_id]:
            people[unit].add(role.user_id)
    return people


def above(unit: int, day: date | None = None) -> QuerySet:
    """Ids of the unit and of all units above it on `day` (today), for use as a subquery."""
    return Reach.objects.filter(covering(day or today()), unit=unit).values("ancestor")


def _taken_over(ended: set[int], day: date) -> set[int]:
    """The units in which the content of these ended units counts on `day`, without units wider than they were."""
    below = _pairs(Reach.objects.filter(ancestor__in=ended), "ancestor", "unit")
    above = _pairs(Reach.objects.filter(unit__in=ended, depth__gt=0), "unit", "ancestor")
    named = set(Succession.objects.current().filter(old__in=ended).values_list("old", "new"))
    units = {unit for _ended, unit in below | above}
    counts_at = dict(
        Reach.objects.filter(covering(day), depth=0, unit__in=units, undivided=False).values_list("unit", "ancestor")
    )
    wider = {(old, counts_at.get(unit)) for old, unit in above} - named
    reached = {(old, counts_at.get(unit)) for old, unit in below}
    return {unit for _old, unit in reached - wider if unit}


def _pairs(rows: QuerySet, of: str, other: str) -> set[tuple[int, int]]:
    """The pairs (`of`, `other`) on the last day of `of`."""
    last = F(f"{of}__valid_to")
    return set(rows.filter(Q(end=None) | Q(end__gte=last), start__lte=last).values_list(of, other))


def under(units: Iterable[int], day: date | None = None) -> QuerySet:
    """Ids of all units, ended ones too, that count at or below these on `day` (today), for use as a subquery."""
    return Reach.objects.filter(covering(day or today()), ancestor__in=list(units)).values("unit")


def reach_of(user, kinds: Iterable[str] | None = None, day: date | None = None) -> set[int]:
    """Ids of all units, ended ones too, that count today at or below the user's roles of these kinds."""
    if reaches_everything(user):
        return set(Unit.objects.values_list("pk", flat=True))
    return set(under(role_units(user, kinds, day), day).values_list("unit", flat=True))


def at_the_top(units: Iterable[int], day: date | None = None) -> set[int]:
    """The units among these that count under no other on `day`: the province."""
    units, day = frozenset(units), day or today()
    rows = Reach.objects.filter(covering(day), unit__in=units).values_list("unit", "ancestor")
    places = _remembered(("top", units, day), lambda: list(rows))
    others = {unit for unit, ancestor in places if unit != ancestor}
    return {unit for unit, _ancestor in places} - others


def is_top(unit: Unit, day: date | None = None) -> bool:
    """Whether a role on this unit reaches the whole province on `day`."""
    day = day or today()
    return bool(at_the_top(resting({unit.pk: unit.valid_to}, day), day))


def kinds_at_the_top(user) -> set[str]:
    """The kinds of the user's roles for the whole province; a few queries for each request, cached on the user."""
    if not hasattr(user, "_kinds_at_the_top"):
        day = today()
        roles = _roles_of(user)
        tops = at_the_top({unit for _kind, unit, _end in roles}, day) if roles else set()
        # an ended unit counts under another and is not at the top; its role may still rest on a unit at the top
        tops |= {unit for _kind, unit, end in roles if end and end < day and at_the_top(resting({unit: end}, day), day)}
        user._kinds_at_the_top = {kind for kind, unit, _end in roles if unit in tops}
    return user._kinds_at_the_top


# --- seeing


def visible_to(user, model: type[Model]) -> Q:
    """A condition for the rows of Unit, User or Posting that `user` may see.

    Holders of any role at or above a unit see it. Holders of roles responsible for a unit see its people and postings;
    people see themselves. A person is where she is posted: her roles bring her into nobody's reach, and who has no
    posting is the province's.
    """
    if not (user.is_authenticated and user.is_active):
        return NOTHING
    if user.is_superuser:
        return EVERYTHING
    if model is Unit:
        return Q(pk__in=under(role_units(user)))
    units = role_units(user, PEOPLE_KINDS)
    reached = under(units)
    if model is Posting:
        return Q(person=user) | Q(unit__in=reached)
    if model is User:
        posted = Posting.objects.current().filter(unit__in=reached)
        return Q(pk=user.pk) | Q(pk__in=posted.values("person")) | unposted_of(units)
    raise TypeError(f"no rule of seeing for {model.__name__}")


def can_see(user, obj: Model) -> bool:
    """Whether `user` may see this Unit, User or Posting."""
    if not (user.is_authenticated and user.is_active):
        return False
    if user.is_superuser:
        return True
    if isinstance(obj, Unit):
        return _counts_under(role_units(user), [obj.pk])
    if isinstance(obj, Posting):
        return obj.person_id == user.pk or _counts_under(role_units(user, PEOPLE_KINDS), [obj.unit_id])
    if isinstance(obj, User):
        return obj.pk == user.pk or answers_for(user, obj, PEOPLE_KINDS)
    raise TypeError(f"no rule of seeing for {type(obj).__name__}")


def unposted_of(units: Iterable[int]) -> Q:
    """Whoever has no posting, neither now nor before, if one of these units is the province; else nobody."""
    below = Reach.objects.filter(covering(today()), depth__gt=0).values("unit")
    province = Unit.objects.filter(pk__in=list(units)).exclude(pk__in=below)
    return Q(Exists(province)) & ~Q(Exists(Posting.objects.current().filter(person=OuterRef("pk"))))


def _counts_under(ancestors: set[int], units: Iterable[int]) -> bool:
    return bool(ancestors) and under(ancestors).filter(unit__in=list(units)).exists()


def answers_for(user, person: User, kinds: Iterable[str]) -> bool:
    """Whether a role of these kinds reaches a unit where the person is or was posted; the province answers for whoever
    has no posting. What roles the person holds, and where, makes nobody answer for her.
    """
    return _answers(user, set(Posting.objects.current().filter(person=person).values_list("unit", flat=True)), kinds)


def answers_today(user, person: User, kinds: Iterable[str]) -> bool:
    """Whether a role of these kinds reaches a unit where the person is posted today (after leaving: was posted last):
    `answers_for` without past postings.
    """
    return _answers(user, _latest_units([person.pk])[person.pk], kinds)


def answered_by(units: set[int], people: Iterable[int]) -> set[int]:
    """Those among the people, by id, for whom whoever has roles on these units answers today, as `answers_today` says;
    two queries, and one more where somebody has no posting.
    """
    posted = _latest_units(people)
    of_any = {unit for latest in posted.values() for unit in latest}
    reached = set(under(units).filter(unit__in=of_any).values_list("unit", flat=True))
    unposted = {person for person, latest in posted.items() if not latest}
    answered = {person for person, latest in posted.items() if latest & reached}
    return answered | unposted if unposted and at_the_top(units) else answered


def _answers(user, posted: set[int], kinds: Iterable[str]) -> bool:
    if reaches_everything(user):
        return True
    units = role_units(user, kinds)
    return _counts_under(units, posted) if posted else bool(units) and bool(at_the_top(units))


def _latest_units(people: Iterable[int]) -> dict[int, set[int]]:
    """By person: the units where she is posted today; of who has left, where she was last; one query."""
    day = today()
    spans: dict[int, list[tuple[int, date, date | None]]] = {person: [] for person in people}
    rows = Posting.objects.current().filter(person__in=spans).values_list("person", "unit", "start", "end")
    for person, *span in rows:
        spans[person].append(tuple(span))
    return {person: _latest_of(held, day) for person, held in spans.items()}


def _latest_of(spans: list[tuple[int, date, date | None]], day: date) -> set[int]:
    now = {unit for unit, start, end in spans if start <= day and (end is None or end >= day)}
    last = max((end for _unit, _start, end in spans if end is not None and end < day), default=None)
    return now or {unit for unit, _start, end in spans if end is None or end >= day or end == last}


# --- doing


def import_reach(user) -> set[int] | None:
    """Ids of the units whose roster the user may import, for `prepare_roster(within=…)`; None means all, empty none."""
    if reaches_everything(user):
        return None
    return reach_of(user, ROSTER_KINDS)


def can_grant_attempt(user, person: User) -> bool:
    """Whether `user` may grant one more attempt to this person; nobody grants one to themselves."""
    return user.pk != person.pk and answers_for(user, person, TRAINING_KINDS)
