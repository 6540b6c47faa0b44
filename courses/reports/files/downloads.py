"""The figures and the people as CSV and XLSX: the same query as on the screen."""

from io import BytesIO

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.reports.figures.views import answered
from courses.reports.files import export_jobs
from courses.reports.files.tables import file_name, people_table, units_table
from courses.reports.people.views import Chosen, ask_people
from courses.reports.query.gate import reading_figures, reading_people
from courses.reports.query.lookup import find
from courses.reports.query.query import Days
from people.log.audit import Act, record
from tabular.writing import XLSX_TYPE, Dialect, Table, csv_lines, write_xlsx


@require_safe
@reading_figures
def units(request, requirement, code, kind):
    asked = find(request.reader, requirement, code, request.GET)
    if asked.days.problems:
        return refused(asked.days)
    answer = answered(asked, request.reader)
    return filed(request, units_table(asked, answer), file_name("tien-do", answer.as_of, kind), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def people(request, requirement, code, kind):
    """Long lists are written in the background when the button is pressed, and the reader is led to where they will
    be.
    """
    asked, answer = ask_people(request, requirement, code)
    if asked.days.problems:
        return refused(asked.days)
    chosen = Chosen(asked, answer, request.GET)
    total = chosen.count(chosen.state)
    if request.method == "POST":
        export_jobs.ask(asked.requirement.key, asked.code, request.GET.dict(), kind, request.user)
        return redirect("reports:works")
    if total > export_jobs.ROWS_AT_ONCE:
        page = {
            "total": total,
            "unit": answer.places.unit,
            "trail": [(answer.places.unit.name, asked.address("people"))],
        }
        return render(request, "reports/prepare.html", page)
    record(Act.EXPORTED_PEOPLE, request.user, unit=answer.places.unit.pk, on=answer.as_of, count=total, detail=kind)
    return filed(request, people_table(chosen), file_name("can-bo", answer.as_of, kind), kind)


def refused(days: Days) -> HttpResponse:
    """A file is carried away and kept, so it is never about another day than was asked for."""
    sentence = " ".join([*days.problems, _("Chưa xuất tệp nào.")])
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")


def filed(request, table: Table, name: str, kind: str) -> HttpResponse:
    if kind == "csv":
        dialect = Dialect.ENGLISH if request.GET.get("phan_cach") == "phay" else Dialect.VIETNAMESE
        response = HttpResponse("".join(csv_lines(table, dialect)), content_type="text/csv; charset=utf-8")
    else:
        content = BytesIO()
        write_xlsx(table, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
