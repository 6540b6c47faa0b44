"""`/ke-hoach/tong-hop/…`: how a year's template stands in the units of one's reach, task by task, down to the rows."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.plans.made import whose
from courses.plans.made.offers import published
from courses.plans.made.plan import PlanVersion
from courses.plans.made.rules import LABELS
from courses.plans.screens import gate
from courses.plans.screens.files import table_response
from courses.plans.told.cascade import UNKNOWN, Cascade, cascade
from courses.plans.told.tables import cascade_table, state_in_words
from people.log.audit import Act, record
from people.rights import scope
from people.times import today

ON_A_PAGE = 50
STATES = [*LABELS, UNKNOWN]


def _template_or_404(year: int) -> PlanVersion:
    found = published([year]) if 0 < year <= 9999 else []
    if not found:
        raise Http404
    return found[0]


def _cascade(user, template: PlanVersion) -> Cascade:
    within = None if scope.reaches_everything(user) else scope.reach_of(user, whose.FIGURES_KINDS)
    return cascade(template, today(), within)


@require_safe
@gate.seeing_figures
def figures(request, year: int) -> HttpResponse:
    template = _template_or_404(year)
    found = _cascade(request.user, template)
    context = {"year": year, "found": found, "template": template, "trail": gate.trail(), "day": today()}
    return render(request, "plans/cascade.html", context)


@require_safe
@gate.seeing_figures
def rows(request, year: int, key: UUID) -> HttpResponse:
    """The units of one task; `?loc=` narrows them to a state."""
    template = _template_or_404(year)
    row = next((one for one in _cascade(request.user, template).rows if one.task.key == key), None)
    if row is None:
        raise Http404
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in STATES else ""
    cells = [cell for cell in row.cells if not chosen or cell.state == chosen]
    page = Paginator(cells, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "row": row,
        "page": page,
        "listed": [(cell, state_in_words(cell.state)) for cell in page.object_list],
        "query": f"loc={chosen}&" if chosen else "",
        "choices": [("", _("Mọi đơn vị"), row.offered, not chosen)]
        + [(state, state_in_words(state), row.count(state), state == chosen) for state in STATES],
        "opens": gate.holds(request.user, whose.READING_KINDS),
        "trail": [*gate.trail(), (_("Tổng hợp năm %d") % year, reverse("plans:cascade", args=[year]))],
    }
    return render(request, "plans/cascade_rows.html", context)


@require_safe
@gate.seeing_figures
def table(request, year: int, kind: str) -> HttpResponse:
    template = _template_or_404(year)
    made = cascade_table(_cascade(request.user, template), year, today())
    record(Act.EXPORTED_PLAN, request.user, unit=template.plan.unit_id, on=today(), detail=kind)
    return table_response(made, f"ke-hoach-{year}-theo-don-vi", kind)
