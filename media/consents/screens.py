"""`/cms/dong-y/`: consents that end soon or have ended, and the end of one; reached by whoever may enter `/cms/`."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import require_admin_access

from media.consents import reach
from media.consents.ended import MODELS
from media.consents.ending import NotTakenBack, end, of, take_back
from media.provenance import Use
from people.times import today

# letters of a search that are read
LONGEST = 100


def _trail(title: str = "") -> list[dict]:
    items = [{"url": reverse("wagtailadmin_home"), "label": _("Trang chủ")}]
    items.append({"url": reverse("consents") if title else "", "label": _("Sự đồng ý của người trong tệp")})
    return [*items, {"url": "", "label": title}] if title else items


@require_safe
@require_admin_access
def listed(request) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    page = {
        "words": words,
        "found": _named(reach.found(request.user, words)),
        "ending": _named(reach.ending(request.user, today())),
        "ended": reach.ended(request.user),
        "breadcrumbs_items": _trail(),
    }
    return render(request, "wagtailadmin/media/consents.html", page)


def _named(rows: list[tuple[str, Any]]) -> list[tuple[str, str, Any]]:
    return [(kind, str(row._meta.verbose_name), row) for kind, row in rows]


def _file(request, kind: str, pk: int):
    if kind not in MODELS:
        raise Http404
    row = get_object_or_404(MODELS[kind], pk=pk)
    if not reach.may_open(request.user, row):
        raise Http404
    return row


@require_safe
@require_admin_access
def one(request, kind: str, pk: int) -> HttpResponse:
    row = _file(request, kind, pk)
    ended = of(row)
    page = {
        "kind": kind,
        "row": row,
        "uses": [label for value, label in Use.choices if value in row.consent_for],
        "pages": reach.pages_of(row),
        "packages": reach.packages_with(row),
        "ended": ended,
        "may_change": reach.may_change(request.user, row),
        "breadcrumbs_items": _trail(row.title),
    }
    return render(request, "wagtailadmin/media/consent.html", page)


@require_POST
@require_admin_access
def change(request, kind: str, pk: int) -> HttpResponse:
    """`act` is `end`, or `take_back` by who may change the file."""
    row, now, act = _file(request, kind, pk), timezone.now(), request.POST.get("act", "")
    if act == "end":
        if end(row, now, by=request.user):
            messages.success(request, _("Đã gỡ: không trang nào còn dùng tệp này, tệp không còn địa chỉ."))
        else:
            messages.info(request, _("Sự đồng ý này đã hết từ trước."))
    elif act == "take_back":
        if not reach.may_change(request.user, row):
            raise Http404
        try:
            take_back(row, request.user, now)
            messages.success(request, _("Đã hoàn tác: các trang dùng lại tệp này."))
        except NotTakenBack as why:
            messages.error(request, str(why))
    return redirect("consent", kind, pk) if reach.may_open(request.user, row) else redirect("consents")


urlpatterns = [
    path("dong-y/", listed, name="consents"),
    path("dong-y/<str:kind>/<int:pk>/", one, name="consent"),
    path("dong-y/<str:kind>/<int:pk>/doi/", change, name="change_consent"),
]
