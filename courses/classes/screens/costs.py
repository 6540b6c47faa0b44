"""`/lop-tap-huan/kinh-phi/`: what the classes of one's reach cost, by year and unit."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.classes.held.costs import costs, costs_table
from courses.classes.screens import gate
from tabular.writing import csv_lines


@require_safe
@gate.own_page
def sums(request) -> HttpResponse:
    """Names nobody; `?dang=csv` gives the table as a file."""
    if not gate.may_open(request.user):
        raise PermissionDenied(_("Kinh phí lớp tập huấn là việc của người phụ trách đơn vị."))
    years = costs(request.user, timezone.now())
    if request.GET.get("dang") == "csv":
        lines = "".join(csv_lines(costs_table(years)))
        response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="kinh-phi-lop-tap-huan.csv"'
        return response
    return render(request, "classes/costs.html", {"years": years, "trail": gate.trail()})
