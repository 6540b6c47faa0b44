"""`…/gop/`: several requirements in one figure, by unit, duty, course, sector or position, and the people behind it."""

from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.reports.figures.views import frame_context
from courses.reports.files.downloads import file_response, unread_days_response
from courses.reports.files.tables import file_name
from courses.reports.query.gate import reading_figures, reading_people
from courses.reports.together.asked import Several, read_several
from courses.reports.together.people_rows import PAGE, TogetherPeople, people_table
from courses.reports.together.table import (
    SORTS,
    each_alone,
    groups,
    groups_table,
    labels,
    parts,
    segments,
    total_words,
)
from courses.together.counting import Outcome
from courses.together.dimensions import OWN, Dimension
from people.log.audit import Act, record

GROUPS = 25


def _frame(several: Several) -> dict:
    query = several.query
    frame = frame_context(query, several.answer.places.unit, several.reader)
    return frame | {"trail": [*frame["trail"], (frame["unit"].name, query.address())], "several": several}


@require_safe
@reading_figures
def together(request, requirement, code):
    several = read_several(request.reader, requirement, code, request.GET)
    sort = request.GET.get("xep", "")
    sort = sort if sort in SORTS else "xong"
    rows = groups(several, sort)
    page: Page = Paginator(rows, GROUPS).get_page(request.GET.get("trang"))
    context = {
        **_frame(several),
        "counts": several.together.counts,
        "percent": total_words(several),
        "unconfirmed": several.answer.total.unconfirmed_units,
        "key": parts(several),
        "segments": segments(several),
        "excused": several.address("together_people", muc=Outcome.EXCUSED.value),
        "everybody": several.address("together_people"),
        "alone": each_alone(several),
        "page": page,
        "lines": [
            (row, _opened(several, row.key), [_cell(several, row.key, *told) for told in row.numbers])
            for row in page.object_list
        ],
        "labels": labels(),
        "pages": _pages(several, page, sort),
        "dimensions": [_way(several, one) for one in Dimension],
        "sorts": _sorts(several, sort),
        "offered": [
            {"one": one, "chosen": one in several.chosen, "fixed": one == several.query.requirement}
            for one in several.in_force
        ],
        "action": several.query.address("together"),
        "xlsx": several.address("together_xlsx"),
        "csv": several.address("together_csv"),
    }
    return render(request, "reports/together.html", context)


def _opened(several: Several, key: str) -> dict:
    """The same page of a unit below, "" for a group that is none, and the people of the group."""
    below = several.address(code=key) if several.by == Dimension.UNIT and key != OWN else ""
    return {"below": below, "people": several.address("together_people", nhom=key)}


def _cell(several: Several, group: str, outcome: Outcome, number: int) -> dict:
    address = several.address("together_people", nhom=group, muc=outcome.value) if number else ""
    return {"number": number, "address": address, "label": labels()[outcome]}


def _way(several: Several, by: Dimension) -> dict:
    address = several.address(theo="" if by == Dimension.UNIT else by.value)
    return {"label": by.label, "address": address, "current": by == several.by}


def _sorts(several: Several, sort: str) -> list[dict]:
    named = {"xong": _("chưa đạt trước"), "so": _("đông người trước"), "ten": _("theo tên")}
    return [
        {"label": label, "address": several.address(xep="" if key == "xong" else key), "current": key == sort}
        for key, label in named.items()
    ]


def _pages(several: Several, page: Page, sort: str) -> dict:
    given = {"xep": "" if sort == "xong" else sort}
    return {
        "earlier": several.address(**given, trang=page.previous_page_number()) if page.has_previous() else "",
        "later": several.address(**given, trang=page.next_page_number()) if page.has_next() else "",
    }


@require_safe
@reading_people
def people(request, requirement, code):
    several = read_several(request.reader, requirement, code, request.GET)
    chosen = TogetherPeople(several)
    page: Page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))  # type: ignore[arg-type]
    unit, day = several.answer.places.unit.pk, several.answer.as_of
    record(Act.SAW_PEOPLE, request.user, unit=unit, on=day, count=len(page.object_list))
    given = {"nhom": several.group, "muc": several.outcome or ""}
    frame = _frame(several)
    context = {
        **frame,
        "trail": [*frame["trail"], (_("Gộp các yêu cầu"), several.address())],
        "heading": chosen.heading,
        "page": page,
        "page_query": several.address("together_people", **given).partition("?")[2] + "&",
        "total": len(chosen),
        "xlsx": several.address("together_people_xlsx", **given),
        "csv": several.address("together_people_csv", **given),
    }
    return render(request, "reports/together_people.html", context)


@require_safe
@reading_people
def groups_file(request, requirement, code, kind):
    several = read_several(request.reader, requirement, code, request.GET)
    if several.query.days.problems:
        return unread_days_response(several.query.days)
    table = groups_table(several, groups(several, request.GET.get("xep", "")))
    return file_response(request, table, file_name("gop", several.answer.as_of, kind), kind)


@require_safe
@reading_people
def people_file(request, requirement, code, kind):
    several = read_several(request.reader, requirement, code, request.GET)
    if several.query.days.problems:
        return unread_days_response(several.query.days)
    chosen, unit = TogetherPeople(several), several.answer.places.unit.pk
    day = several.answer.as_of
    record(Act.EXPORTED_PEOPLE, request.user, unit=unit, on=day, count=len(chosen), detail=kind)
    return file_response(request, people_table(chosen), file_name("can-bo-gop", day, kind), kind)
