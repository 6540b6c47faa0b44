"""Who stands in a report by which number, for who may see names; made as of now, never part of the report."""

from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.reports.annual.views import seen
from courses.reports.query.gate import reading_people
from people.log.audit import Act, record
from tabular.writing import XLSX_TYPE, Table, write_xlsx


@require_safe
@reading_people
def numbers(request, pk: int):
    row = seen(request, pk)
    people = row.people.order_by("number").values_list("number", "person__staff_code", "person__full_name")
    about: list[tuple[str, object]] = [(_("Báo cáo"), f"{row.unit.name}, {row.year}"), (_("Mã băm"), row.digest)]
    table = Table(_("Tra số"), [_("Số"), _("Mã cán bộ"), _("Họ tên")], list(people), about)
    content = BytesIO()
    write_xlsx(table, content)
    record(Act.EXPORTED_PEOPLE, request.user, unit=row.unit_id, on=row.as_of, count=len(people), detail="annual")
    response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="tra-so.xlsx"'
    return response
