"""`/hoat-dong/`: the log of one's reach in a year, and choosing the kind of a new entry."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaigns.activities.made import whose
from campaigns.activities.made.activity import ActivityState
from campaigns.activities.made.kind import ActivityKind
from campaigns.activities.screens import gate
from people.times import year_typed

ON_A_PAGE = 30
FIRST_YEAR, LAST_YEAR = 2016, 2100
# the values of `loc`
FILTERS = {
    "": gettext_lazy("Mọi hoạt động"),
    "cho": gettext_lazy("Chờ anh chị xác nhận"),
    "nhap": gettext_lazy("Nháp, gửi lại"),
    "gui": gettext_lazy("Đã gửi"),
    "xong": gettext_lazy("Đã xác nhận"),
}


def asked_year(request) -> int:
    return year_typed(request.GET.get("nam", ""), FIRST_YEAR, LAST_YEAR)


@require_safe
@gate.reading
def home(request) -> HttpResponse:
    user, year = request.user, asked_year(request)
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    context = {
        "page": Paginator(listed(user, year, chosen), ON_A_PAGE).get_page(request.GET.get("page")),
        "query": f"nam={year}&" + (f"loc={chosen}&" if chosen else ""),
        "choices": [(value, label, value == chosen) for value, label in FILTERS.items()],
        "chosen": chosen,
        "year": year,
        "years": [year - 1, year, year + 1],
        "writes": gate.holds(user, whose.WRITING_KINDS),
        "sees_figures": gate.holds(user, whose.FIGURES_KINDS),
        "kept": list(whose.kept_communes(user)[:8]) if gate.holds(user, whose.KEEPING_KINDS) else [],
        "names_kinds": whose.names_kinds(user),
    }
    return render(request, "activities/home.html", context)


def listed(user, year: int, chosen: str):
    """Current rows of the year; an activity that is being corrected stands twice, as it counts and as it waits."""
    if chosen == "cho":
        rows = whose.waiting_for(user).filter(on__year=year)
    else:
        rows = whose.read_by(user).filter(superseded_at=None, on__year=year).order_by("-on", "-pk")
        rows = rows.filter(_states(chosen))
    return rows.select_related("kind", "unit", "commune").defer("note")


def _states(chosen: str) -> Q:
    wanted = {
        "nhap": [ActivityState.DRAFT, ActivityState.BACK],
        "gui": [ActivityState.SENT],
        "xong": [ActivityState.VERIFIED],
    }.get(chosen)
    return Q(state__in=wanted) if wanted else Q()


@require_safe
@gate.writing
def choose(request) -> HttpResponse:
    """The kinds to log, as large links."""
    kinds = ActivityKind.objects.filter(retired=False)
    return render(request, "activities/choose.html", {"kinds": kinds, "trail": gate.trail()})
