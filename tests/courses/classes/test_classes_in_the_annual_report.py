"""What classes were held, who came and what they cost, in the annual report: sums that the verifier makes again."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_person, make_posting
from reported import NOW, files_of, frozen_report, value, wanted

from courses.annual.paper import verifier
from courses.annual.snapshot import Numbers
from courses.classes.held.annual import told
from courses.classes.held.attendance import Attendance
from courses.classes.planned.participant import Participant
from courses.classes.planned.training_class import Meeting, TrainingClass
from people.annual_sections import Annex, Asked, Counted, Share, Summed, values_of
from people.postings.coverage import places

# --- sums, pure

ROWS = (("1", "a", "5"), ("2", "a", ""), ("3", "b", "0"), ("4", "b", "70"), ("5", "c", ""))
ANNEX = Annex("t", "T", ("lop", "don_vi", "tien"), ROWS)


def both_ways(figure):
    """As the platform counts it and as the verifier does, which must be the same."""
    told = {"key": "x", "annex": "t.csv", "of": figure.of, "where": dict(figure.where)}
    told |= {"sum": True} if isinstance(figure, Summed) else {}
    rows = [dict(zip(ANNEX.columns, row, strict=True)) for row in ROWS]
    [mine], theirs = values_of([figure], [ANNEX]).values(), verifier.count([told], {"t.csv": rows})["x"]
    assert mine == theirs
    return mine


@pytest.mark.parametrize(("unit", "total"), [("", 75), ("a", 5), ("b", 70), ("c", None), ("d", None)])
def test_a_sum_is_of_what_is_known_and_of_nothing_known_is_none(unit, total):
    assert both_ways(Summed("x", "X", "t", "tien", {"don_vi": unit} if unit else {})) == total


def test_a_count_of_the_same_column_stays_one_of_different_values():
    assert both_ways(Counted("x", "X", "t", "tien", {})) == 4
    assert both_ways(Counted("x", "X", "t", "don_vi", {})) == 3


def test_a_share_beside_a_sum_is_made_of_counts():
    figures = [
        Counted("n", "N", "t", "lop", {"don_vi": "a"}),
        Counted("m", "M", "t", "lop", {}),
        Share("s", "S", "n", "m"),
    ]
    assert values_of([*figures, Summed("k", "K", "t", "tien", {})], [ANNEX])["s"] == 40.0


# --- classes


def held(cast_units, leader, cost, day=date(2026, 7, 6), people=(), cancelled=False):
    starts = timezone.make_aware(datetime(day.year, day.month, day.day, 8))
    row = TrainingClass.objects.create(
        course_key="k", unit=cast_units, title="Lớp", seats=9, cost=cost, planned_by=leader,
        cancelled_at=starts if cancelled else None,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        training_class=row, starts_at=starts, ends_at=starts + timedelta(hours=3), room="P"
    )
    for person, presence in people:
        seat = Participant.objects.create(training_class=row, person=person, invited_by=leader)
        Attendance.objects.create(meeting=meeting, participant=seat, person=person, presence=presence, how="list",
                                  by=leader, recorded_at=starts)  # fmt: skip
    return row


@pytest.fixture
def year(units):
    leader, an, binh = (make_person(name, f"L-{n}") for n, name in enumerate(["Lê Lớp", "An", "Bình"]))
    make_posting(an, units.tay_giang)
    held(units.tay_giang, leader, 12_500_000, people=[(an, "present"), (binh, "absent")])
    held(units.tay_giang, leader, None, people=[(an, "late")])
    held(units.da_nang, leader, 500_000, people=[(binh, "present")])
    held(units.avuong, leader, 9_000_000, day=date(2025, 7, 6))
    held(units.avuong, leader, 9_000_000, day=date(2026, 12, 19))
    held(units.avuong, leader, 9_000_000, cancelled=True)
    return leader


@pytest.mark.django_db
def test_classes_people_and_cost_of_the_year_are_told_by_unit_and_counted_again_from_the_annexes(
    units, year, tmp_path, capsys
):
    report = frozen_report(units.da_nang)
    said = {name: value(report, f"lop.{name}") for name in ("so_lop", "xac_nhan", "nguoi", "kinh_phi", "chua_ghi")}
    assert said == {"so_lop": 3, "xac_nhan": 0, "nguoi": 2, "kinh_phi": 13_000_000, "chua_ghi": 1}
    code = units.tay_giang.code
    assert (value(report, f"lop@{code}.kinh_phi"), value(report, f"lop@{code}.chua_ghi")) == (12_500_000, 1)
    assert value(report, "lop@.kinh_phi") == 500_000
    files = files_of(report)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert verifier.main([str(tmp_path)]) == 0
    assert "KHỚP" in capsys.readouterr().out
    text = " ".join(block[1] for block in json.loads(report.data)["blocks"])
    assert "3 lớp đã mở" in text
    assert "13.000.000 đồng; 1 lớp chưa ghi kinh phí" in text
    assert "An" not in files["nguoi-du-lop.csv"].decode()


@pytest.mark.django_db
def test_a_year_without_classes_says_so_and_a_unit_tells_its_own_alone(units, year):
    assert value(frozen_report(units.avuong), "lop.so_lop") == 0
    blocks = json.loads(frozen_report(units.avuong).data)["blocks"]
    assert ["p", "Trong kỳ không có số liệu."] in blocks
    assert value(frozen_report(units.tay_giang), "lop.kinh_phi") == 12_500_000


@pytest.mark.django_db
def test_attendance_superseded_before_the_moment_is_not_told(units, year):
    asked = wanted(units.da_nang)
    Attendance.objects.filter(presence="late").update(superseded_at=NOW - timedelta(days=1))
    Attendance.objects.filter(presence="present").update(superseded_at=NOW + timedelta(days=1))
    where = Asked(places("48", asked.period.as_of), asked.period.first, asked.period.as_of, NOW, Numbers())
    section = told(where)
    with CaptureQueriesContext(connection) as few:
        told(where)
    assert len(section.annexes[1].rows) == 2
    for n in range(5):
        held(units.tay_giang, year, 1, day=date(2026, 8, n + 1))
    with CaptureQueriesContext(connection) as many:
        told(where)
    assert len(many) == len(few)
