"""What an observer reads: published month ends with small units hidden, at every door, and nothing else."""

import csv
import html
import io
import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from attacker import reads
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting, make_unit
from openpyxl import load_workbook
from sharing import shared

from courses.completions.completion import Completion
from courses.month_ends import publishing
from courses.month_ends.month_end import MonthEnd
from courses.month_ends.publishing import publish, publish_next
from courses.requirements.requirement import Excuse, Requirement
from courses.standing.coverage import coverage
from courses.standing.rule_recount import RECOUNT
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from outbox.effects import enqueue
from people.merging.merging import merge, take_back
from people.postings.posting import Posting
from people.rights.roles import RoleKind, give
from people.units.successions import rebuild_reach

COURSE = "nhan-dien-nan-nhan"
LONG_AGO = timezone.make_aware(datetime(2024, 1, 1))
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
LAST = date(2026, 10, 31)


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=1))
def province(units, cast):
    """By commune (required, completed): Tây Giang 3 of 1, Avương 4 of 0, Thạnh Mỹ 7 of 2, Sông Kôn 9 of 9; the names
    of the people are their commune's and a number."""
    seed_requirements(LONG_AGO)
    Posting.objects.all().supersede(NOW)
    song_kon = make_unit("20999", "Xã Sông Kôn", parent=units.da_nang, start=date(2025, 7, 1))
    rebuild_reach()
    people = {}
    places = ((units.tay_giang, 3, 1), (units.avuong, 4, 0), (units.thanh_my, 7, 2), (song_kon, 9, 9))
    for unit, required, completed in places:
        for number in range(required):
            person = people[unit.code, number] = make_person(f"Người Số {number}", f"{unit.code}-{number}")
            make_posting(person, unit, start=date(2026, 7, 15))
            if number < completed:
                completes(person, date(2026, 8, 15))
    rebuild_all()
    publish(NOW)
    return SimpleNamespace(**vars(cast), people=people, song_kon=song_kon)


def completes(person, on):
    Completion.objects.create(person=person, course_key=COURSE, completed_on=on, source="import", recorded_at=LONG_AGO)


def text_of(response) -> str:
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))


def test_an_observer_reads_the_province_with_its_small_units_as_one(province, client_of):
    response = client_of(province.observer).get("/bao-cao/")
    page = text_of(response)
    assert "12 trên 23" in page
    assert "tính đến hết ngày 31/10/2026" in page
    assert "Đơn vị nhỏ (2)" in page
    assert "1/7 · 14,2 %" in page
    assert "Đơn vị có dưới 5 người được gộp để không lộ tên" in page
    assert {line["row"].name for line in response.context["lines"]} == {"Xã Thạnh Mỹ", "Xã Sông Kôn"}
    # neither states nor excused, which would be those of the small ones too
    assert "Quá hạn, hết hiệu lực –" not in page
    assert response.context["key"] == []
    assert "Người Số" not in page
    assert "/can-bo/" not in response.content.decode()


def test_of_a_small_unit_she_reads_only_that_it_is_small(province, client_of):
    client = client_of(province.observer)
    for code in ("20455", "20458"):
        response = client.get(f"/bao-cao/{COURSE}/{code}/")
        assert response.status_code == 200
        page = text_of(response)
        assert "Không nêu số liệu của riêng đơn vị này" in page
        assert not re.search(r"\d+ trên \d+|\d+/\d+ ·|%", page)
        [row] = exported(client.get(f"/bao-cao/{COURSE}/{code}/xuat.csv"))
        assert [value for value in row.values() if value] == [
            code,
            row["Đơn vị"],
            "Không nêu riêng: đơn vị nhỏ",
            "2026-10-31",
        ]
    assert "7 trên 7" not in text_of(client.get(f"/bao-cao/{COURSE}/20695/"))
    assert "2 trên 7" in text_of(client.get(f"/bao-cao/{COURSE}/20695/"))


