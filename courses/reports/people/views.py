"""The people behind a unit's figure, for those whose role lets them see people."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from courses.reports.figures.views import answered, framed
from courses.reports.query.gate import reading_people
from courses.reports.query.lookup import NoAnswer, find
from courses.reports.query.people_rows import lines
from courses.reports.query.query import Asked, with_query
from courses.reports.query.wording import MISSING_STATES
from courses.standing.coverage import Coverage
from courses.standing.people_standing import PeopleStanding, people_standing
from courses.standing.spans import State
from people.log.audit import Act, record
from people.times import today

PAGE = 50
# what `trang_thai` may say, and the states that it means
FILTERS: dict[str, tuple[Any, list[State]]] = {
    "": (gettext_lazy("Phải hoàn thành"), [state for state in State if state != State.EXCUSED]),
    "thieu": (gettext_lazy("Còn thiếu"), MISSING_STATES),
    **{state.value: (state.label, [state]) for state in State},
}
# “Trực thuộc” in `don_vi`, where "" means every child
OWN = "truc-thuoc"


class Chosen:
    """Which of the people are asked for; an unknown filter asks for everybody."""

    def __init__(self, asked: Asked, answer: Coverage, parameters):
        self.asked, self.answer = asked, answer
        state = parameters.get("trang_thai", "")
        self.state = state if state in FILTERS else ""
        children = {OWN, *(child.code for child in answer.children if child.code)}
        child = parameters.get("don_vi", "")
        self.child = child if child in children else ""

    @property
    def states(self) -> list[State]:
        return FILTERS[self.state][1]

    @property
    def figure(self):
        """The figure of the chosen child, or of the whole unit."""
        code = None if self.child == OWN else self.child
        if not self.child:
            return self.answer.total
        return next(child for child in self.answer.children if child.code == code)

    def count(self, state: str) -> int:
        return sum(getattr(self.figure, one.value) for one in FILTERS[state][1])

    @property
    def parameters(self) -> dict[str, str]:
        return {"trang_thai": self.state, "don_vi": self.child}

    def people(self) -> PeopleStanding:
        days = self.asked.days
        child = {"": None, OWN: ""}.get(self.child, self.child)
        return people_standing(
            self.asked.requirement,
            self.answer.places,
            days.as_of,
            states=self.states,
            child=child,
            rule=self.asked.terms,
            with_since=False,
        )


class Counted(Paginator):
    """The number of people is already in the figure."""

    def __init__(self, people, total: int):
        self.total = total
        super().__init__(people, PAGE)

    @cached_property
    def count(self) -> int:
        return self.total


def ask_people(request, requirement: str, code: str) -> tuple[Asked, Coverage]:
    """Raises Http404 where the reader may not see the people of the unit, NoAnswer for a past day of knowledge."""
    asked = find(request.reader, requirement, code, request.GET)
    if asked.days.known_on:
        now = with_query(request.path, {**asked.days.parameters(), "biet_den": ""})
        raise NoAnswer(
            _("Tên người chỉ xem theo điều biết đến nay"),
            _("Con số tính lại được theo điều đã biết một ngày trước; danh sách người chỉ có theo hôm nay."),
            [(_("Xem theo điều biết đến nay"), now), (_("Về con số"), asked.address())],
        )
    answer = answered(asked, request.reader)
    if not request.reader.may_see_people(answer.places.unit.pk):
        raise Http404
    return asked, answer


@require_safe
@reading_people
def people(request, requirement, code):
    asked, answer = ask_people(request, requirement, code)
    chosen = Chosen(asked, answer, request.GET)
    total = chosen.count(chosen.state)
    page = Counted(chosen.people(), total).get_page(request.GET.get("page"))
    course = asked.rule.course_key if asked.rule else ""
    record(Act.SAW_PEOPLE, request.user, unit=answer.places.unit.pk, on=answer.as_of, count=len(page.object_list))
    frame = framed(asked, answer, request.reader)
    query = asked.days.parameters() | {name: value for name, value in chosen.parameters.items() if value}
    shown = {
        **frame,
        "trail": [*frame["trail"], (frame["unit"].name, asked.address())],
        "people": lines(page.object_list, course, asked.days.as_of),
        "page": page,
        "page_query": with_query("", query)[1:] + "&" if query else "",
        "total": total,
        "filtered": bool(chosen.state or chosen.child),
        "unfiltered": asked.address("people"),
        "state_choices": _state_choices(chosen),
        "child_choices": _child_choices(chosen),
        "kept": [*asked.days.parameters().items(), ("trang_thai", chosen.state)],
        "may_print": asked.days.geography == today(),  # slips are for the people and the map of today
        "xlsx": asked.address("people_xlsx", **chosen.parameters),
        "csv": asked.address("people_csv", **chosen.parameters),
    }
    return render(request, "reports/people.html", shown)


def _state_choices(chosen: Chosen) -> list[dict]:
    return [
        {
            "label": label,
            "count": chosen.count(state),
            "current": state == chosen.state,
            "address": chosen.asked.address("people", trang_thai=state, don_vi=chosen.child),
        }
        for state, (label, _states) in FILTERS.items()
        if chosen.count(state) or state in ("", chosen.state)
    ]


def _child_choices(chosen: Chosen) -> list[dict]:
    """Only where there is something to tell apart."""
    children = [child for child in chosen.answer.children if child.required or child.excused]
    if len(children) < 2:
        return []
    return [
        {"value": child.code or OWN, "name": child.name, "current": (child.code or OWN) == chosen.child}
        for child in children
    ]
