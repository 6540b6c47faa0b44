"""What is taken away of a class as a file: its attendance as a table, the certificates of those who completed."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.certificates import sheets
from courses.certificates.certificate import Certificate
from courses.classes.held.tables import attendance_table
from courses.classes.planned.training_class import TrainingClass
from courses.classes.screens import gate
from courses.content.taught import titles
from courses.progress.attended import CourseAttended
from people.log.audit import Act, record
from people.times import today
from printing import MissingLetter
from tabular.writing import XLSX_TYPE, csv_lines, write_xlsx


@require_safe
@gate.own_page
def table(request, pk: int, kind: str) -> HttpResponse:
    """For whoever may open the class; in the log as every list that leaves."""
    row = gate.class_or_404(request.user, pk)
    made = attendance_table(row, titles().get(row.course_key, row.course_key), timezone.now())
    if kind == "csv":
        response = HttpResponse("".join(csv_lines(made)), content_type="text/csv; charset=utf-8")
    else:
        content = BytesIO()
        write_xlsx(made, content)
        response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    record(Act.EXPORTED_PEOPLE, request.user, unit=row.unit_id, on=today(), count=row.participants.count(), detail=kind)
    response["Content-Disposition"] = f'attachment; filename="diem-danh-lop-{row.pk}.{kind}"'
    return response


@require_safe
@gate.own_page
def certificates(request, pk: int) -> HttpResponse:
    """One PDF with a page for each certificate that is good today, of people for whom the class counts."""
    row = gate.class_or_404(request.user, pk)
    rows = _certificates(row)
    if not rows:
        messages.error(request, _("Chưa ai trong lớp có chứng nhận. Ai còn bài kiểm tra thì tự làm xong sẽ có."))
        return redirect("classes:class", row.pk)
    try:
        content = sheets.pdf(rows, _("Chứng nhận, %s") % row.title)
    except MissingLetter as missing:
        return HttpResponse(str(missing), status=503, content_type="text/plain; charset=utf-8")
    record(Act.PRINTED_CERTIFICATES, request.user, unit=row.unit_id, on=today(), count=len(rows), detail=row.course_key)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="chung-nhan-lop-{row.pk}.pdf"'
    return response


def _certificates(row: TrainingClass) -> list[Certificate]:
    """Made on or after the day as of which the class counts; walk-ins take theirs from their own unit."""
    counted = CourseAttended.objects.current().filter(training_class=row)
    own = row.participants.filter(walk_in=False, person__in=counted.values("person"))
    day = counted.values_list("on", flat=True).first()
    usable = Certificate.objects.usable_on(today()).filter(course_key=row.course_key, person__in=own.values("person"))
    good = usable.filter(completed_on__gte=day) if day else usable.none()
    return list(good.select_related("person").order_by("person__name_order", "pk"))
