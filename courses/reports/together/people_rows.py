"""The people behind a number of several requirements, by name, with where each stands towards each requirement."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.reports.together.asked import Several
from courses.reports.together.table import about, labels
from courses.standing.spans import State
from courses.standing.state_tones import TONES
from courses.together.counting import Outcome
from people.persons.user import User
from people.statements.plain_rows import among
from people.units.unit import Unit
from tabular.writing import Table

PAGE = 50


@dataclass(frozen=True)
class Standing:
    """Towards one requirement; `state` is "" where it asks nothing of her here."""

    requirement: str
    state: str
    tone: str


@dataclass(frozen=True)
class Row:
    name: str
    staff_code: str
    unit: str
    outcome: str
    standings: list[Standing]

    @property
    def address(self) -> str:
        return reverse("reports:person", args=[self.staff_code])


class TogetherPeople:
    """A list for Django's Paginator, in the order of names; a slice costs two queries."""

    def __init__(self, several: Several):
        self.several = several

    @cached_property
    def people(self) -> dict[int, Outcome]:
        return self.several.together.people(self.several.group or None, self.several.outcome)

    @property
    def heading(self) -> str:
        several = self.several
        told = labels()[several.outcome] if several.outcome else _("Phải hoàn thành")
        return f"{several.group_name}: {told.lower()}" if several.group else told

    def count(self) -> int:
        return len(self.people)

    def __len__(self) -> int:
        return len(self.people)

    @cached_property
    def _standings(self) -> dict[int, dict[int, str]]:
        states: dict[int, dict[int, str]] = defaultdict(dict)
        for row in self.several.together.rows:
            states[row.person][row.requirement] = row.state
        return states

    @cached_property
    def _units(self) -> dict[int, list[int]]:
        own = self.several.answer.places.own
        units: dict[int, list[int]] = defaultdict(list)
        for row in self.several.together.rows:
            if row.unit in own and own[row.unit] not in units[row.person]:
                units[row.person].append(own[row.unit])
        return units

    def __getitem__(self, place: slice) -> list[Row]:
        people = User.objects.filter(pk__in=among(self.people)).order_by("name_order", "pk")
        named = list(people.values_list("pk", "full_name", "staff_code")[place])
        wanted = {unit for pk, *_rest in named for unit in self._units[pk]}
        units = dict(Unit.every.filter(pk__in=among(wanted)).values_list("pk", "name"))
        said = labels()
        return [
            Row(
                name,
                code,
                "; ".join(units[unit] for unit in self._units[pk]),
                said[self.people[pk]],
                [self._standing(one, self._standings[pk].get(one.pk)) for one in self.several.chosen],
            )
            for pk, name, code in named
        ]

    def _standing(self, requirement, state: str | None) -> Standing:
        if state is None:
            return Standing(requirement.name, "", "")
        return Standing(requirement.name, str(State(state).label), TONES[State(state)])

    def __iter__(self) -> Iterator[Row]:
        yield from self[:]


def people_table(people: TogetherPeople) -> Table:
    """Only what the page shows: no contact details."""
    several = people.several
    columns = [
        *(_("Mã cán bộ"), _("Họ tên"), _("Đơn vị"), _("Gộp các yêu cầu")),
        *(one.name for one in several.chosen),
        *(_("Tính đến ngày"), _("Địa giới ngày"), _("Biết đến ngày")),
    ]
    days = several.answer.as_of, several.answer.geography, several.answer.known_on
    rows = (
        (row.staff_code, row.name, row.unit, row.outcome, *(one.state or "–" for one in row.standings), *days)
        for row in people
    )
    return Table(_("Cán bộ, gộp các yêu cầu"), columns, rows, [*about(several), (_("Lọc"), people.heading)])
