"""What is drawn at once of many units says the same as a template would, and escapes what people wrote."""

from datetime import date
from types import SimpleNamespace

import pytest

from courses.reports.figures import drawing
from courses.reports.query.query import Days, ReportQuery
from courses.reports.query.wording import UnitRow
from people.postings.coverage import Named

LABELS = ["Đơn vị", "Phải", "Đã", "Đang", "Quá", "Miễn", "Chưa"]


def line(name="Xã <b>Lăng</b> & Tr'Hy", address="/bao-cao/x/1/?a=1&b=2", **counts):
    zero = ("required", "completed", "in_progress", "not_started", "overdue", "expired", "excused")
    counts = {**dict.fromkeys((*zero, "unconfirmed_units", "unapproved", "still_knows", "to_review"), 0), **counts}
    done = counts["completed"] or 0
    percent = done * 1000 // counts["required"] / 10 if counts["required"] else None
    return {"row": UnitRow({"unit": {"code": "1", "name": name}, "percent": percent, **counts}), "address": address}


def test_names_and_addresses_are_escaped_everywhere():
    lines = [line(required=2, completed=1, not_started=1, unconfirmed_units=2)]
    for drawn in (drawing.tiles(lines), drawing.unit_rows(lines, LABELS), drawing.unconfirmed_names(lines, "Đà Nẵng")):
        assert "<b>Lăng" not in drawn
        assert "Xã &lt;b&gt;Lăng&lt;/b&gt; &amp; Tr&#x27;Hy" in drawn
        assert 'href="/bao-cao/x/1/?a=1&amp;b=2"' in drawn


def test_a_row_tells_each_number_beside_its_label():
    row = drawing.unit_rows([line("Xã Lăng", required=4, completed=3, overdue=1, unapproved=2, still_knows=1)], LABELS)
    assert '<td role="cell" data-label="Phải" class="n zero">4</td>' in row
    assert '<progress max="4" value="3" aria-hidden="true"></progress>' in row
    assert "3/4 · 75 % · 2 chưa duyệt · 1 còn nắm vững, 0 cần ôn" in row
    assert '<td role="cell" data-label="Đang" class="n zero">0</td>' in row
    assert '<td role="cell" data-label="Quá" class="n">1</td>' in row


def test_what_is_not_told_and_who_is_not_required_are_said_in_words():
    untold = line("Xã Lăng", required=9, completed=None, excused=None, overdue=None, in_progress=None)
    assert "không nêu" in drawing.tiles([untold])
    row = drawing.unit_rows([untold], LABELS)
    assert 'class="n full">không nêu</td>' in row
    assert 'data-label="Miễn" class="n zero">–</td>' in row
    assert "Không ai giữ nhiệm vụ này" in drawing.unit_rows([line("Xã Lăng")], LABELS)


def test_people_at_the_unit_itself_have_no_address():
    drawn = drawing.unconfirmed_names([line("Trực thuộc", address="", unconfirmed_units=1)], "Đà <Nẵng>")
    assert drawn == "<li>Đà &lt;Nẵng&gt;: cán bộ trực thuộc</li>"


@pytest.mark.parametrize("code", ["20455", "THCS-01", "A+B:1", "Đ 1"])
def test_the_addresses_of_many_units_are_those_of_each(code):
    days = Days(date(2026, 3, 1), date(2026, 3, 1), None)
    query = ReportQuery(SimpleNamespace(key="nhan-dien"), None, [], Named(1, code, "Xã"), days)
    assert query.addresses([code, "20449"]) == {one: query.address(code=one) for one in (code, "20449")}
