"""`/bao-cao/can-bo/`, “Danh sách cán bộ”: everybody posted in the reader's reach, whatever their duties."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.acts.choice import MOST
from courses.acts.offering import offered
from courses.reports.query.gate import reading_people
from courses.reports.roster.selection import STATES, Selection
from courses.standing.spans import State
from courses.standing.standing import Standing
from courses.standing.state_tones import TONES
from people.log.audit import Act, record
from people.persons.phones import local_phone
from people.persons.user import User
from people.roster.listing import Held, Place
from people.roster.steps import Kind
from people.times import covering, today
from people.units.unit import Sector

PAGE = 50


@dataclass(frozen=True)
class Row:
    """`email` and `phone` are empty for who does not answer for the person today, `state` without a requirement."""

    person: User
    places: list[Place]
    answered: bool
    state: str = ""

    @property
    def email(self) -> str:
        return (self.answered and self.person.email) or ""

    @property
    def phone(self) -> str:
        return local_phone(self.person.phone or "") if self.answered else ""

    @property
    def is_unreachable(self) -> bool:
        return self.answered and not (self.person.email or self.person.phone)

    @property
    def never_signed_in(self) -> bool:
        return self.answered and self.person.last_login is None

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "")

    @property
    def state_label(self) -> str:
        return str(State(self.state).label) if self.state else ""


class _Pages(Paginator):
    def __init__(self, selection: Selection):
        self.selection = selection
        super().__init__((), PAGE)

    @cached_property
    def count(self) -> int:
        return self.selection.count()

    def page(self, number):
        number = self.validate_number(number)
        return Page(self.selection.page((number - 1) * PAGE, PAGE), number, self)


@require_safe
@reading_people
def find(request):
    selection = Selection(request.user, request.GET)
    page = _Pages(selection).get_page(request.GET.get("page"))
    rows = _rows(selection, list(page.object_list))
    if rows:
        record(Act.SAW_PEOPLE, request.user, on=today(), count=len(rows))
    context = {
        "selection": selection,
        "words": selection.wanted.words,
        "page": page,
        "people": rows,
        "page_query": selection.query,
        "acts": Kind.choices,
        "most": MOST,
        "may_upload": request.reader.may_upload,
        **_choices(selection),
        **offered(request),
        "trail": [(_("Tiến độ"), reverse("reports:home"))],
    }
    return render(request, "reports/listed.html", context)


def _rows(selection: Selection, people: list[User]) -> list[Row]:
    ids = [person.pk for person in people]
    places = selection.roster.places(selection.wanted, ids)
    answered = selection.roster.answered(ids)
    states = _states(selection, ids)
    return [Row(one, places[one.pk], one.pk in answered, states.get(one.pk, "")) for one in people]


def _states(selection: Selection, ids: list[int]) -> dict[int, str]:
    if selection.requirement is None:
        return {}
    standings = Standing.objects.filter(covering(selection.day), requirement=selection.requirement, person__in=ids)
    return dict(standings.values_list("person_id", "state"))


def _choices(selection: Selection) -> dict[str, Any]:
    """Of each filter: value, label, whether it is chosen."""
    typed = selection.typed

    def of(name: str, choices) -> list[tuple[str, str, bool]]:
        return [(value, str(label), value == typed[name]) for value, label in choices]

    return {
        "duty_choices": of("nhiem_vu", [(one.key, one.name) for one in selection.duties]),
        "sector_choices": of("nganh", Sector.choices),
        "requirement_choices": of("yeu_cau", [(one.key, one.name) for one in selection.requirements]),
        "state_choices": of("trang_thai", STATES.items()),
        "held_choices": of("cong_tac", Held.choices),
    }
