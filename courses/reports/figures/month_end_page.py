"""The template context of a unit's page for who may not see names: a published month end."""

from courses.month_ends.reading import UnitMonth, months_of, unit_month
from courses.reports.figures.chart import chart
from courses.reports.figures.pace import pace
from courses.reports.figures.pace_words import pace_sentences
from courses.reports.figures.unit_list import Asked, units_part
from courses.reports.query.query import ReportQuery
from courses.reports.query.wording import CSS, SHOWN_STATES, UnitRow, empty_words, percent_words, segments
from people.rights.reader import Reader
from people.times import today


def month_end_part(query: ReportQuery, reader: Reader, asked: Asked) -> dict:
    """Three queries at most, whatever the number of people, units and months."""
    known = reader.knows_people_of
    month = unit_month(query.requirement, query.unit, query.days.as_of, known)
    if month.figures is None:
        return {"month": month}
    row = UnitRow(month.figures, month.figures["changed_units"], empty_words(month.empty_communes))
    return {
        "month": month,
        "figures": month.figures,
        "row": row,
        "line_percent": percent_words(month.line) if month.line else "",
        **_states(month),
        **units_part(query, list(month.children), month.changed_units, asked),
        **_trend(query, month, months_of(query.requirement, query.unit.pk, month.day, known)),
    }


def _states(month: UnitMonth) -> dict:
    """Each state of the required; none where anything below is hidden."""
    figures = month.figures
    if figures is None or figures[SHOWN_STATES[0].value] is None or figures[SHOWN_STATES[1].value] is None:
        return {"key": [], "segments": []}
    key = [{"label": state.label, "count": figures[state.value], "css": CSS[state]} for state in SHOWN_STATES]
    return {"key": key, "segments": segments(figures)}


def _trend(query: ReportQuery, month: UnitMonth, points: list[tuple]) -> dict:
    figures = month.figures
    if figures is None or figures["completed"] is None or not figures["required"]:
        return {"points": [], "chart": None, "pace_sentences": [], "first_sentences": []}
    deadline = query.rule.deadline if query.rule else None
    current = pace(figures["required"], figures["completed"], month.day, deadline, {}, today())
    drawn = [(day, completed) for day, completed, _required in points]
    sentences = pace_sentences(current, deadline)
    return {
        "points": points if len(points) > 1 else [],
        "chart": chart(drawn, figures["required"], deadline, None),
        "pace_sentences": sentences,
        # that a day which is past has no forecast is no news on the first screen
        "first_sentences": sentences[:1],
    }
