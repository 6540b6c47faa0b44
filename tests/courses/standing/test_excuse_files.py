"""The file of excuses: who is not required between which days, and why."""

from datetime import date
from functools import partial

import pytest
from django.core.management import CommandError, call_command

from courses.requirements.requirement import Excuse
from courses.standing.standing import Standing, State

HEADER = "Mã cán bộ;Yêu cầu;Lý do;Từ ngày;Đến ngày"
LEAVE = "TG-001;nhan-dien-nan-nhan;Nghỉ thai sản;01/01/2026;30/06/2026"

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(imported, requirement):
    return partial(imported, "import_excuses", HEADER, encoding="utf-8-sig")


def counts(report):
    assert report["read"] == report["created"] + report["changed"] + report["unchanged"] + len(report["rejected"])
    return report["created"], report["changed"], report["unchanged"], len(report["rejected"])


def test_an_excuse_goes_in_once(brought, cast, requirement):
    assert counts(brought(LEAVE)) == (1, 0, 0, 0)
    assert counts(brought(LEAVE)) == (0, 0, 1, 0)
    excuse = Excuse.objects.get()
    assert (excuse.person, excuse.requirement, excuse.reason) == (cast.learner, requirement, "Nghỉ thai sản")
    assert (excuse.start, excuse.end) == (date(2026, 1, 1), date(2026, 6, 30))


def test_another_end_supersedes_what_was_believed(brought):
    brought(LEAVE)
    assert counts(brought(LEAVE.replace("30/06", "31/07"))) == (0, 1, 0, 0)
    old, new = Excuse.objects.order_by("pk")
    assert (old.end, old.superseded_at) == (date(2026, 6, 30), new.recorded_at)
    assert (new.end, new.superseded_at) == (date(2026, 7, 31), None)


def test_the_person_stands_as_excused_at_once(brought, cast, requirement):
    brought(LEAVE)
    standing = Standing.objects.get(person=cast.learner, start=date(2026, 1, 1))
    assert (standing.state, standing.end) == (State.EXCUSED, date(2026, 6, 30))


def test_a_requirement_may_be_given_by_its_name(brought):
    assert counts(brought(LEAVE.replace("nhan-dien-nan-nhan", "Nhận diện nạn nhân"))) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("lines", "line", "column", "says"),
    [
        ([LEAVE.replace("TG-001", "TG-999")], 2, "ma_can_bo", "Không có cán bộ nào mang mã “TG-999”"),
        ([LEAVE.replace("nhan-dien-nan-nhan", "boi-loi")], 2, "yeu_cau", "các yêu cầu hiện có: nhan-dien-nan-nhan."),
        ([LEAVE.replace("30/06/2026", "31/12/2025")], 2, "den_ngay", "Ngày kết thúc trước ngày bắt đầu."),
        ([LEAVE.replace("30/06/2026", "31/06/2026")], 2, "den_ngay", "Không đọc được ngày “31/06/2026”"),
        ([LEAVE.replace("Nghỉ thai sản", "")], 2, "ly_do", "Ô bắt buộc đang để trống."),
        ([LEAVE.replace("Nghỉ thai sản", "=A1")], 2, "ly_do", "Ô bắt đầu bằng dấu “=”"),
        ([LEAVE, LEAVE], 3, "", "Dòng này đã có ở dòng 2."),
    ],
)
def test_a_bad_row_is_reported_and_the_good_rows_are_imported(brought, lines, line, column, says):
    report = brought(*lines, "TM-001;nhan-dien-nan-nhan;Đi học;2026-01-01;")
    [bad] = report["rejected"]
    assert (bad["line"], bad["column"]) == (line, column)
    assert says in bad["reason"]
    assert Excuse.objects.filter(person__staff_code="TM-001", end=None).count() == 1


def test_nothing_goes_in_with_strict_or_in_a_dry_run(brought):
    assert counts(brought(LEAVE, dry_run=True)) == (1, 0, 0, 0)
    with pytest.raises(CommandError, match="--strict"):
        brought(LEAVE, LEAVE, strict=True)
    assert not Excuse.objects.exists()


def test_a_roster_is_no_file_of_excuses(tmp_path, requirement):
    path = tmp_path / "sai.csv"
    path.write_text("ma_can_bo,ho_ten\nTG-001,Hà\n")
    with pytest.raises(CommandError, match="Tiêu đề thiếu cột yeu_cau, ly_do, tu_ngay, den_ngay"):
        call_command("import_excuses", str(path))


def test_a_number_in_a_reason_is_left_out_and_the_row_goes_in(brought):
    row = LEAVE.replace("Nghỉ thai sản", "Nghỉ ốm, gọi 0905 123 456, CCCD 048199012345")
    report = brought(row)
    assert counts(report) == (1, 0, 0, 0)
    assert Excuse.objects.get().reason == "Nghỉ ốm, gọi [đã bỏ số điện thoại], CCCD [đã bỏ số giấy tờ]"
    assert [(note["item"], note["line"]) for note in report["notes"]] == [("TG-001", 2)]
    assert "Đã bỏ số điện thoại, số giấy tờ khỏi phần chữ" in report["notes"][0]["reason"]
    assert "0905" not in str(report)
    assert counts(brought(row)) == (0, 0, 1, 0)


def test_a_doubtful_reason_is_a_note_and_stays(brought):
    report = brought(LEAVE.replace("Nghỉ thai sản", "Nạn nhân sinh năm 2008"))
    assert counts(report) == (1, 0, 0, 0)
    assert Excuse.objects.get().reason == "Nạn nhân sinh năm 2008"
    assert "Phần chữ có thể nói về một người thật" in report["notes"][0]["reason"]
