"""Brings in a file: choose it, say which column is which where that is not known, look at each row, mend, confirm.

Nothing is written before the last step.
"""

from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.reports.importing import columns, jobs
from courses.reports.importing.evidence import FiledPaper
from courses.reports.importing.forms import FileForm
from courses.reports.importing.gate import bringing_in, kinds_for
from courses.reports.importing.kinds import KINDS, ROSTER, UNIT_FILES, FileKind, kind_of
from courses.reports.importing.pages import page_of_work
from courses.reports.query.works import works_of
from outbox.effects import Effect, EffectState
from outbox.private_files import file_answer
from people.log.audit import Act, record
from people.postings.posting import Duty
from people.reforms.rights import may_reform
from people.undoing.rights import changes_of
from tabular.writing import XLSX_TYPE, Table, csv_lines, write_xlsx


@require_http_methods(["GET", "HEAD", "POST"])
@bringing_in
def upload(request, kind: FileKind = ROSTER):
    sent = request.method == "POST"
    form = FileForm(kind, request.user, request.POST, request.FILES) if sent else FileForm(kind, request.user)
    if sent and form.is_valid():
        files = form.cleaned_data["file"], form.options(), request.user, form.cleaned_data.get("second")
        check = jobs.upload(kind, *files)
        if check.state != EffectState.FAILED:
            return redirect(_address(kind), check.pk)
        form.add_error("file", check.error)
    page = {
        "form": form,
        "kind": kind,
        "kinds": kinds_for(request),
        "headings": [str(heading) for heading in kind.headings.values()],
        "duties": Duty.objects.all() if kind is ROSTER else [],
        "reforms": may_reform(request.user) and kind in (ROSTER, UNIT_FILES),
        "earlier": works_of(request.user, [kind.bring])[:5],
        "trail": _trail(kind, at_upload=True),
    }
    return render(request, "reports/roster.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@bringing_in
def work(request, pk, kind: FileKind = ROSTER):
    """A check or an import. A POST on a check: `columns` says which column is which, `answers` answers its questions,
    `mend` mends cells, each of which checks the file again; none of them brings it in, once. A file that ends a large
    part of a unit goes in only with `so`, the number of what it ends.
    """
    row = _work_or_404(request, pk)
    kind = kind_of(row.kind)
    page = page_of_work(row, kind, request)
    is_check = row.kind == kind.check
    imported = jobs.applied(row) if is_check else None
    if is_check and request.method == "POST" and row.state == EffectState.DONE:
        done = _posted(request, row, kind, imported, page)
        if done is not None:
            return redirect(_address(kind), done.pk)
    page |= {
        "may_change": is_check and imported is None and not page["expired"],
        "applied": reverse(_address(kind), args=[imported.pk]) if imported else "",
        "again": reverse(_address_of_upload(kind), args=[] if kind is ROSTER else [kind.key]),
        "trail": _trail(kind),
    }
    wrong = page["not_typed"] or page["problems"] or page["no_heading"]
    return render(request, "reports/roster_work.html", page, status=422 if wrong else 200)


def _posted(request, row: Effect, kind: FileKind, imported: Effect | None, page: dict) -> Effect | None:
    """The work to be shown next; None where something is wrong, which is then in `page`."""
    if imported is None and page["expired"]:
        return row if "columns" in request.POST else None
    if imported is None and "columns" in request.POST and row.result.get("columns"):
        reading, problems = columns.chosen(request.POST, row.result["columns"], kind)
        if not problems:
            return jobs.with_columns(row, reading)
        page |= {"problems": problems, "columns": page["columns_asked"](reading, problems)}
        return None
    if imported is None and "heading" in request.POST and row.result.get("rows"):
        if heading := columns.heading_said(request.POST["heading"], row.result["rows"]):
            return jobs.with_heading(row, heading)
        page |= {"heading_rows": row.result["rows"], "no_heading": True}
        return None
    if row.result.get("asks_columns") or row.result.get("asks_heading"):
        return row
    if imported is None and "answers" in request.POST:
        return jobs.answered(row, request.POST)
    if imported is None and "mend" in request.POST:
        return jobs.with_mended(row, request.POST, {one["key"]: one["cells"] for one in page["mendable"]})
    if imported or jobs.may_apply(row, request.POST.get("so", "")):
        return jobs.apply(row)
    page |= {"not_typed": True, "typed": request.POST.get("so", "")}
    return None


def _work_or_404(request, pk: int) -> Effect:
    """One's own, of a kind that one may still bring in."""
    kinds = [name for kind in kinds_for(request) for name in (kind.check, kind.bring)]
    return get_object_or_404(Effect.objects.of(request.user).filter(kind__in=kinds), pk=pk)


def _address(kind: FileKind) -> str:
    return "reports:roster_work" if kind is ROSTER else "reports:file_work"


def _address_of_upload(kind: FileKind) -> str:
    return "reports:roster" if kind is ROSTER else "reports:file"


def _trail(kind: FileKind, *, at_upload: bool = False) -> list[tuple[str, str]]:
    trail = [(_("Tiến độ"), reverse("reports:home"))]
    if kind is ROSTER and not at_upload:
        trail.append((_("Danh sách cán bộ"), reverse("reports:find")))
    elif not at_upload:
        trail.append((str(kind.title), reverse("reports:file", args=[kind.key])))
    return trail


@require_safe
@bringing_in
def template(request, form: str, kind: FileKind = ROSTER):
    """An empty file with one example row, which the import rejects if it is left in."""
    names = [column.name for column in kind.columns if not column.optional]
    table = Table(_("Danh sách"), [kind.heading(name) for name in names], [tuple(map(str, kind.example))])
    if form == "csv":
        response = HttpResponse("".join(csv_lines(table)), content_type="text/csv; charset=utf-8")
    else:
        content = BytesIO()
        write_xlsx(table, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="mau-{kind.key}.{form}"'
    return response


@require_safe
@bringing_in
def paper(request, pk, kind: FileKind = KINDS["hoan-thanh"]):
    """The paper of an import of completions. A photograph is shown; a PDF, which was not made here, is handed out."""
    change = get_object_or_404(changes_of(request.user), pk=pk)
    row = FiledPaper.objects.filter(change=change).exclude(file="").first()
    if row is None:
        raise Http404
    name = "minh-chung.pdf" if row.is_pdf else ""
    answer = file_answer(row.file, as_attachment=row.is_pdf, filename=name, content_type=row.content_type)
    record(Act.SAW_PAPER, request.user, detail=change.name)
    return answer
