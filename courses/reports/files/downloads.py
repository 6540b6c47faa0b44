"""Downloads of the figures and the people as CSV and XLSX, by the same query as the screen."""

from io import BytesIO

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.month_ends.reading import unit_month
from courses.reports.figures.views import coverage_for
from courses.reports.files import export_jobs
from courses.reports.files.month_end_table import month_end_table
from courses.reports.files.tables import file_name, people_table, units_table
from courses.reports.people.views import PeopleSelection, people_query
from courses.reports.query.file_columns import UNITS, chosen
from courses.reports.query.gate import reading_figures, reading_people
from courses.reports.query.lookup import read_query
from courses.reports.query.query import Days
from people.log.audit import Act, record
from tabular.writing import XLSX_TYPE, Dialect, Table, csv_lines, write_xlsx


@require_safe
@reading_figures
def units(request, requirement, code, kind):
    query = read_query(request.reader, requirement, code, request.GET)
    if query.days.problems:
        return unread_days_response(query.days)
    if request.reader.may_see_people(query.unit.pk):
        table = units_table(query, coverage_for(query, request.reader), chosen(request.GET, UNITS))
    else:
        month = unit_month(query.requirement, query.unit, query.days.as_of, request.reader.knows_people_of)
        table = month_end_table(month)
    return file_response(request, table, file_name("tien-do", query.days.as_of, kind), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def people(request, requirement, code, kind):
    """A long list shows a page with a button; its POST starts the export in the background and redirects to the list
    of works.
    """
    query, answer = people_query(request, requirement, code)
    if query.days.problems:
        return unread_days_response(query.days)
    selection = PeopleSelection(query, answer, request.GET)
    total = selection.total
    if request.method == "POST":
        export_jobs.ask(query.requirement.key, query.code, request.GET.dict(), kind, request.user)
        return redirect("reports:works")
    if total > export_jobs.ROWS_AT_ONCE:
        page = {
            "total": total,
            "unit": answer.places.unit,
            "trail": [(answer.places.unit.name, query.address("people"))],
        }
        return render(request, "reports/prepare.html", page)
    record(Act.EXPORTED_PEOPLE, request.user, unit=answer.places.unit.pk, on=answer.as_of, count=total, detail=kind)
    return file_response(request, people_table(selection), file_name("can-bo", answer.as_of, kind), kind)


def unread_days_response(days: Days) -> HttpResponse:
    """400 with the problems: unlike a page, a file never falls back to another day."""
    sentence = " ".join([*days.problems, _("Chưa xuất tệp nào.")])
    return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")


def file_response(request, table: Table, name: str, kind: str) -> HttpResponse:
    if kind == "csv":
        dialect = Dialect.ENGLISH if request.GET.get("phan_cach") == "phay" else Dialect.VIETNAMESE
        response = HttpResponse("".join(csv_lines(table, dialect)), content_type="text/csv; charset=utf-8")
    else:
        content = BytesIO()
        write_xlsx(table, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
