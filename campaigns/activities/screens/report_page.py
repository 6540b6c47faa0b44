"""`/hoat-dong/bao-cao-30-7/`: the report's table, filled, for a commune or for all that the reader may see."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.activities.made import whose
from campaigns.activities.screens import gate
from campaigns.activities.screens.asked import Question, question
from campaigns.activities.screens.files import table_response
from campaigns.activities.told.beside import beside
from campaigns.activities.told.sums import sums
from campaigns.activities.told.thirty_july import Cell, table
from letters.numbers import is_number
from people.log.audit import Act, record
from people.times import covering
from people.units.successions import Reach
from people.units.unit import COMMUNE_KINDS, Unit
from tabular.writing import Table


def _communes(user, asked: Question):
    """Of the map asked for, those of which she may read figures."""
    units = Unit.objects.on(asked.window.geography).filter(kind__in=COMMUNE_KINDS)
    return units.filter(whose.at(user, whose.READING_KINDS, "pk")).by_name()


def _told(request, asked: Question) -> tuple[list[Cell], Unit | None, list[Unit]]:
    """Eleven queries and those of the reader's reach."""
    communes = list(_communes(request.user, asked))
    typed = request.GET.get("xa", "")
    chosen = next((one for one in communes if is_number(typed) and one.pk == int(typed)), None)
    if typed and chosen is None:
        raise Http404
    chosen = chosen or (communes[0] if len(communes) == 1 else None)
    wanted = [chosen] if chosen else communes
    places = Reach.objects.filter(covering(asked.window.geography), depth=0, ancestor__in=[one.pk for one in wanted])
    units = list(places.values_list("unit", flat=True))
    found = sums(asked.window, units)
    reads = chosen is not None and whose.kept_communes(request.user).filter(pk=chosen.pk).exists()
    more = beside(asked.window, units, reads_notes=reads)
    period = f"{asked.window.first:%d/%m/%Y} – {asked.window.last:%d/%m/%Y}"
    told_by = chosen.name if chosen else _("%d xã, phường, đặc khu") % len(communes)
    return table(found, more, told_by=told_by, period=period, who="................"), chosen, communes


@require_safe
@gate.reading
def page(request) -> HttpResponse:
    asked = question(request)
    cells, chosen, communes = _told(request, asked)
    context = {
        "asked": asked,
        "cells": cells,
        "chosen": chosen,
        "communes": communes if len(communes) > 1 else [],
        "query": asked.query + (f"&xa={chosen.pk}" if chosen else ""),
        "trail": gate.trail(),
    }
    return render(request, "activities/report.html", context)


@require_safe
@gate.reading
def file(request, kind: str) -> HttpResponse:
    asked = question(request)
    if asked.notes:
        return HttpResponse(" ".join(asked.notes), status=400, content_type="text/plain; charset=utf-8")
    cells, chosen, _all = _told(request, asked)
    record(Act.EXPORTED_ACTIVITIES, request.user, unit=chosen, on=asked.window.last, detail=f"30-7 {kind}")
    about: list[tuple[str, object]] = [(_("Lập lúc"), f"{timezone.localtime():%H:%M, %d/%m/%Y}")]
    if asked.known:
        about.append((_("Theo những gì đã biết đến hết ngày"), f"{asked.known:%d/%m/%Y}"))
    rows = [(cell.section, cell.label, cell.value) for cell in cells]
    made = Table(_("Báo cáo 30-7"), ["Mục", "Trường", "Giá trị"], rows, about)
    return table_response(made, f"bao-cao-30-7-{asked.window.last.year}", kind)
