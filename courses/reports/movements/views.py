"""`…/bien-dong/`: the figures of two days joined by what happened to whom, and the people behind each number."""

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.month_ends.reading import unit_month
from courses.movements.bridge import REQUIRED, WHAT
from courses.movements.reading import Told
from courses.reports.figures.views import frame_context
from courses.reports.movements.asked import Between, as_published, first_days, read_between, read_chosen, sees_people
from courses.reports.movements.drawing import signed, waterfall
from courses.reports.movements.people_rows import PAGE, ChosenPeople
from courses.reports.movements.table import cause_rows, end_part, state_rows
from courses.reports.movements.working import answer_of, being_worked_out, to_the_page
from courses.reports.query.gate import reading_figures, reading_people
from courses.reports.query.lookup import read_query
from courses.standing.spans import State
from outbox.effects import Effect
from people.log.audit import Act, record
from people.postings.coverage import written
from people.rights.reader import Reader


@require_safe
@reading_figures
def movement(request, requirement, code):
    between = read_between(read_query(request.reader, requirement, code, request.GET), request.GET)
    if not sees_people(between, request.reader):
        return _month_ends(request, as_published(between))
    answer, frame = answer_of(between, request.GET.get("lai", "")), _frame(between, request.reader)
    if isinstance(answer, Effect):
        return being_worked_out(request, between, answer, frame)
    made = answer.made
    context = {
        **frame,
        "between": between,
        "counted_at": answer.at,
        "again": between.address(lai=answer.work.pk) if answer.work else "",
        "bridge": made.bridge,
        "ends": [end_part(made.first, between), end_part(made.last, between)],
        "charts": _charts(made),
        "rows": cause_rows(made.bridge, between),
        "state_rows": state_rows(made.bridge, between),
        "states": [str(state.label) for state in State],
        "everybody": between.address("movement_people"),
        "presets": first_days(between),
        "xlsx": between.address("movement_xlsx"),
        "csv": between.address("movement_csv"),
    }
    return render(request, "reports/movement.html", context)


def _frame(between: Between, reader: Reader) -> dict:
    query = between.query
    frame = frame_context(query, query.unit, reader)
    return frame | {"trail": [*frame["trail"], (query.unit.name, query.address())], "action": query.address("movement")}


def _charts(made: Told) -> list[dict]:
    days = written(made.first.day), written(made.last.day)
    asked = [
        (_("Mẫu số: người phải hoàn thành"), REQUIRED),
        (_("Tử số: người đã hoàn thành"), WHAT[State.COMPLETED]),
    ]
    drawn = ((title, waterfall(made.bridge, states, *days)) for title, states in asked)
    return [{"title": title, "drawing": drawing} for title, drawing in drawn if drawing]


def _month_ends(request, between: Between):
    """For who may not see names: both published month ends, and what is between them in sum. Why is not told: the
    causes are about single people (docs/figures.md).
    """
    query, known = between.query, request.reader.knows_people_of
    both = [unit_month(query.requirement, query.unit, day, known) for day in (between.first, between.last)]
    context = {
        **_frame(between, request.reader),
        "between": between,
        "months": both,
        "told": all(month.figures for month in both),
        "rows": [row for what in WHAT if (row := _net(what, *both))["net"] is not None],
        "hides": any(month.figures and month.figures[State.OVERDUE] is None for month in both),
    }
    return render(request, "reports/movement_months.html", context)


def _net(what: str, first, last) -> dict:
    """`net` is None where one of the month ends does not tell the number."""
    numbers = [month.figures and month.figures.get(what) for month in (first, last)]
    label = _("Phải hoàn thành") if what == "required" else str(State(what).label)
    net = None if None in numbers else numbers[1] - numbers[0]
    words = "" if net is None else signed(net)
    return {"label": label, "first": numbers[0], "last": numbers[1], "net": net, "signed": words}


@require_safe
@reading_people
def people(request, requirement, code):
    between = read_between(read_query(request.reader, requirement, code, request.GET), request.GET)
    if not sees_people(between, request.reader):
        raise Http404
    answer = answer_of(between)
    if isinstance(answer, Effect):
        return to_the_page(between)
    chosen = ChosenPeople(between, read_chosen(request.GET), request.reader, answer.made)
    page: Page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]
    unit, day = between.query.unit.pk, between.last
    record(Act.SAW_PEOPLE, request.user, unit=unit, on=day, count=len(page.object_list))
    frame = _frame(between, request.reader)
    address = between.address("movement_people", **chosen.chosen.parameters)
    context = {
        **frame,
        "trail": [*frame["trail"], (_("Vì sao con số đổi"), between.address())],
        "between": between,
        "heading": chosen.heading,
        "page": page,
        "page_query": address.partition("?")[2] + "&",
        "total": len(chosen),
        "causes": chosen.causes(),
        "xlsx": between.address("movement_people_xlsx", **chosen.chosen.parameters),
        "csv": between.address("movement_people_csv", **chosen.chosen.parameters),
    }
    return render(request, "reports/movement_people.html", context)
