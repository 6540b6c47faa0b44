"""`/bao-cao/`: the figure of a unit with its explanation, and the units below."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.reports.figures.chart import chart
from courses.reports.figures.month_end_page import month_end_part
from courses.reports.figures.pace import pace
from courses.reports.figures.pace_words import first_and_last, pace_sentences
from courses.reports.figures.unit_list import Asked, units_part
from courses.reports.figures.unit_page import figure_part
from courses.reports.query.file_columns import UNITS, boxes, chosen
from courses.reports.query.gate import reading_figures
from courses.reports.query.lookup import read_query
from courses.reports.query.people_rows import lines
from courses.reports.query.query import ReportQuery
from courses.reports.query.wording import MISSING_STATES
from courses.reports.queue.views import queue_part
from courses.standing.coverage import Coverage, coverage
from courses.standing.daily_counts import trend
from courses.standing.people_standing import people_standing
from pages.shell.navigation import EDITING_KINDS
from people.postings.coverage import Named, places_of
from people.rights.reader import Reader
from people.rights.roles import RoleKind, role_kinds
from people.rights.scope import TRAINING_KINDS
from people.times import today

# the trend goes back this far, with one point a week
TREND_DAYS = 26 * 7
MISSING_SHOWN = 15
# of them on the first screen of a unit's page
NEXT_SHOWN = 3
# so many missing people are not put in order to show the first of them
MANY = 2000


@require_safe
@reading_figures
def unit(request, requirement=None, code=None):
    """Defaults to the first requirement and the highest unit of the reader's reach."""
    query = read_query(request.reader, requirement, code, request.GET)
    asked = Asked.of(request.GET)
    if not request.reader.may_see_people(query.unit.pk):
        frame = frame_context(query, query.unit, request.reader)
        return render(request, "reports/month_end.html", frame | month_end_part(query, request.reader, asked))
    answer = coverage_for(query, request.reader)
    figure = figure_part(query, answer, request.reader, "cach_tinh" in request.GET)
    people = _missing_people(query, answer) if figure["may_see_people"] and figure["row"].missing else []
    page = {
        **frame_context(query, answer.places.unit, request.reader, chosen(request.GET, UNITS)),
        **figure,
        **units_part(query, figure["figures"]["children"], answer.changed_units, asked, answer.unheld_units),
        **_pace_part(query, answer),
        **_roster_part(query, answer, request),
        **(queue_part(request.reader) if code is None else {}),
        "edits": bool(role_kinds(request.user) & EDITING_KINDS),
        "people": people,
        "first_people": people[:NEXT_SHOWN],
    }
    return render(request, "reports/unit.html", page)


def coverage_for(query: ReportQuery, reader: Reader) -> Coverage:
    """The figure for screen and export, for who may see the names behind it; all others read month ends
    (`courses.month_ends.reading`). On a past day of knowledge the map may differ, so the unit is looked up by its code;
    raises Http404 if the code belonged to a unit whose people the reader may not see.
    """
    days = query.days
    unit = query.code if days.known_on else places_of(query.unit, days.geography)
    answer = coverage(query.requirement, unit=unit, as_of=days.as_of, geography=days.geography, known_on=days.known_on)
    if not reader.may_see_people(answer.places.unit.pk):
        raise Http404
    return answer


def frame_context(query: ReportQuery, named: Named, reader: Reader, columns: tuple[str, ...] = ()) -> dict:
    """The context around a figure of the unit: breadcrumbs, other requirements and units, export links."""
    days = query.days
    above = reader.above(named.pk)
    return {
        "requirement": query.requirement,
        "rule": query.rule,
        "unit": named,
        "days": days,
        "is_future": days.is_future,
        "recounting": query.recounting,
        "trail": [(place.name, query.address(code=place.code)) for place in reversed(above)],
        "choices": [
            {"name": other.name, "current": other == query.requirement, "address": query.about(other)}
            for other in query.others
        ],
        "roots": [
            {"name": root.name, "current": root.pk == named.pk, "address": query.address(code=root.code)}
            for root in reader.roots()
        ],
        "may_upload": reader.may_upload,
        "leads_training": reader.holds(TRAINING_KINDS),
        "may_publish": any(len(unit.path) == 1 for unit in reader.roots({RoleKind.PROVINCE_MANAGER})),
        "action": reverse("reports:unit", args=[query.requirement.key, query.code]),
        "movement": query.address("movement"),
        "together": query.address("together"),
        "xlsx": query.address("units_xlsx", cot=",".join(columns)),
        "csv": query.address("units_csv", cot=",".join(columns)),
        "boxes": boxes(UNITS, columns),
        "kept_by_boxes": list(days.parameters().items()),
    }


def _pace_part(query: ReportQuery, answer: Coverage) -> dict:
    """Trend and forecast, on each day's own map, before the unit's first day on the map of that one, and as known now;
    none for another map or day of knowledge.
    """
    days, total = query.days, answer.total
    deadline = query.rule.deadline if query.rule else None
    past = []
    if days.own_geography and days.known_on is None and not days.is_future:
        past = trend(query.requirement, answer.places.unit.pk, TREND_DAYS, days.as_of - timedelta(days=1))
    points = [(point.day, point.completed, point.required) for point in past if (days.as_of - point.day).days % 7 == 0]
    points.append((days.as_of, total.completed, total.required))
    history = {point.day: point.completed for point in past}
    current = pace(total.required, total.completed, days.as_of, deadline, history, today())
    drawn = [(day, completed) for day, completed, _required in points]
    sentences = pace_sentences(current, deadline) if total.required else []
    return {
        "points": points if len(points) > 1 else [],
        "chart": chart(drawn, total.required, deadline, current.forecast),
        "pace_sentences": sentences,
        "first_sentences": first_and_last(sentences),
    }


def _roster_part(query: ReportQuery, answer: Coverage, request) -> dict:
    unit_id, days = answer.places.unit.pk, query.days
    confirmation, changed = answer.confirmation, answer.own_roster_changed
    return {
        "confirmation": confirmation,
        "changed": changed,
        "confirmed_today": confirmation is not None and confirmation.on == today() and not changed,
        "may_confirm": request.reader.may_confirm(unit_id) and days.known_on is None,
        "here": request.get_full_path(),
    }


def _missing_people(query: ReportQuery, answer: Coverage) -> list:
    """The first people without a valid completion, as known now."""
    if query.days.known_on or not query.rule:
        return []
    days = query.days
    many = answer.total.required - answer.total.completed > MANY
    rows = people_standing(
        query.requirement,
        answer.places,
        days.as_of,
        states=MISSING_STATES,
        rule=query.terms,
        with_since=False,
        many=many,
    )
    return lines(rows[:MISSING_SHOWN], query.rule.course_keys, days.as_of)
