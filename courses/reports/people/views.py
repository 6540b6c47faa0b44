"""The list of people behind a unit's figure, for roles that may see people."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from courses.acts.offering import offered
from courses.reports.figures.views import coverage_for, frame_context
from courses.reports.query.file_columns import PEOPLE, boxes, chosen
from courses.reports.query.gate import reading_people
from courses.reports.query.lookup import read_query
from courses.reports.query.no_answer import NoAnswer
from courses.reports.query.people_rows import lines
from courses.reports.query.query import ReportQuery, with_query
from courses.reports.query.wording import KNOWLEDGE, MISSING_STATES, UNAPPROVED
from courses.retests.rules import Knowledge
from courses.standing.coverage import Coverage
from courses.standing.people_standing import PeopleStanding, people_standing
from courses.standing.spans import State
from letters.folding import visible
from people.log.audit import Act, record
from people.times import today

PAGE = 50
# the values of `trang_thai`: label and states
FILTERS: dict[str, tuple[Any, list[State]]] = {
    "": (gettext_lazy("Phải hoàn thành"), [state for state in State if state != State.EXCUSED]),
    "thieu": (gettext_lazy("Còn thiếu"), MISSING_STATES),
    **{state.value: (state.label, [state]) for state in State},
    UNAPPROVED: (gettext_lazy("Hoàn thành theo nội dung chưa duyệt"), [State.COMPLETED]),
    **{name: (one.label, [State.COMPLETED]) for name, one in KNOWLEDGE.items()},
}
# of a name to find
LONGEST = 100
# the value of `don_vi` for “Trực thuộc”; "" means every child
OWN = "truc-thuoc"


class PeopleSelection:
    """The people that the filters select; an unknown filter is ignored."""

    def __init__(self, query: ReportQuery, answer: Coverage, parameters):
        self.query, self.answer = query, answer
        state = parameters.get("trang_thai", "")
        self.state = state if state in FILTERS else ""
        children = {OWN, *(child.code for child in answer.children if child.code)}
        child = parameters.get("don_vi", "")
        self.child = child if child in children else ""
        self.name = visible(parameters.get("tim", ""))[:LONGEST]
        # of its files; () is all
        self.columns = chosen(parameters, PEOPLE)

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
        if state == UNAPPROVED:
            return self.figure.unapproved
        if state in KNOWLEDGE:
            return getattr(self.figure, KNOWLEDGE[state].value)
        return sum(getattr(self.figure, one.value) for one in FILTERS[state][1])

    @cached_property
    def total(self) -> int:
        """How many people it selects; a name is counted for itself."""
        return len(self.people()) if self.name else self.count(self.state)

    @property
    def parameters(self) -> dict[str, str]:
        filters = {"trang_thai": self.state, "don_vi": self.child, "tim": self.name}
        return filters | {"cot": ",".join(self.columns)}

    @property
    def knowledge(self) -> str | None:
        """As a standing has it: "" where nothing is known; None for no such filter."""
        told = KNOWLEDGE.get(self.state)
        return "" if told == Knowledge.NOT_KNOWN else told and told.value

    def people(self) -> PeopleStanding:
        days = self.query.days
        child = {"": None, OWN: ""}.get(self.child, self.child)
        return people_standing(
            self.query.requirement,
            self.answer.places,
            days.as_of,
            states=self.states,
            child=child,
            rule=self.query.terms,
            with_since=False,
            unapproved=True if self.state == UNAPPROVED else None,
            knowledge=self.knowledge,
            found=self.name,
        )


class CountedPaginator(Paginator):
    """A paginator that takes the number of people from the figure instead of a query."""

    def __init__(self, people, total: int):
        self.total = total
        super().__init__(people, PAGE)

    @cached_property
    def count(self) -> int:
        return self.total


def people_query(request, requirement: str, code: str, asked=None) -> tuple[ReportQuery, Coverage]:
    """`asked` are the parameters of the list, by default those of the address.

    Raises Http404 where the reader may not see the people of the unit, NoAnswer for a past day of knowledge.
    """
    query = read_query(request.reader, requirement, code, request.GET if asked is None else asked)
    if query.days.known_on:
        now = with_query(request.path, {**query.days.parameters(), "biet_den": ""})
        raise NoAnswer(
            _("Tên người chỉ xem theo điều biết đến nay"),
            _("Con số tính lại được theo điều đã biết một ngày trước; danh sách người chỉ có theo hôm nay."),
            [(_("Xem theo điều biết đến nay"), now), (_("Về con số"), query.address())],
        )
    return query, coverage_for(query, request.reader)


@require_safe
@reading_people
def people(request, requirement, code):
    query, answer = people_query(request, requirement, code)
    selection = PeopleSelection(query, answer, request.GET)
    total = selection.total
    page = CountedPaginator(selection.people(), total).get_page(request.GET.get("page"))
    courses = query.rule.course_keys if query.rule else []
    record(Act.SAW_PEOPLE, request.user, unit=answer.places.unit.pk, on=answer.as_of, count=len(page.object_list))
    frame = frame_context(query, answer.places.unit, request.reader)
    parameters = query.days.parameters() | {name: value for name, value in selection.parameters.items() if value}
    kept = [(name, value) for name, value in parameters.items() if name not in ("don_vi", "tim")]
    context = {
        **frame,
        "trail": [*frame["trail"], (frame["unit"].name, query.address())],
        "people": lines(page.object_list, courses, query.days.as_of),
        "page": page,
        "page_query": with_query("", parameters)[1:] + "&" if parameters else "",
        "total": total,
        "filtered": bool(selection.state or selection.child or selection.name),
        "unfiltered": query.address("people"),
        "state_choices": state_choices(selection),
        "child_choices": child_choices(selection),
        "typed": selection.name,
        "kept": kept,
        "boxes": boxes(PEOPLE, selection.columns),
        "kept_by_boxes": [(name, value) for name, value in parameters.items() if name != "cot"],
        "may_print": query.days.geography == today(),  # slips are for the people and the map of today
        "ask_relief": _asking(query, page.object_list),
        **(offered(request) if query.days.as_of == today() else {}),
        "xlsx": query.address("people_xlsx", **selection.parameters),
        "csv": query.address("people_csv", **selection.parameters),
    }
    return render(request, "reports/people.html", context)


def _asking(query: ReportQuery, rows: Iterable) -> str:
    """The form in which something is asked for these people; "" on another day than today's."""
    if query.days.as_of != today() or query.days.known_on:
        return ""
    given = [("yeu_cau", query.requirement.key), *(("ma", row.staff_code) for row in rows)]
    return f"{reverse('reports:ask_relief')}?{urlencode(given)}"


def state_choices(selection: PeopleSelection) -> list[dict]:
    return [
        {
            "label": label,
            "count": selection.count(state),
            "current": state == selection.state,
            "address": selection.query.address("people", **{**selection.parameters, "trang_thai": state}),
        }
        for state, (label, _states) in FILTERS.items()
        if selection.count(state) or state in ("", selection.state)
    ]


def child_choices(selection: PeopleSelection) -> list[dict]:
    """Empty unless there are at least two children."""
    children = [child for child in selection.answer.children if child.required or child.excused]
    if len(children) < 2:
        return []
    return [
        {"value": child.code or OWN, "name": child.name, "current": (child.code or OWN) == selection.child}
        for child in children
    ]
