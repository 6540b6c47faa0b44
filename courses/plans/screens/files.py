"""A plan as a file: a table, or a Word document laid out as offices do."""

from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.plans.made.making import approved_version
from courses.plans.made.plan import Plan
from courses.plans.screens import gate
from courses.plans.told.tables import plan_table
from courses.plans.told.word import docx_of
from people.log.audit import Act, record
from people.times import today
from tabular.writing import XLSX_TYPE, Table, csv_lines, write_xlsx

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@gate.reading
def plan_file(request, row: Plan, kind: str) -> HttpResponse:
    """Of the version in force, else of the one shown."""
    version = approved_version(row) or gate.shown_version(row)
    version.plan = row
    record(Act.EXPORTED_PLAN, request.user, unit=row.unit_id, on=today(), detail=kind)
    name = f"ke-hoach-{row.year}-{row.unit.code}"
    now = timezone.now()
    if kind == "docx":
        response = HttpResponse(docx_of(version, today(), now), content_type=DOCX_TYPE)
        response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
        return response
    return table_response(plan_table(version, today(), now), name, kind)


def table_response(table: Table, name: str, kind: str) -> HttpResponse:
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(table)), content_type="text/csv; charset=utf-8")
    else:
        content = BytesIO()
        write_xlsx(table, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
