"""`/tien-do/`: the month ends that the province made public, for everybody, and kept like a public page.

What it shows changes only with a switch and with a published month end, both of which raise the content version.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.month_ends.public_reading import PublicFigure, public_months
from courses.reports.query.wording import percent_words
from pages.serving.cache import keep


@require_safe
def public_figures(request) -> HttpResponse:
    months = [
        {
            "requirement": month.requirement.name,
            "day": month.day,
            # how many communes named nobody is not told: with the other sums it would tell of small units
            "has_full": any(one.figures["percent"] == 100 for one in (*month.totals, *month.units)),
            "totals": [_line(one) for one in month.totals],
            "units": [_line(one) for one in month.units],
        }
        for month in public_months()
    ]
    response = render(request, "reports/shown/page.html", {"months": months})
    keep(request, response)
    return response


def _line(one: PublicFigure) -> dict:
    return {"name": one.name, "figures": one.figures, "percent": percent_words({**one.figures})}