def test_what_is_published_stays_when_two_records_are_merged_and_when_that_is_taken_back(province, cast):
    published = list(MonthEnd.objects.order_by("pk").values())
    later = timezone.make_aware(datetime(2026, 12, 1, 9))
    with time_machine.travel(later, tick=False):
        said = merge(province.people["20695", 3], province.people["20695", 0], None, "Một người", later)
        assert publish(later) > 0
        first = list(MonthEnd.objects.order_by("pk").values())
        assert first[: len(published)] == published
        take_back(said, None, later)
        assert publish(later) == 0
        assert list(MonthEnd.objects.order_by("pk").values()) == first
    of_province = MonthEnd.objects.filter(requirement__key=COURSE, unit__code="48", direct=False).order_by("day")
    assert [row.figures["required"] for row in of_province][-2:] == [23, 22]


def test_whoever_sees_names_reads_today_and_every_unit(province, client_of):
    for who in (province.manager, province.unit_head):
        page = text_of(client_of(who).get(f"/bao-cao/{COURSE}/20455/"))
        assert "1 trên 3" in page
        assert "Tính đến hết ngày 24/11/2026" in page
        assert "Đơn vị nhỏ" not in page


def test_one_who_observes_a_small_unit_reads_nothing_else(province, client_of):
    own = make_person("Trần Thị Xem", "XEM-1")
    give(own, RoleKind.OBSERVER, province.units.tay_giang)
    client = client_of(own)
    assert "Không nêu số liệu của riêng" in text_of(client.get("/bao-cao/"))
    assert client.get(f"/bao-cao/{COURSE}/48/").status_code == 404


def test_who_sees_names_in_a_small_unit_reads_no_sum_that_it_is_part_of(province, client_of):
    """Tây Giang's three from seven leave Avương's four."""
    both = make_person("Lê Thị Hai Vai", "HAI-1")
    give(both, RoleKind.OBSERVER, province.units.da_nang)
    give(both, RoleKind.UNIT_HEAD, province.units.tay_giang)
    client = client_of(both)
    assert "1 trên 3" in text_of(client.get(f"/bao-cao/{COURSE}/20455/"))
    assert "Không nêu số liệu của riêng" in text_of(client.get(f"/bao-cao/{COURSE}/48/"))
    assert [row["Phải hoàn thành"] for row in exported(client.get(f"/bao-cao/{COURSE}/48/xuat.csv"))] == [""]
    assert "2 trên 7" in text_of(client.get(f"/bao-cao/{COURSE}/20695/"))


# --- days


def test_a_day_inside_a_month_is_the_month_end_before_and_a_sentence_says_so(province, client_of):
    response = client_of(province.observer).get(f"/bao-cao/{COURSE}/48/?ngay=2026-09-17")
    assert "cuối tháng gần nhất đến 17/09/2026 là ngày 31/08/2026" in text_of(response)
    assert response.context["figures"]["as_of"] == "2026-08-31"
    assert "Có chỗ cần sửa" not in text_of(client_of(province.observer).get("/bao-cao/?ngay=2026-08-31"))


@pytest.mark.parametrize("query", ["ngay=2026-09-17", "dia_gioi=2026-11-24", "biet_den=2026-11-01", "ngay=2027-01-31"])
def test_another_day_map_or_day_of_knowledge_is_not_hers(province, client_of, query):
    client = client_of(province.observer)
    plain = client.get(f"/bao-cao/{COURSE}/48/")
    asked = client.get(f"/bao-cao/{COURSE}/48/?{query}")
    assert "Có chỗ cần sửa" in text_of(asked)
    assert (asked.context["days"].known_on, asked.context["days"].own_geography) == (None, True)
    if "09" not in query:
        assert asked.context["figures"] == plain.context["figures"]
    for kind in ("csv", "xlsx"):
        refused = client.get(f"/bao-cao/{COURSE}/48/xuat.{kind}?{query}")
        assert refused.status_code == 400
        assert "Chưa xuất tệp nào" in refused.content.decode()


