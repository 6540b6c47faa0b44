"""The list that a unit confirmed, kept as it was: rows without a name, and their SHA-256.

A row names its person by a random number of her own. Who may see names looks the number up, so an erasure changes the
look-up and no byte of what is kept.
"""

import csv
import io
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.postings.posting import Posting, RosterConfirmation
from people.times import covering
from people.units.successions import Reach
from people.units.unit import Unit
from tabular.formulas import unguarded
from tabular.writing import Table, csv_lines

COLUMNS = ("so", "ma_don_vi", "chuc_danh", "nhiem_vu", "tu_ngay", "den_ngay")
# decimal digits of a number: nobody is found by trying
DIGITS = 18


class PersonNumber(models.Model):
    """By which what is frozen names a person."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="frozen_number")
    number = models.CharField(max_length=DIGITS, unique=True)

    class Meta:
        verbose_name = _("số của một người")
        verbose_name_plural = _("số của từng người")


class ConfirmedList(models.Model):
    confirmation = models.OneToOneField(RosterConfirmation, models.CASCADE, related_name="kept_list")
    # CSV with COLUMNS, in the order of its bytes
    body = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("danh sách đã xác nhận")
        verbose_name_plural = _("danh sách đã xác nhận")

    @property
    def is_unchanged(self) -> bool:
        return hash_of(self.body) == self.sha256


def hash_of(body: str) -> str:
    return sha256(body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """A posting on the list; `duties` are keys."""

    person: int
    unit: str
    position: str
    duties: tuple[str, ...]
    start: date
    end: date | None

    @property
    def says(self) -> tuple[str, tuple[str, ...]]:
        """What a confirmation is about, as `roster_changed` compares it."""
        return self.position, self.duties


def lines_of(unit: Unit, on: date) -> list[Line]:
    """Everybody posted in the unit on the day, not below; those of ended units that count in it too. Two queries."""
    here = Reach.objects.filter(covering(on), depth=0, undivided=False, ancestor=unit.pk)
    rows = Posting.objects.current().filter(covering(on), unit__in=here.values("unit")).select_related("unit")
    rows = rows.order_by("person__name_order", "person", "start", "pk").prefetch_related("duties")
    return [
        Line(
            one.person_id,
            one.unit.code,
            one.position,
            tuple(sorted(duty.key for duty in one.duties.all())),
            one.start,
            one.end,
        )
        for one in rows
    ]


def mark_of(lines: Sequence[Line]) -> str:
    """What a page says it has shown; it needs no numbers, so looking writes nothing."""
    return sha256(repr(sorted(map(repr, lines))).encode()).hexdigest()[:32]


def keep(confirmation: RosterConfirmation, lines: Sequence[Line]) -> ConfirmedList:
    """In the transaction of the confirmation."""
    numbers = numbers_of({one.person for one in lines})
    rows = sorted(
        (
            numbers[one.person],
            one.unit,
            one.position,
            "|".join(one.duties),
            one.start.isoformat(),
            one.end.isoformat() if one.end else "",
        )
        for one in lines
    )
    # who takes the file away opens it in a spreadsheet program
    body = "".join(csv_lines(Table("", list(COLUMNS), rows)))
    return ConfirmedList.objects.create(confirmation=confirmation, body=body, sha256=hash_of(body))


def numbers_of(people: set[int]) -> dict[int, str]:
    """By person; who has none gets one."""
    known = dict(PersonNumber.objects.filter(person__in=people).values_list("person", "number"))
    missing = [PersonNumber(person_id=pk, number=_drawn()) for pk in sorted(people - known.keys())]
    # somebody else may freeze the same person at the same moment
    PersonNumber.objects.bulk_create(missing, ignore_conflicts=True)
    if missing:
        known = dict(PersonNumber.objects.filter(person__in=people).values_list("person", "number"))
    return known


def _drawn() -> str:
    return str(10 ** (DIGITS - 1) + secrets.randbelow(9 * 10 ** (DIGITS - 1)))


def read(kept: ConfirmedList) -> list[Line]:
    """With the people looked up; one query."""
    body = csv.reader(io.StringIO(kept.body, newline=""), delimiter=";")
    rows = [[unguarded(cell) for cell in row] for row in body][1:]
    people = dict(PersonNumber.objects.filter(number__in={row[0] for row in rows}).values_list("number", "person"))
    return [
        Line(
            people[number],
            unit,
            position,
            tuple(filter(None, duties.split("|"))),
            date.fromisoformat(start),
            date.fromisoformat(end) if end else None,
        )
        for number, unit, position, duties, start, end in rows
    ]


@dataclass(frozen=True)
class Difference:
    """Ids of people: who came, who left, and whose positions or duties are others."""

    came: frozenset[int]
    left: frozenset[int]
    changed: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.came or self.left or self.changed)


def difference(then: Iterable[Line], now: Iterable[Line]) -> Difference:
    before, after = _by_person(then), _by_person(now)
    both = before.keys() & after.keys()
    return Difference(
        frozenset(after.keys() - before.keys()),
        frozenset(before.keys() - after.keys()),
        frozenset(pk for pk in both if before[pk] != after[pk]),
    )


def _by_person(lines: Iterable[Line]) -> dict[int, set]:
    held: dict[int, set] = {}
    for one in lines:
        held.setdefault(one.person, set()).add(one.says)
    return held
