"""The template context of a unit's page: the figure and its explanation, the pace, the units below."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.reports.figures import drawing
from courses.reports.figures.pace import Pace, Silence
from courses.reports.query.query import ReportQuery
from courses.reports.query.wording import (
    CSS,
    DEFAULT_SORT,
    KNOWLEDGE,
    SHOWN_STATES,
    UNAPPROVED,
    UnitRow,
    ordered,
    read_sort,
    segments,
)
from courses.standing.coverage import Coverage, explain
from people.rights.reader import Reader
from people.rights.roles import PEOPLE_KINDS

COLUMNS = [
    ("ten", gettext_lazy("Đơn vị")),
    ("so", gettext_lazy("Phải hoàn thành")),
    ("xong", gettext_lazy("Đã hoàn thành")),
    ("hoc", gettext_lazy("Đang học, chưa bắt đầu")),
    ("qua_han", gettext_lazy("Quá hạn, hết hiệu lực")),
    ("mien", gettext_lazy("Được miễn")),
    ("chua", gettext_lazy("Chưa xác nhận danh sách")),
]
LEVELS = [
    ("0", gettext_lazy("dưới 25 %")),
    ("1", gettext_lazy("25 đến dưới 50 %")),
    ("2", gettext_lazy("50 đến dưới 75 %")),
    ("3", gettext_lazy("75 % trở lên")),
    ("4", gettext_lazy("đủ, đã xác nhận danh sách")),
    ("x", gettext_lazy("không có mẫu số")),
]
# tiles are shown from this many units on
TILES_FROM = 6
PAGE = 25
ALL = "tat-ca"


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


def units_part(
    query: ReportQuery, children: list[dict], changed: Mapping[str | None, int], sort: str, page: str
) -> dict:
    """The units one level down: one page of them for the table, all for the tiles. `changed` is by code."""
    sort = read_sort(sort)
    rows = ordered(children, sort, changed)
    if not any(row.code for row in rows):
        return {"lines": [], "tiles": []}
    addresses = query.addresses(row.code for row in rows if row.code)
    lines: list[dict[str, Any]] = [{"row": row, "address": addresses[row.code] if row.code else ""} for row in rows]
    tiles = [line for line in lines if line["row"].code]
    paged = _paged(query, lines, sort, page)
    shown = sorted(tiles, key=lambda line: line["row"].name_order) if len(tiles) >= TILES_FROM else []
    columns = [_column(query, name, str(label), sort) for name, label in COLUMNS]
    unconfirmed = [line for line in _with_direct(lines, children, changed) if line["row"].figures["unconfirmed_units"]]
    return {
        "sort": sort,
        "lines": lines,
        **paged,
        "drawn_rows": drawing.unit_rows(paged["page_lines"], [column["label"] for column in columns]),
        "tiles": shown,
        "drawn_tiles": drawing.tiles(shown),
        "columns": columns,
        "legend": [
            {"level": level, "label": label, "count": count}
            for level, label in LEVELS
            if (count := sum(line["row"].level == level for line in tiles))
        ],
        "unconfirmed": unconfirmed,
        "drawn_unconfirmed": drawing.unconfirmed_names(unconfirmed, query.unit.name),
    }


def _with_direct(lines: list[dict], children: list[dict], changed: Mapping[str | None, int]) -> list[dict]:
    """Adds the people at the unit itself even where nobody there is required, since their roster counts."""
    own = [child for child in children if not child["unit"]["code"]]
    direct = [{"row": UnitRow(child, changed.get(None, 0)), "address": ""} for child in own]
    return [*lines, *(line for line in direct if line not in lines)]


def _paged(query: ReportQuery, lines: list[dict], sort: str, page: str) -> dict:
    """`page` is a number, or `ALL` for one page with everything."""
    lines_page = Paginator(lines, len(lines) if page == ALL else PAGE).get_page(page)

    def address(number: int | str) -> str:
        return query.address(xep=sort if sort != DEFAULT_SORT else "", trang=number)

    return {
        "page_lines": lines_page,
        "earlier_lines": address(lines_page.number - 1) if lines_page.has_previous() else "",
        "later_lines": address(lines_page.number + 1) if lines_page.has_next() else "",
        "all_lines": address(ALL),
    }


def _column(query: ReportQuery, name: str, label: str, sort: str) -> dict:
    """A column heading with a link that sorts by it, or reverses the current sorting."""
    current = sort.removeprefix("-") == name
    turned = name if sort.startswith("-") or not current else f"-{name}"
    return {
        "label": label,
        "address": query.address(xep=turned) if name != "hoc" else "",
        "aria": ("descending" if sort.startswith("-") else "ascending") if current else "",
    }


def pace_sentences(pace: Pace, deadline) -> list[str]:
    """“Còn 148 người, 22 ngày: cần 7 người mỗi ngày.” and sentences about the last two weeks and the forecast."""
    sentences = [_deadline_sentence(pace, deadline)]
    if pace.gained is not None and pace.silence is not Silence.FUTURE:
        sentences.append(_gained_sentence(pace))
    if pace.forecast:
        params = {"day": f"{pace.forecast:%d/%m/%Y}"}
        if pace.in_time is None:
            sentences.append(_("Theo đà này xong ngày %(day)s.") % params)
        elif pace.in_time:
            sentences.append(_("Theo đà này xong ngày %(day)s, kịp hạn.") % params)
        else:
            sentences.append(_("Theo đà này xong ngày %(day)s, sau hạn.") % params)
    elif pace.silence in WHY_SILENT:
        sentences.append(str(WHY_SILENT[pace.silence]))
    return [sentence for sentence in sentences if sentence]


WHY_SILENT = {
    Silence.FUTURE: gettext_lazy("Ngày này chưa đến nên không dự báo."),
    Silence.PAST: gettext_lazy("Ngày này đã qua nên không dự báo."),
    Silence.SHORT: gettext_lazy("Chưa có số liệu của hai tuần trước nên không dự báo."),
    Silence.FEW: gettext_lazy("Ít lần hoàn thành như vậy chưa đủ để dự báo."),
    Silence.FAR: gettext_lazy("Với đà này phải hơn hai năm, nên không dự báo ngày xong."),
}


def _deadline_sentence(pace: Pace, deadline) -> str:
    params: dict[str, Any] = {"n": pace.remaining, "days": pace.days_left, "needed": pace.needed}
    if not pace.remaining:
        return _("Không còn ai thiếu.")
    if deadline is None:
        return _("Còn %(n)d người.") % params
    params["day"] = f"{deadline:%d/%m/%Y}"
    if pace.days_left >= 2 * pace.remaining:
        params["every"] = pace.days_left // pace.remaining
        return _("Còn %(n)d người, %(days)d ngày đến hạn %(day)s: cứ %(every)d ngày cần thêm một người.") % params
    if pace.days_left > 0:
        return _("Còn %(n)d người, %(days)d ngày đến hạn %(day)s: cần %(needed)d người mỗi ngày.") % params
    if pace.days_left == 0:
        return _("Còn %(n)d người, hôm nay là hạn.") % params
    return _("Còn %(n)d người, đã quá hạn %(day)s được %(late)d ngày.") % {**params, "late": -pace.days_left}


def _gained_sentence(pace: Pace) -> str:
    params = {"n": pace.gained, "a_day": pace.a_day}
    if pace.gained < 0:
        return _("Hai tuần qua số người còn hiệu lực giảm %d.") % -pace.gained
    if pace.gained == 0:
        return _("Hai tuần qua không thêm ai.")
    if pace.a_day:
        return _("Hai tuần qua thêm %(n)d người, khoảng %(a_day)d người mỗi ngày.") % params
    return _("Hai tuần qua thêm %(n)d người, chưa đến một người mỗi ngày.") % params
