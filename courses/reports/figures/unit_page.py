"""The template context of a unit's figure: its states, what is behind each, how it came about."""

from courses.reports.query.query import ReportQuery
from courses.reports.query.wording import (
    CSS,
    KNOWLEDGE,
    SHOWN_STATES,
    UNAPPROVED,
    UnitRow,
    segments,
)
from courses.standing.coverage import Coverage, explain
from people.rights.reader import Reader
from people.rights.roles import PEOPLE_KINDS


def figure_part(query: ReportQuery, answer: Coverage, reader: Reader) -> dict:
    figures = answer.as_dict()
    sees_people = reader.may_see(answer.places.unit.pk, PEOPLE_KINDS)

    def people(**filters) -> str:
        return query.address("people", **filters) if sees_people else ""

    key = [
        {
            "label": state.label,
            "count": figures[state.value],
            "css": CSS[state],
            "address": people(trang_thai=state.value) if figures[state.value] else "",
        }
        for state in SHOWN_STATES
    ]
    return {
        "figures": figures,
        "row": UnitRow(figures, answer.total.changed_units),
        "explained": explain(answer),
        "undivided": answer.undivided,
        "key": key,
        "segments": segments(figures),
        "may_see_people": sees_people,
        "everybody": people(),
        "excused": people(trang_thai="excused") if figures["excused"] else "",
        "unapproved_address": people(trang_thai=UNAPPROVED) if figures["unapproved"] else "",
        "knowledge": [
            (one.label, figures[one.value], people(trang_thai=name) if figures[one.value] else "")
            for name, one in KNOWLEDGE.items()
        ],
        "forgotten": query.address("forgotten") if figures["still_knows"] + figures["to_review"] else "",
        "missing_address": people(trang_thai="thieu"),
    }
