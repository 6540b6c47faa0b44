"""A bridge, and the people behind a number of it, as CSV and XLSX."""

from django.http import Http404
from django.views.decorators.http import require_safe

from courses.reports.files.downloads import file_response, unread_days_response
from courses.reports.files.tables import file_name
from courses.reports.movements.asked import read_between, read_chosen, sees_people
from courses.reports.movements.people_rows import ChosenPeople
from courses.reports.movements.table import bridge_table, people_table
from courses.reports.query.gate import reading_people
from courses.reports.query.lookup import read_query
from people.log.audit import Act, record


@require_safe
@reading_people
def bridge(request, requirement, code, kind):
    """For who may see names: a cause is about single people."""
    between = read_between(read_query(request.reader, requirement, code, request.GET), request.GET)
    if not sees_people(between, request.reader):
        raise Http404
    if between.query.days.problems:
        return unread_days_response(between.query.days)
    made = between.movement()
    table = bridge_table(between, made.bridge, (made.first, made.last))
    return file_response(request, table, file_name("bien-dong", between.last, kind), kind)


@require_safe
@reading_people
def people(request, requirement, code, kind):
    between = read_between(read_query(request.reader, requirement, code, request.GET), request.GET)
    chosen = ChosenPeople(between, read_chosen(request.GET), request.reader)
    if between.query.days.problems:
        return unread_days_response(between.query.days)
    unit, day = between.query.unit.pk, between.last
    record(Act.EXPORTED_PEOPLE, request.user, unit=unit, on=day, count=len(chosen), detail=kind)
    return file_response(request, people_table(chosen), file_name("can-bo-bien-dong", day, kind), kind)
