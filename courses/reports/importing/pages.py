"""What the page of a check or an import shows: its rows by filter, its figures, and the columns that it asks about."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.reports.importing import jobs
from courses.reports.importing.kinds import FileKind
from courses.reports.importing.mending import FIELD
from courses.reports.importing.previews import (
    ALL,
    CHANGED,
    FILTERS,
    NEW,
    NOTED,
    WAITING,
    WRONG,
    page_of,
    pages_of,
)
from letters.numbers import is_number
from outbox.effects import Effect
from people.postings.coverage import percent
from people.units.unit import Unit
from tabular.readings import Reading

FILTER, PAGE = "loc", "trang"


def page_of_work(row: Effect, kind: FileKind, request) -> dict[str, Any]:
    """Without what a POST adds."""
    is_import = row.kind == kind.bring
    result = row.result
    page: dict[str, Any] = {
        "work": row,
        "kind": kind,
        "result": result,
        "is_import": is_import,
        "expired": not is_import and jobs.is_expired(row, timezone.now()),
        # whether answers, cells and columns may still be changed; a POST knows whether it was brought in
        "may_change": False,
        "not_typed": False,
        "typed": "",
        "problems": {},
        "heading_rows": [],
        "no_heading": False,
        "mendable": [],
        "file_name": row.payload.get("name"),
        "heading": str(kind.title) if is_import else _("Xem trước khi nhập"),
        "columns_asked": lambda reading, problems: _columns(row, kind, reading, problems),
    }
    if is_import or not row.is_finished or row.error:
        return page
    if result.get("asks_heading") or (result.get("rows") and "dong" in request.GET):
        return page | {"heading_rows": result["rows"]}
    if result.get("columns") and (result.get("asks_columns") or "cot" in request.GET):
        chosen = Reading.kept({"mapping": result.get("mapping")})
        return page | {"columns": _columns(row, kind, chosen, {})}
    return page | _rows(row, kind, request) | {"figures": _figures(result.get("figures") or [])}


def _rows(row: Effect, kind: FileKind, request) -> dict:
    kept = row.result.get("preview")
    if not kept:
        return {}
    counts = kept["counts"]
    first = next((name for name in (WRONG, WAITING, CHANGED, NEW) if counts.get(name)), ALL)
    asked = request.GET.get(FILTER, "")
    name = asked if asked in FILTERS else first
    typed = request.GET.get(PAGE, "")
    pages = pages_of(kept, name)
    number = min(int(typed), pages) if is_number(typed) and int(typed) else 1
    rows = [_row(one, kind) for one in page_of(kept, name, number)]
    return {
        "rows": rows,
        "mendable": [one for one in rows if one["cells"]],
        "filter": name,
        "filter_title": FILTERS[name],
        "filters": [(key, label, counts.get(key, 0)) for key, label in FILTERS.items() if counts.get(key)],
        "number": number,
        "pages": pages,
        "count": counts.get(name, 0),
        "is_noted": name == NOTED,
    }


def _row(one: dict, kind: FileKind) -> dict:
    """With its values beside the headings of their columns."""
    before, after, cells = one.get("before", {}), one.get("after", {}), one.get("cells") or {}
    wrong = one.get("column", "")
    fields = [
        {"name": f"{FIELD}:{one['key']}:{name}", "column": name, "heading": kind.heading(name), "value": value}
        for name, value in cells.items()
    ]
    values = [(kind.heading(name), before.get(name, ""), after.get(name, "")) for name in before | after]
    return {
        **one,
        "changes": values if "before" in one else [],
        "values": [] if "before" in one else [(heading, text) for heading, _before, text in values],
        "cells": cells,
        "column_heading": kind.heading(wrong),
        "wrong_fields": [field for field in fields if field["column"] == wrong],
        "other_fields": [field for field in fields if field["column"] != wrong],
        "mended": [kind.heading(name) for name in one.get("mended", ())],
    }


def _figures(told: list[dict]) -> dict:
    """The whole by requirement, then the units that the file touches, those that change first."""
    rows = [
        {
            **one,
            "percent": percent(one["completed"], one["required"]),
            "percent_after": percent(one["completed_after"], one["required_after"]),
        }
        for one in told
    ]
    touched = [one for one in rows if not one["is_whole"]]
    return {
        "whole": [one for one in rows if one["is_whole"]],
        "touched": touched,
        "units": len({one["code"] for one in touched}),
        "changes": any(one["changes"] for one in rows),
        # a file of units may be about a later day
        "on": next((date.fromisoformat(one["on"]) for one in told if one.get("on")), None),
        "full": any(one["percent_after"] == 100 for one in rows),
    }


def _columns(row: Effect, kind: FileKind, reading: Reading, problems: dict[str, str]) -> dict:
    """The form that asks which column is which."""
    asked = row.result["columns"]
    chosen = reading.columns or (asked["proposed"] if not problems else {})
    unit = Unit.objects.filter(pk=row.payload.get("unit")).first()
    fields = [
        {
            "name": column.name,
            "heading": kind.heading(column.name),
            "chosen": chosen.get(column.name, ""),
            "always": reading.always.get(column.name, ""),
            "may_be_constant": column.name in kind.constants,
            "must": column.required or bool(column.instead),
            "problem": problems.get(column.name, ""),
        }
        for column in sorted(kind.columns, key=lambda one: list(kind.headings).index(one.name))
    ]
    return {**asked, "fields": fields, "unit": unit, "is_named": bool(row.payload.get("is_named"))}
