"""The template context of a unit's figure: its states, what is behind each, how it came about."""

from django.urls import reverse

from courses.reports.query.query import ReportQuery, with_query
from courses.reports.query.wording import (
    CSS,
    KNOWLEDGE,
    SHOWN_STATES,
    UNAPPROVED,
    UnitRow,
    segments,
    unheld_words,
)
from courses.standing.coverage import Coverage, explain
from people.rights.reader import Reader
from people.rights.roles import PEOPLE_KINDS
from people.times import today

# the parameter of an address that asks how the denominator comes about
HOW = {"cach_tinh": "1"}
# the roster behind more people is counted only for who asks how their number comes about
MANY = 50_000


def figure_part(query: ReportQuery, answer: Coverage, reader: Reader, asks_how: bool = False) -> dict:
    """`asks_how`: the address asks how the denominator comes about."""
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
        "row": UnitRow(figures, answer.total.changed_units, unheld_words(answer.total.unheld_units)),
        "unheld": _unheld_address(query) if answer.total.unheld_units else "",
        "asks_how": asks_how,
        "explained": explain(answer) if asks_how or answer.total.required <= MANY else None,
        "how": f"{query.address(**HOW)}#cach-tinh",
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


def _unheld_address(query: ReportQuery) -> str:
    """Of the list of these communes, which is about today; "" for other days."""
    days = query.days
    if days.as_of != today() or not days.own_geography or days.known_on:
        return ""
    return with_query(reverse("reports:unheld"), {"don_vi": query.code, "yeu_cau": query.requirement.key})