def test_before_the_first_month_end_the_page_says_when_figures_come(province, client_of):
    client = client_of(province.observer)
    before = client.get(f"/bao-cao/{COURSE}/48/?ngay=2026-06-15")
    assert "Số liệu đầu tiên là của ngày 31/07/2026" in text_of(before)
    assert 'href="/bao-cao/?ngay=2026-07-31"' in before.content.decode()
    MonthEnd.objects.all().delete()
    assert "có từ ngày đầu tháng sau" in text_of(client.get("/bao-cao/"))
    assert client.get(f"/bao-cao/{COURSE}/48/xuat.csv").status_code == 200
    assert "12 trên 23" not in text_of(client.get("/bao-cao/"))


def test_what_is_published_stays_when_more_is_learnt(province, client_of):
    client = client_of(province.observer)
    before = client.get("/bao-cao/").context["figures"]
    Posting.objects.filter(person=province.people["20695", 6]).supersede(NOW)
    completes(province.people["20695", 5], date(2026, 10, 1))
    rebuild_all()
    assert publish(NOW) == 0
    assert client.get("/bao-cao/").context["figures"] == before
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert publish() == 2  # two requirements
        after = client_of(province.observer).get("/bao-cao/").context["figures"]
    assert (after["as_of"], after["required"], after["completed"]) == ("2026-11-30", 22, 13)


def test_a_turn_of_the_clock_begins_no_month_after_its_time_and_the_next_goes_on(province, monkeypatch):
    rows = ("requirement", "day", "unit", "direct", "figures", "small", "kept", "closed")
    whole = list(MonthEnd.objects.order_by("day", "requirement", "unit", "direct").values_list(*rows))
    days = sorted({row[1] for row in whole})
    assert len(days) > 2
    MonthEnd.objects.all().delete()
    monkeypatch.setattr(publishing, "TURN", 0)
    for number in range(1, len(days) + 1):
        assert publish_next(NOW) > 0
        assert sorted(MonthEnd.objects.values_list("day", flat=True).distinct()) == days[:number]
    assert publish_next(NOW) == 0
    assert list(MonthEnd.objects.order_by("day", "requirement", "unit", "direct").values_list(*rows)) == whole


def test_a_unit_that_was_small_once_stays_hidden_to_the_end_of_the_year(province):
    for number in range(5):
        make_posting(make_person(f"Người Mới {number}", f"M-{number}"), province.units.avuong, start=date(2026, 11, 1))
    rebuild_all()
    assert publish(timezone.make_aware(datetime(2027, 2, 1, 1))) == 6
    closed = {
        day: MonthEnd.objects.get(requirement__key=COURSE, day=day, unit=province.units.avuong, direct=False).closed
        for day in (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31))
    }
    assert (closed[date(2026, 11, 30)], closed[date(2026, 12, 31)]) == (True, True)
    # in the new year nine are no longer small; Tây Giang alone would be known, so one goes with it
    complements = MonthEnd.objects.filter(requirement__key=COURSE, day=date(2027, 1, 31), closed=True, small=False)
    assert complements.filter(direct=False, parent=province.units.da_nang).count() == 1


def test_the_figures_are_those_of_coverage_on_the_days_own_map(province):
    answer = coverage(COURSE, as_of=LAST)
    rows = {row.unit.code: row for row in MonthEnd.objects.filter(day=LAST, direct=False).select_related("unit")}
    assert rows["48"].figures["required"] == answer.total.required
    for child in answer.children:
        if child.code and not rows[child.code].closed:
            assert rows[child.code].figures == {**child.counts(), "changed_units": 0}
    assert {code for code, row in rows.items() if row.closed} == {"20455", "20458", "THCS-01"}
    assert MonthEnd.objects.filter(closed=True, figures__isnull=False).count() == 0


def test_requirements_of_one_duty_hide_the_same_units(province):
    """With an excuse for one of them, five are four: told in the other, they would be known from the difference."""
    other = seed_requirements(LONG_AGO)[-1]
    MonthEnd.objects.all().delete()
    for person in list(province.people.values())[7:10]:
        Excuse.objects.create(person=person, requirement=other, reason="Thai sản", start=date(2026, 7, 15))
    rebuild_all()
    publish(NOW)
    closed = {
        key: set(
            MonthEnd.objects.filter(requirement__key=key, day=LAST, closed=True).values_list("unit__code", flat=True)
        )
        for key in (COURSE, other.key)
    }
    assert closed[COURSE] == closed[other.key]
    assert "20695" in closed[COURSE]


