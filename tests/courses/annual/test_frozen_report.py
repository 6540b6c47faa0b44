"""A report is counted once, at a moment; what is made again is the same to the byte."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_person, make_posting
from reported import COURSE, LONG_AGO, NOW, TODAY, completes, files_of, frozen_report, make_year, value, wanted
from sharing import shared

from courses.annual import freezing, snapshot
from courses.annual.freezing import ImportOpen, freeze
from courses.annual.paper import files
from courses.annual.patterns import pattern_of
from courses.annual.report import AnnualReport
from courses.standing.coverage import coverage
from courses.standing.standing import refresh
from people.changes.change import BulkChange
from people.postings.coverage import places
from people.privacy import erasure
from people.times import today

CUT = date(2026, 12, 14)


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def year(units):
    return make_year(units)


@shared(on=NOW)
def of_province(units, year):
    return frozen_report(units.da_nang)


def test_the_figures_are_those_of_coverage_as_of_the_cut(units, year, of_province):
    report = of_province
    assert report.as_of == CUT
    told = coverage(COURSE, as_of=CUT, known_on=NOW).total
    names = {"phai": 4, "hoan_thanh": 1, "het_hieu_luc": 1, "chua_bat_dau": 2, "duoc_mien": 1, "qua_han": 0}
    assert {name: value(report, f"{COURSE}.{name}") for name in names} == names
    assert (told.required, told.completed, told.expired, told.not_started, told.excused) == (4, 1, 1, 2, 1)
    assert value(report, f"{COURSE}.ty_le") == 25.0
    assert value(report, f"{COURSE}.chua_xac_nhan") == told.unconfirmed_units


def test_who_is_posted_twice_counts_once_in_the_sum_and_once_in_each_unit(units, year, of_province):
    report = of_province
    assert value(report, f"{COURSE}@20455.phai") == 4
    assert value(report, f"{COURSE}@20458.phai") == 1
    assert value(report, f"{COURSE}.phai") == 4


def test_the_second_call_finds_the_same_bytes_whatever_happened_since(units, year, of_province):
    first = of_province
    before = files_of(first)
    newcomer = make_person("Người Mới", "BC-099")
    make_posting(newcomer, units.tay_giang)
    completes(year[2], date(2026, 11, 1))
    again = frozen_report(units.da_nang, now=NOW + timedelta(days=3))
    assert again == first
    assert files_of(again) == before


def test_files_made_twice_of_one_snapshot_are_the_same_bytes(units, year):
    asked = wanted(units.da_nang)
    taken = snapshot.take(asked.period, places("48", CUT), pattern_of(units.da_nang, CUT), NOW)
    taken.data.update({"version": 1, "reason": "", "changes": {}, "replaces": ""})
    first = files.files_of(taken)
    with time_machine.travel(NOW + timedelta(days=40, hours=3)):
        assert files.files_of(taken) == first


def test_a_recount_as_known_at_the_moment_gives_the_same_figures(units, year, of_province):
    report = of_province
    later = NOW + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        completes(year[2], date(2026, 11, 1), at=later)
        newcomer = make_person("Người Mới", "BC-098")
        make_posting(newcomer, units.tay_giang, at=later)
        refresh([newcomer.pk], later)
        where = places("48", CUT, report.taken_at)
        again = snapshot.take(wanted(units.da_nang).period, where, pattern_of(units.da_nang, CUT), report.taken_at)
        now = coverage(COURSE, as_of=CUT).total
    assert again.data["figures"] == json.loads(report.data)["figures"]
    assert (now.required, now.completed) == (5, 2)


def test_an_erasure_changes_no_byte_and_the_look_up_says_the_code(units, cast, year, of_province):
    report = of_province
    before = files_of(report)
    number = report.people.get(person=year[0]).number
    erasure.erase(year[0], by=cast.administrator, now=NOW)
    assert files_of(AnnualReport.objects.get(pk=report.pk)) == before
    assert report.people.get(number=number).person.full_name.startswith("DX-")


def test_no_file_names_anybody(units, year, of_province):
    report = of_province
    for name, content in files_of(report).items():
        if name.endswith((".csv", ".json")):
            text = content.decode()
            assert "Người Thứ" not in text, name
            assert "BC-00" not in text, name


def test_numbers_are_drawn_anew_for_each_report(units, year):
    first, other = frozen_report(units.da_nang), frozen_report(units.tay_giang)
    numbers = [dict(report.people.values_list("person", "number")) for report in (first, other)]
    assert numbers[0] != numbers[1]
    assert numbers[0].keys() >= numbers[1].keys()


def test_nothing_is_frozen_while_an_import_is_being_written(units, year):
    change = BulkChange.objects.create(kind="roster", name="danh-sach.xlsx", begun_at=NOW, last_at=NOW)
    with pytest.raises(ImportOpen, match="danh-sach.xlsx"):
        frozen_report(units.da_nang)
    change.ended_at = NOW
    change.save()
    assert frozen_report(units.da_nang).version == 1


def test_an_import_that_was_killed_long_ago_hinders_nobody(units, year):
    BulkChange.objects.create(kind="roster", name="cu.xlsx", begun_at=LONG_AGO)
    assert frozen_report(units.da_nang).version == 1


def test_a_new_version_says_which_figures_it_changes_and_why(units, year, of_province):
    first = of_province
    completes(year[2], date(2026, 11, 1))
    second = frozen_report(units.da_nang, now=NOW + timedelta(hours=2), reason="Bổ sung minh chứng")
    changes = json.loads(second.data)["changes"]
    told = {one["key"]: (one["before"], one["after"]) for one in changes["figures"]}
    assert (second.version, second.reason) == (2, "Bổ sung minh chứng")
    assert told[f"{COURSE}.hoan_thanh"] == (1, 2)
    assert told[f"{COURSE}.chua_bat_dau"] == (2, 1)
    assert f"{COURSE}.phai" not in told
    assert changes["words"] == []
    assert json.loads(second.data)["replaces"] == first.digest
    assert freeze(wanted(units.da_nang), NOW) == second
    assert files_of(first) == files_of(AnnualReport.objects.get(pk=first.pk))


def test_rows_that_do_not_give_the_figures_are_never_frozen(units, year, monkeypatch):
    from courses.annual.training import section as training

    rows = training.people_rows
    monkeypatch.setattr(training, "people_rows", lambda *asked: ([], rows(*asked)[1]))
    with pytest.raises(training.Disagreement):
        frozen_report(units.da_nang)
    assert not AnnualReport.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_people(units, year):
    with CaptureQueriesContext(connection) as few:
        freezing._taken(wanted(units.da_nang), NOW)
    for n in range(20):
        make_posting(make_person(f"Thêm {n}"), units.tay_giang)
    with CaptureQueriesContext(connection) as more:
        freezing._taken(wanted(units.da_nang), NOW)
    assert len(more) == len(few)


def test_today_is_the_day_of_the_tests():
    assert today() == TODAY
