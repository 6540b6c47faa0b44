"""`/mo-hinh-hay/`: the list for whoever is signed in, with search and filter, and one of it to read and print."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.talk.exemplars.exemplar import ExemplarKind
from courses.talk.exemplars.listing import MOST_LETTERS, found
from courses.talk.exemplars.whose import listed, may_write, units_of, written_by
from courses.talk.screens.gate import ON_A_PAGE, found_or_404, own_page
from people.units.unit import Sector


@require_safe
@own_page
def exemplars(request) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\0", "")[:MOST_LETTERS]
    sector, kind = request.GET.get("nganh", ""), request.GET.get("loai", "")
    page = Paginator(found(asked, sector, kind), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "narrowed": bool(asked or sector or kind),
        "query": urlencode({"q": asked, "nganh": sector, "loai": kind}) + "&",
        "sectors": [(value, label, value == sector) for value, label in Sector.choices],
        "kinds": [(value, label, value == kind) for value, label in ExemplarKind.choices],
        "writes": may_write(request.user),
        "most": MOST_LETTERS,
    }
    return render(request, "exemplars/list.html", context)


@require_safe
@own_page
def exemplar(request, pk: int) -> HttpResponse:
    row = found_or_404(listed().select_related("unit"), pk)
    copied = list(row.adoptions.filter(ended_at=None).select_related("unit"))
    copying = {one.unit_id for one in copied}
    hers = units_of(request.user) if may_write(request.user) else []
    context = {
        "row": row,
        "copied": copied,
        "units": [(unit, unit.pk in copying) for unit in hers if unit.pk != row.unit_id],
        "works": may_write(request.user) and written_by(request.user).filter(pk=row.pk).exists(),
    }
    return render(request, "exemplars/one.html", context)
