"""Everybody posted in one's reach on a day, whatever their duties: who is listed, and what each holds.

The reach is that of today's map, as everywhere in `people.rights.scope`; the day says which postings count. A unit
stands for itself, for all below it and for those that ended and count there today.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from letters.folding import searched
from people.persons.user import User, UserQuerySet
from people.postings.posting import Posting, PostingQuerySet
from people.rights.roles import PEOPLE_KINDS
from people.rights.scope import (
    EVERYTHING,
    NOTHING,
    answered_by,
    reaches_everything,
    role_units,
    under,
    unposted_of,
)
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit


class Held(models.TextChoices):
    """Which postings a list is about."""

    NOW = "", _("Đang công tác")
    ENDED = "da-thoi", _("Đã thôi công tác")
    COMING = "sap-den", _("Sắp đến công tác")
    ANY = "tat-ca", _("Tất cả, cả người chưa có công tác")


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; None or "" leaves something open. `unit` and `duty` are ids."""

    day: date
    held: str = Held.NOW
    words: str = ""
    unit: int | None = None
    duty: int | None = None
    position: str = ""
    sector: str = ""
    unreachable: bool = False
    never_signed_in: bool = False

    @property
    def narrows_postings(self) -> bool:
        return bool(self.unit or self.duty or self.position or self.sector)

    @property
    def narrows_people(self) -> bool:
        return bool(self.words or self.unreachable or self.never_signed_in)


@dataclass(frozen=True)
class Place:
    """A posting as a list shows it; `unit` is where it counts on the day."""

    pk: int
    unit: str
    position: str
    duties: tuple[str, ...]
    start: date
    end: date | None


class Roster:
    """What one user's roles reach of the roster; the roles are read once."""

    def __init__(self, user):
        self.user = user
        self._read: dict[Wanted, list[str]] = {}

    @cached_property
    def units(self) -> set[int]:
        return role_units(self.user, PEOPLE_KINDS)

    @cached_property
    def seen(self) -> Q:
        """The postings in reach; without her own, which are no reach. Where every unit is, none is asked for."""
        if not (self.user.is_authenticated and self.user.is_active):
            return NOTHING
        return EVERYTHING if self.reaches_all else Q(unit__in=under(self.units))

    @cached_property
    def reaches_all(self) -> bool:
        return reaches_everything(self.user) or not Unit.every.exclude(pk__in=under(self.units)).exists()

    def postings(self, wanted: Wanted) -> PostingQuerySet:
        """The postings that are meant, of anybody."""
        found = Posting.objects.current().filter(self.seen, _held(wanted))
        if wanted.unit:
            found = found.filter(unit__in=under([wanted.unit]))
        if wanted.sector:
            at = Reach.objects.filter(covering(wanted.day), depth=0, ancestor__sector=wanted.sector)
            found = found.filter(unit__in=at.values("unit"))
        if wanted.position:
            found = found.filter(position__in=self._positions(wanted, found))
        if wanted.duty:
            carried = Posting.duties.through.objects.filter(posting=OuterRef("pk"), duty=wanted.duty)
            found = found.filter(Exists(carried))
        return found

    def _positions(self, wanted: Wanted, postings: QuerySet[Posting]) -> list[str]:
        """Read once; where everybody is in reach from their index, without a look at when and where each is held."""
        if wanted not in self._read:
            among = Posting.objects.current() if self.reaches_all else postings
            self._read[wanted] = _positions(among, wanted.position)
        return self._read[wanted]

    def people(self, wanted: Wanted, many: bool = False) -> UserQuerySet:
        """By given name. With `many` as a database reads them fast where most people are meant: person by person, in
        order, until the page is full.
        """
        return _narrowed(User.objects.filter(self._posted(wanted, many)), wanted).by_name()

    def _posted(self, wanted: Wanted, many: bool) -> Q:
        posted = held_by(self.postings(wanted), many)
        if wanted.held == Held.ANY and not wanted.narrows_postings:
            return EVERYTHING if self.reaches_all else posted | unposted_of(self.units)
        if wanted.held == Held.ENDED:
            # who goes on elsewhere in the same reach has not left
            still = Posting.objects.current().filter(self.seen, Q(end=None) | Q(end__gte=wanted.day))
            posted &= ~held_by(still, many=True)
        return posted

    def places(self, wanted: Wanted, people: Iterable[int]) -> dict[int, list[Place]]:
        """By person, what each holds in reach of what the list is about; two queries."""
        about = Wanted(wanted.day, wanted.held)
        rows = self.postings(about).filter(person__in=list(people)).placed_on(wanted.day)
        held: dict[int, list[Place]] = defaultdict(list)
        for one in rows.order_by("start", "pk").prefetch_related("duties"):
            duties = tuple(duty.name for duty in one.duties.all())
            held[one.person_id].append(Place(one.pk, one.place, one.position, duties, one.start, one.end))
        return held

    def answered(self, people: Iterable[int]) -> set[int]:
        """Those for whom the user answers today, and may see telephone and e-mail."""
        people = set(people)
        return people if self.reaches_all else answered_by(self.units, people)


def held_by(rows: QuerySet, many: bool) -> Q:
    """A condition on people: one of these rows is theirs. With `many` it is asked of each person."""
    return Q(Exists(rows.filter(person=OuterRef("pk")))) if many else Q(pk__in=rows.values("person"))


def _held(wanted: Wanted) -> Q:
    if wanted.held == Held.ENDED:
        return Q(end__lt=wanted.day)
    if wanted.held == Held.COMING:
        return Q(start__gt=wanted.day)
    return EVERYTHING if wanted.held == Held.ANY else covering(wanted.day)


def _positions(postings: QuerySet[Posting], typed: str) -> list[str]:
    """The positions that have every typed word, without regard to marks."""
    words = searched(typed).split()
    held = postings.order_by().values_list("position", flat=True).distinct()
    return [one for one in held if all(f" {word}" in f" {searched(one)}" for word in words)]


def _narrowed(people: UserQuerySet, wanted: Wanted) -> UserQuerySet:
    if wanted.words:
        people = people.found(wanted.words)
    if wanted.unreachable:
        people = people.filter(email=None, phone=None)
    return people.filter(last_login=None) if wanted.never_signed_in else people
