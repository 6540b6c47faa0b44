"""Exports the roster, in the very shape that an import takes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.reports.files.downloads import file_response
from courses.reports.files.tables import file_name
from courses.reports.query.gate import reading_people
from courses.reports.roster import export as roster_export
from courses.reports.roster.selection import Selection
from people.log.audit import Act, record
from people.postings.coverage import root_on
from people.times import today


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def export(request, kind):
    """The roster as it stands, or what a list is narrowed to, to be mended and uploaded again. A long one shows a page
    with a button; its POST starts the export in the background.
    """
    if problems := Selection(request.user, request.GET).problems:
        sentence = " ".join([*problems.values(), _("Chưa xuất tệp nào.")])
        return HttpResponse(sentence, status=400, content_type="text/plain; charset=utf-8")
    if request.method == "POST":
        roster_export.ask(kind, request.user, request.GET)
        return redirect("reports:works")
    postings = roster_export.rostered(request.user, request.GET)
    total = postings.count()
    if total > roster_export.ROWS_AT_ONCE:
        trail = [(_("Tiến độ"), reverse("reports:home")), (_("Danh sách cán bộ"), reverse("reports:find"))]
        page = {"total": total, "unit": {"name": _("Danh sách cán bộ")}, "trail": trail}
        return render(request, "reports/prepare.html", page)
    table = roster_export.roster_table(request.user, postings)
    record(Act.EXPORTED_PEOPLE, request.user, unit=root_on(today()), on=today(), count=total, detail=kind)
    return file_response(request, table, file_name("danh-sach", today(), kind), kind)