# --- the attacker at the doors


def exported(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


COLUMNS = {"required": "Phải hoàn thành", "completed": "Đã hoàn thành"}


def test_nobody_works_out_a_hidden_count_from_all_pages_and_files(province, client_of):
    """Every unit, month end and file, read as text; the hidden ones are those she may not know."""
    client, rows, parents = client_of(province.observer), [], {"48": None}
    days = sorted(set(MonthEnd.objects.values_list("day", flat=True)))[-3:]
    for day in days:
        for code in ("48", "20455", "20458", "20695", "20999"):
            address = f"/bao-cao/{COURSE}/{code}/"
            total, *below = exported(client.get(f"{address}xuat.csv?ngay={day}"))
            sheet = load_workbook(io.BytesIO(client.get(f"{address}xuat.xlsx?ngay={day}").content)).active
            assert total["Đã hoàn thành"] in {str(cell.value or "") for line in sheet for cell in line}
            line = next((row for row in below if row["Dòng"] == "Đơn vị nhỏ"), None)
            rows.append(told(code, day, parents.get(code, "48"), total, line))
            page = client.get(f"{address}?ngay={day}")
            figures = page.context.get("figures")
            assert bool(figures) == (rows[-1]["figures"] is not None)
            assert not figures or str(figures["required"]) == total["Phải hoàn thành"]
    found = reads(rows).found()
    hidden = {
        (name, day, code)
        for row in rows
        if row["figures"] is None
        for name in COLUMNS
        for day, code in [(row["day"], row["unit"])]
    }
    assert {("required", days[0], "48"), ("required", days[0], "20695")} <= {(n, d, u) for n, _r, d, u, _x in found}
    assert len(hidden) == 3 * 2 * 2
    assert {(n, d, u) for n, _r, d, u, _x in found} & hidden == set()


def told(code, day, parent, total, line) -> dict:
    figures = {name: int(total[label]) if total[label] else None for name, label in COLUMNS.items()}
    known = line and {name: int(line[label]) if line[label] else None for name, label in COLUMNS.items()}
    about = {"requirement": COURSE, "day": day, "unit": code, "direct": False, "parent": parent}
    return {**about, "figures": figures if figures["required"] is not None else None, "line": known}


# --- cost


def test_a_month_end_costs_the_same_for_more_people_units_and_months(province, client_of):
    """Session, person, roles, rules, reach, month ends, the unit's, its trend."""
    client, counts = client_of(province.observer), []
    addresses = ("/bao-cao/", f"/bao-cao/{COURSE}/20695/", f"/bao-cao/{COURSE}/48/xuat.csv")
    for size in (0, 3):
        for number in range(size):
            unit = make_unit(
                f"3{number:04}", f"Xã Thêm {number}", parent=province.units.da_nang, start=date(2025, 7, 1)
            )
            for person in range(6):
                make_posting(make_person("Ai Đó", f"T-{number}-{person}"), unit, start=date(2026, 7, 15))
        if size:
            rebuild_reach()
            rebuild_all()
            publish(NOW + timedelta(days=7))
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 12


def test_publishing_waits_for_a_rule_that_is_being_recounted(province):
    MonthEnd.objects.all().delete()
    requirement = Requirement.objects.get(key=COURSE)
    rule = requirement.rules.get(superseded_at=None)
    enqueue(RECOUNT, {"rule": rule.pk}, key=f"{RECOUNT}:{rule.pk}", requested_by=province.manager)
    assert publish(NOW) == 0


def test_an_earlier_month_end_is_published_once_and_in_order(province):
    days = list(MonthEnd.objects.filter(direct=False, parent=None).values_list("day", flat=True).order_by("pk"))
    assert days == sorted(days)
    assert set(days) == {date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), LAST}
