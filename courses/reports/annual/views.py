"""`/bao-cao/nam/`: the frozen reports that one may see, a report with its files, and making one."""

import json

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.annual.freezing import Wanted, frozen
from courses.annual.paper.document import changes_in_words
from courses.annual.periods import Kind, cuts, once_more
from courses.annual.report import AnnualReport, AnnualReportQuerySet
from courses.reports.annual import jobs
from courses.reports.annual.forms import ReportForm, VersionForm
from courses.reports.annual.shown import described, files_shown, main_figures
from courses.reports.query.gate import reading_people
from outbox.effects import Effect
from people.guarding.wording import writes
from people.log.audit import Act, record
from people.rights import scope
from people.rights.roles import PEOPLE_KINDS
from people.times import today
from people.units.unit import Unit

PAGE = 30
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def visible(user) -> AnnualReportQuerySet:
    """The reports of the units whose people the user may see, without their data."""
    rows = AnnualReport.objects.defer("data").select_related("unit")
    if scope.reaches_everything(user):
        return rows
    return rows.filter(unit__in=scope.under(scope.role_units(user, PEOPLE_KINDS)))


def trail() -> list[tuple[str, str]]:
    return [(_("Tiến độ"), reverse("reports:home")), (_("Báo cáo năm"), reverse("reports:annual"))]


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def reports(request):
    """A POST makes one in the background, or leads to the one that is frozen."""
    year = today().year - (today().month == 1)
    form = ReportForm(request.reader, request.POST or None, initial={"nam": year, "ky": Kind.ANNUAL.value})
    if request.method == "POST" and form.is_valid():
        unit = get_object_or_404(Unit, pk=form.cleaned_data["don_vi"])
        wanted = Wanted(unit, form.cleaned_data["period"], request.user)
        if before := frozen(wanted):
            return redirect("reports:annual_report", before.pk)
        return redirect("reports:annual_work", jobs.ask(wanted).pk)
    rows = visible(request.user).last_versions().order_by("-taken_at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "page": page,
        "reports": [described(row) for row in page],
        "patterns": [
            (unit.name, reverse("reports:annual_pattern", args=[unit.code]))
            for unit in request.reader.roots(PEOPLE_KINDS)
        ],
        "sets_cut_days": request.reader.may_upload,
        "trail": trail()[:1],
    }
    return render(request, "reports/annual/list.html", context, status=422 if form.errors else 200)


@require_safe
@reading_people
def report(request, pk: int):
    """`so` looks a number up."""
    row = seen(request, pk)
    data = json.loads(row.data)
    latest = row.unit.annual_reports.filter(series=row.series).aggregate(last=Max("version"))["last"]
    context = {
        **_looked_up(request, row),
        "report": described(row),
        "row": row,
        "figures": main_figures(data),
        "files": files_shown(row),
        "changes": changes_in_words(data["changes"]) if data["changes"] else [],
        "versions": [described(one) for one in visible(request.user).filter(unit=row.unit, series=row.series)],
        "is_latest": row.version == latest,
        "form": VersionForm(initial={"sau": latest}),
        "trail": trail(),
    }
    return render(request, "reports/annual/report.html", context)


def seen(request, pk: int) -> AnnualReport:
    row = get_object_or_404(AnnualReport.objects.select_related("unit"), pk=pk)
    if not request.reader.may_see_people(row.unit_id):
        raise Http404
    return row


def _looked_up(request, row: AnnualReport) -> dict:
    typed = request.GET.get("so", "").strip()[:12]
    if not typed:
        return {}
    number = int(typed) if typed.isascii() and typed.isdigit() else 0
    found = row.people.filter(number=number).select_related("person").first()
    if found:
        record(Act.SAW_PERSON, request.user, person=found.person, detail="annual")
    return {"typed": typed, "found": found}


@require_POST
@reading_people
@writes("annual_version", gettext_lazy("Lý do lập lại báo cáo"), "ly_do")
def anew(request, pk: int):
    row = seen(request, pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "report": described(row), "row": row, "trail": trail()}
        return render(request, "reports/annual/anew.html", context, status=422)
    about = once_more(row.year, Kind(row.kind), row.as_of, today(), cuts())
    reason = " ".join(form.cleaned_data["ly_do"].split())
    wanted = Wanted(row.unit, about, request.user, reason, form.cleaned_data["sau"])
    return redirect("reports:annual_work", jobs.ask(wanted).pk)


@require_safe
@reading_people
def work(request, pk: int):
    """How far one's own report is; when it is done, the report."""
    effect = get_object_or_404(Effect.objects.of(request.user), pk=pk, kind=jobs.ANNUAL)
    if made := effect.result.get("report"):
        return redirect("reports:annual_report", made)
    return render(request, "reports/annual/work.html", {"work": effect, "trail": trail()})


@require_safe
@reading_people
def file(request, pk: int, name: str):
    """The frozen bytes. What has rows of people in it is logged as an export."""
    row = seen(request, pk)
    found = get_object_or_404(row.files, name=name)
    kind = name.rpartition(".")[2]
    if kind in ("csv", "xlsx"):
        record(Act.EXPORTED_PEOPLE, request.user, unit=row.unit_id, on=row.as_of, count=row.people.count(), detail=kind)
    response = HttpResponse(bytes(found.content), content_type=TYPES.get(kind, "application/octet-stream"))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
