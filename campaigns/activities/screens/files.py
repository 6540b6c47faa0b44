"""The log as a file."""

from io import BytesIO

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.activities.made import whose
from campaigns.activities.screens import gate
from campaigns.activities.screens.home import asked_year, listed
from campaigns.activities.told.tables import log_table
from people.log.audit import Act, record
from people.rights import scope
from people.times import today
from tabular.writing import XLSX_TYPE, Table, csv_lines, write_xlsx


@require_safe
@gate.reading
def log(request, kind: str) -> HttpResponse:
    """What counts or waits in the reader's reach in the year."""
    year = asked_year(request)
    rows = listed(request.user, year, "").prefetch_related("others")
    own = scope.reach_of(request.user, whose.WRITING_KINDS | whose.VERIFYING_KINDS)
    record(Act.EXPORTED_ACTIVITIES, request.user, on=today(), detail=kind)
    return table_response(log_table(rows, own, year, timezone.now()), f"so-hoat-dong-{year}", kind)


def table_response(table: Table, name: str, kind: str) -> HttpResponse:
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(table)), content_type="text/csv; charset=utf-8")
    else:
        content = BytesIO()
        write_xlsx(table, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
