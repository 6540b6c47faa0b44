"""A bridge, and the people behind a number of it, as CSV and XLSX."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.reports.files.downloads import file_response, unread_days_response
from courses.reports.files.tables import file_name
from courses.reports.movements import export_jobs
from courses.reports.movements.asked import read_between, read_chosen, sees_people
from courses.reports.movements.people_rows import ChosenPeople
from courses.reports.movements.table import bridge_table, people_table
from courses.reports.movements.working import answer_of, to_the_page
from courses.reports.query.gate import reading_people
from courses.reports.query.lookup import read_query
from outbox.effects import Effect
from people.log.audit import Act, record


def _between(request, requirement: str, code: str):
    """For who may see names: a cause is about single people."""
    between = read_between(read_query(request.reader, requirement, code, request.GET), request.GET)
    if not sees_people(between, request.reader):
        raise Http404
    return between


@require_safe
@reading_people
def bridge(request, requirement, code, kind):
    between = _between(request, requirement, code)
    if between.query.days.problems:
        return unread_days_response(between.query.days)
    answer = answer_of(between)
    if isinstance(answer, Effect):
        return to_the_page(between)
    made = answer.made
    table = bridge_table(between, made.bridge, (made.first, made.last))
    return file_response(request, table, file_name("bien-dong", between.last, kind), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@reading_people
def people(request, requirement, code, kind):
    """Of many people a page with a button, whose POST has the file written in the background."""
    between = _between(request, requirement, code)
    if between.query.days.problems:
        return unread_days_response(between.query.days)
    if request.method == "POST":
        export_jobs.ask(between.query.requirement.key, between.query.code, request.GET, kind, request.user)
        return redirect("reports:works")
    answer = answer_of(between)
    if isinstance(answer, Effect):
        return to_the_page(between)
    chosen = ChosenPeople(between, read_chosen(request.GET), request.reader, answer.made)
    if len(chosen) > export_jobs.ROWS_AT_ONCE:
        trail = [(between.query.unit.name, between.query.address()), (_("Vì sao con số đổi"), between.address())]
        return render(
            request, "reports/prepare.html", {"total": len(chosen), "unit": between.query.unit, "trail": trail}
        )
    unit, day = between.query.unit.pk, between.last
    record(Act.EXPORTED_PEOPLE, request.user, unit=unit, on=day, count=len(chosen), detail=kind)
    return file_response(request, people_table(chosen), file_name("can-bo-bien-dong", day, kind), kind)
