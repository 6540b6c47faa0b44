"""The roster file: people, postings and duties go in, what is wrong is told, and the past stays known."""

import json
import time
from datetime import date, timedelta

import openpyxl
import pytest
from costs import in_loops, transactions
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone
from factories import make_person, make_posting

from people.changes.change import BulkChange, Journal, Origin
from people.log.audit import Act, Entry
from people.persons.user import User
from people.postings.posting import Duty, Posting, postings_changed
from people.rights.roles import RoleKind, give
from people.roster import importing as roster
from people.roster import missing as roster_missing
from people.roster.importing import prepare_roster
from people.roster.state import TRIES, RosterState, write_rows
from people.times import today
from people.units.codes import UnitCodes
from people.units.unit import Unit
from tabular.tables import TableError

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
HA = "TG-9,Alăng Thị Hà,Ha@Example.vn,0905 123 456,20455,Công chức,ho_tro_nan_nhan|xac_minh,2025-07-01,"

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(tmp_path, units, capsys):
    """Imports these lines under the roster's header and returns the report."""

    def bring(*lines, header=HEADER, **options):
        path = tmp_path / "roster.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        call_command("import_roster", str(path), format="json", **options)
        return json.loads(capsys.readouterr().out)

    return bring


def counts(report):
    assert report["read"] == report["created"] + report["changed"] + report["unchanged"] + len(report["rejected"])
    return report["created"], report["changed"], report["unchanged"], len(report["rejected"])


def current(code="TG-9"):
    return Posting.objects.current().filter(person__staff_code=code)


def test_a_row_brings_a_person_with_a_posting_and_duties(brought, units):
    assert counts(brought(HA)) == (1, 0, 0, 0)
    person = User.objects.get(staff_code="TG-9")
    assert (person.full_name, person.email, person.phone) == ("Alăng Thị Hà", "ha@example.vn", "+84905123456")
    assert not person.has_usable_password()
    posting = current().get()
    assert (posting.unit, posting.position, posting.start, posting.end) == (
        units.tay_giang,
        "Công chức",
        date(2025, 7, 1),
        None,
    )
    assert set(posting.duties.values_list("key", flat=True)) == {"ho_tro_nan_nhan", "xac_minh"}


def test_the_same_file_twice_changes_nothing(brought):
    brought(HA)
    before = list(Posting.objects.values())
    assert counts(brought(HA)) == (0, 0, 1, 0)
    assert list(Posting.objects.values()) == before


def test_the_order_and_spelling_of_duties_do_not_matter(brought):
    brought(HA)
    again = HA.replace("ho_tro_nan_nhan|xac_minh", '" xac_minh | Hỗ trợ nạn nhân"')
    assert counts(brought(again)) == (0, 0, 1, 0)


def test_a_filled_end_changes_the_posting_and_keeps_what_was_believed(brought):
    brought(HA)
    assert counts(brought(HA + "31/12/2025")) == (0, 1, 0, 0)
    old, new = Posting.objects.filter(person__staff_code="TG-9").order_by("pk")
    assert (old.end, old.superseded_at) == (None, new.recorded_at)
    assert (new.end, new.superseded_at) == (date(2025, 12, 31), None)
    assert new.duties.count() == 2


def test_an_empty_end_leaves_an_ended_posting_ended_with_a_note(brought):
    brought(HA + "31/12/2025")
    report = brought(HA)
    assert counts(report) == (0, 0, 1, 0)
    assert [(note["item"], note["line"]) for note in report["notes"]] == [("TG-9", 2)]
    assert "31/12/2025" in report["notes"][0]["reason"]
    assert current().get().end == date(2025, 12, 31)


def test_a_later_end_opens_an_ended_posting_again(brought):
    brought(HA + "31/12/2025")
    assert counts(brought(HA + "31/12/2099")) == (0, 1, 0, 0)
    assert current().get().end == date(2099, 12, 31)


def test_other_duties_change_the_posting(brought):
    brought(HA)
    assert counts(brought(HA.replace("|xac_minh", ""))) == (0, 1, 0, 0)
    assert set(current().get().duties.values_list("key", flat=True)) == {"ho_tro_nan_nhan"}


def test_one_person_may_have_several_rows(brought, units):
    report = brought(HA, "TG-9,ALĂNG THỊ HÀ,,,20695,Kiêm nhiệm,,2026-01-01,")
    assert counts(report) == (2, 0, 0, 0)
    assert set(current().values_list("unit", flat=True)) == {units.tay_giang.pk, units.thanh_my.pk}
    assert User.objects.filter(staff_code="TG-9").count() == 1


def test_people_and_postings_missing_from_the_file_stay(brought):
    brought(HA)
    brought("TG-8,Bnướch Bình,,,20455,Công chức,,2025-07-01,")
    assert current("TG-9").get().end is None


def test_an_empty_address_keeps_what_is_known_and_another_replaces_it(brought):
    brought(HA)
    assert counts(brought(HA.replace("Ha@Example.vn,0905 123 456", ","))) == (0, 0, 1, 0)
    assert counts(brought(HA.replace("Ha@Example.vn", "moi@example.vn"))) == (0, 1, 0, 0)
    assert User.objects.get(staff_code="TG-9").email == "moi@example.vn"


@pytest.mark.parametrize(
    ("lines", "line", "column", "says"),
    [
        (["TG-9,Hà,,,99999,,,2025-07-01,"], 2, "ma_don_vi", "Không có đơn vị nào mang mã “99999”."),
        (["TG-9,Hà,,,20449,,,2026-07-01,"], 2, "ma_don_vi", "không còn dùng vào ngày 01/07/2026"),
        (["TG-9,Hà,,,20455,,,2025-07-01,30/06/2025"], 2, "den_ngay", "Ngày kết thúc trước ngày bắt đầu."),
        (["TG-9,Hà,,,20455,,,hôm qua,"], 2, "tu_ngay", "Không đọc được ngày “hôm qua”"),
        (["TG-9,Hà,,,20455,,,,"], 2, "tu_ngay", "Ô bắt buộc đang để trống."),
        ([",Hà,,,20455,,,2025-07-01,"], 2, "ma_can_bo", "Ô bắt buộc đang để trống."),
        (["TG-9,=1+1,,,20455,,,2025-07-01,"], 2, "ho_ten", "Ô bắt đầu bằng dấu “=”"),
        (["TG-9,Hà,,,20455,,nau_an,2025-07-01,"], 2, "nhiem_vu", "giang_day, ho_tro_nan_nhan, tuyen_truyen, xac_minh"),
        ([HA, HA], 3, "tu_ngay", "Vị trí này đã có ở dòng 2"),
        ([HA, HA.replace("2025-07-01", "01/07/2025")], 3, "tu_ngay", "Vị trí này đã có ở dòng 2"),
        ([HA, "TG-9,Người Khác,,,20695,,,2025-07-01,"], 3, "ho_ten", "đã có tên “Alăng Thị Hà” ở dòng 2"),
    ],
)
def test_a_bad_row_is_reported_and_the_good_rows_are_imported(brought, lines, line, column, says):
    good = "TG-1,Bh'ling Mơ,,,20455,,,2025-07-01,"
    report = brought(*lines, good)
    [bad] = report["rejected"]
    assert (bad["line"], bad["column"]) == (line, column)
    assert says in bad["reason"]
    assert current("TG-1").exists()
    assert counts(report)[3] == 1


def test_with_strict_one_bad_row_keeps_everything_out(brought, tmp_path, capsys):
    with pytest.raises(CommandError, match="Có 1 dòng lỗi"):
        brought(HA, "TG-8,Bình,,,99999,,,2025-07-01,", strict=True, report=str(tmp_path / "out.json"))
    assert not User.objects.filter(staff_code="TG-9").exists()
    assert [entry["line"] for entry in json.loads((tmp_path / "out.json").read_text())["rejected"]] == [3]


def test_a_dry_run_reports_and_writes_nothing(brought):
    assert counts(brought(HA, dry_run=True)) == (1, 0, 0, 0)
    assert not Posting.objects.exists()


def test_the_report_file_has_the_agreed_shape(brought, tmp_path):
    printed = brought(HA, "TG-8,Bình,,,99999,,,2025-07-01,", report=str(tmp_path / "out.json"))
    written = json.loads((tmp_path / "out.json").read_text())
    assert written == printed
    assert set(written) == {"read", "created", "changed", "unchanged", "rejected", "notes"}
    assert set(written["rejected"][0]) == {"item", "line", "column", "reason"}


def test_a_file_that_cannot_be_read_is_one_line_and_status_1(tmp_path, units):
    path = tmp_path / "sai.csv"
    path.write_text("ma,ten\n1,2\n")
    with pytest.raises(CommandError, match="Tiêu đề thiếu cột") as caught:
        call_command("import_roster", str(path))
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 1


def test_codes_are_read_on_the_first_day_of_the_posting(brought, units):
    brought("A,An,,,20458,,,2024-05-01,", "B,Bình,,,20458,,,2025-07-01,", "C,Cường,,,20458,,,2010-01-01,")
    where = dict(Posting.objects.values_list("person__staff_code", "unit__name"))
    assert where == {"A": "Xã Bha Lê", "B": "Xã Avương", "C": "Xã Bha Lê"}


def test_codes_as_of_reads_every_code_on_that_day(brought, units):
    brought("A,An,,,20458,,,2024-05-01,", codes_as_of="2025-07-01")
    posting = Posting.objects.get()
    assert (posting.unit, posting.start) == (units.avuong, date(2024, 5, 1))


def test_todays_code_for_a_posting_known_by_the_old_one_is_no_second_posting(brought, units):
    old = "A,An,,,20458,Công chức,giang_day,2024-05-01,"
    brought(old)
    report = brought(old, codes_as_of="2026-01-01", ended_if_missing=True)
    assert counts(report) == (0, 0, 1, 0)
    assert "không thêm lần nữa" in report["notes"][0]["reason"]
    assert counts(brought(old + "2026-06-30", codes_as_of="2026-01-01")) == (0, 1, 0, 0)
    posting = current("A").get()
    assert (posting.unit, posting.end) == (units.bha_le, date(2026, 6, 30))


def test_two_communes_that_became_one_stay_two_postings(brought, units):
    lines = ["A,An,,,20449,Công chức,,2024-05-01,", "A,An,,,20455,Công chức,,2024-05-01,"]
    assert counts(brought(*lines)) == (2, 0, 0, 0)
    assert counts(brought(*lines)) == (0, 0, 2, 0)


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2025, 6, 30), date(2025, 7, 1), date(2030, 1, 1)])
def test_codes_mean_the_same_in_a_file_as_in_the_database(units, day):
    codes = UnitCodes()
    for code in ["20458", "20449", "48", "504", "none"]:
        unit = Unit.objects.bearing(code, day)
        assert codes.bearing(code, day) == (unit and unit.pk)


def test_a_workbook_does_the_same_as_the_text_file(brought, tmp_path, units):
    brought(HA)
    book = openpyxl.Workbook()
    book.active.append(
        ["Mã cán bộ", "Họ tên", "Email", "Điện thoại", "Mã đơn vị", "Chức danh", "Nhiệm vụ", "Từ ngày", "Đến ngày"]
    )
    book.active.append(
        [
            "TG-9",
            "Alăng Thị Hà",
            "ha@example.vn",
            905123456,
            20455,
            "Công chức",
            "xac_minh|ho_tro_nan_nhan",
            date(2025, 7, 1),
        ]
    )
    book.save(tmp_path / "roster.xlsx")
    call_command("import_roster", str(tmp_path / "roster.xlsx"), report=str(tmp_path / "out.json"))
    assert counts(json.loads((tmp_path / "out.json").read_text())) == (0, 0, 1, 0)


def test_an_address_of_somebody_else_is_left_out_with_a_note(brought):
    make_person("Người Trước", "X-1", email="ha@example.vn", phone="+84905123456")
    report = brought(HA)
    assert counts(report) == (1, 0, 0, 0)
    assert [note["reason"] for note in report["notes"]] == [
        "email đã thuộc về người khác nên không nhập.",
        "dien_thoai đã thuộc về người khác nên không nhập.",
    ]
    assert User.objects.get(staff_code="TG-9").email is None


def test_two_people_with_one_address_in_a_file_share_it_not(brought):
    report = brought(HA, HA.replace("TG-9", "TG-10"))
    assert counts(report) == (2, 0, 0, 0)
    assert {note["line"] for note in report["notes"]} == {3}
    assert User.objects.filter(email="ha@example.vn").count() == 1


def test_an_address_that_cannot_be_one_is_left_out_with_a_note(brought):
    report = brought("TG-9,Hà,ha-example.vn,12,20455,,,2025-07-01,")
    assert counts(report) == (1, 0, 0, 0)
    assert len(report["notes"]) == 2


def test_a_column_of_ethnicity_is_not_read_and_the_report_says_so(brought):
    report = brought(HA + ",Cơ Tu", header=HEADER + ",Dân tộc")
    assert counts(report) == (1, 0, 0, 0)
    assert "nhạy cảm" in report["notes"][0]["reason"]


def test_whom_a_complete_file_ends_are_told_by_given_name(brought, units):
    for name, code in (("Nguyễn Văn Út", "A-1"), ("Trần Thị Ấn", "B-1"), ("Lê Ảnh", "C-1"), ("Đỗ Anh", "D-1")):
        make_posting(make_person(name, code), units.tay_giang)
    report = brought(HA, ended_if_missing=True)
    assert [note["item"] for note in report["notes"]] == ["D-1", "C-1", "B-1", "A-1"]


def test_whoever_a_complete_file_does_not_name_is_ended_the_day_before_today(brought, units):
    gone = make_posting(make_person("Đã Nghỉ", "OLD-1"), units.tay_giang)
    planned = make_posting(make_person("Sắp Đến", "NEW-1"), units.tay_giang, start=today() + timedelta(days=9))
    past = make_posting(make_person("Từ Lâu", "OLD-2"), units.tay_giang, end=date(2025, 12, 31))
    report = brought(HA, ended_if_missing=True)
    assert counts(report) == (1, 0, 0, 0)
    yesterday = today() - timedelta(days=1)
    ended = current("OLD-1").get()
    assert ended.end == yesterday
    assert [duty.key for duty in ended.duties.all()] == ["ho_tro_nan_nhan"]
    gone.refresh_from_db()
    assert (gone.end, gone.superseded_at) == (None, ended.recorded_at)
    assert not current("NEW-1").exists()
    planned.refresh_from_db()
    assert planned.superseded_at
    past.refresh_from_db()
    assert past.superseded_at is None
    assert [(note["item"], note["line"]) for note in report["notes"]] == [("NEW-1", None), ("OLD-1", None)]
    assert counts(brought(HA, ended_if_missing=True)) == (0, 0, 1, 0)


def test_a_person_whose_row_is_bad_is_not_ended(brought, units):
    make_posting(make_person("Có Dòng Lỗi", "OLD-1"), units.tay_giang)
    brought(HA, "OLD-1,Có Dòng Lỗi,,,99999,,,2025-07-01,", ended_if_missing=True)
    assert current("OLD-1").get().end is None


def test_whoever_stands_in_a_line_that_is_passed_over_or_left_out_is_not_ended(brought, units):
    for code in ("OLD-1", "OLD-2"):
        make_posting(make_person("Có Tên", code), units.tay_giang)
    left_out = "OLD-2,Cã Tªn,,,20455,,,2025-07-01,"
    report = brought(HA, "OLD-1,Có Tên,,,,,,,", left_out, ended_if_missing=True, answer=["kieu_chu=bo_dong"])
    assert counts(report) == (1, 0, 0, 0)
    assert [note["item"] for note in report["notes"]] == ["OLD-1", "OLD-2"]
    assert not Posting.objects.current().exclude(end=None).exists()


def test_a_file_with_a_sheet_that_lacks_a_column_ends_nobody(tmp_path, units):
    make_posting(make_person("Ở Trang Kia", "OLD-1"), units.tay_giang)
    book = openpyxl.Workbook()
    for sheet, columns in ((book.active, 9), (book.create_sheet("Xã hai"), 8)):
        sheet.append(HEADER.split(",")[:columns])
        sheet.append([f"N-{columns}", "Người Mới", None, None, "20455", None, None, date(2025, 7, 1)])
    book.save(tmp_path / "r.xlsx")
    with pytest.raises(CommandError, match="Trang “Xã hai” thiếu cột nên không đọc được"):
        call_command("import_roster", str(tmp_path / "r.xlsx"), ended_if_missing=True)
    call_command("import_roster", str(tmp_path / "r.xlsx"))
    assert set(Posting.objects.current().values_list("person__staff_code", "end")) == {("OLD-1", None), ("N-9", None)}


def test_an_empty_complete_file_ends_nobody(brought, units):
    make_posting(make_person("Còn Đây", "OLD-1"), units.tay_giang)
    with pytest.raises(CommandError, match="không thể kết thúc"):
        brought(ended_if_missing=True)
    assert current("OLD-1").get().end is None


@pytest.mark.parametrize(
    ("start", "end", "then"),
    [
        (-9, None, "ended"),
        (-1, None, "ended"),
        (-9, 0, "ended"),
        (-9, 9, "ended"),
        (0, None, "dropped"),
        (1, 9, "dropped"),
        (-9, -1, "left"),
    ],
)
def test_what_is_missing_is_ended_yesterday_or_dropped_where_it_would_begin_later(brought, units, start, end, then):
    first, last = (None if days is None else today() + timedelta(days=days) for days in (start, end))
    known = make_posting(make_person("Vắng", "OLD-1"), units.tay_giang, start=first, end=last)
    report = brought(HA, ended_if_missing=True)
    known.refresh_from_db()
    assert (known.superseded_at is None) is (then == "left")
    yesterday = today() - timedelta(days=1)
    assert list(current("OLD-1").values_list("end", flat=True)) == {
        "ended": [yesterday], "dropped": [], "left": [last]
    }[then]  # fmt: skip
    reasons = [note["reason"] for note in report["notes"]]
    assert (
        reasons
        == {
            "ended": [f"Không có trong tệp: kết thúc ngày {yesterday:%d/%m/%Y}."],
            "dropped": [f"Không có trong tệp: bỏ vị trí dự kiến từ ngày {known.start:%d/%m/%Y}."],
            "left": [],
        }[then]
    )


def test_of_a_person_in_the_file_only_the_posting_that_it_does_not_name_is_ended(brought, units):
    brought(HA)
    person = User.objects.get(staff_code="TG-9")
    other = make_posting(person, units.tay_giang, position="Kiêm nhiệm")
    elsewhere = make_posting(person, units.thanh_my, position="Kiêm nhiệm")
    brought(HA.replace("TG-9", "tg-9"), ended_if_missing=True)
    other.refresh_from_db()
    assert other.superseded_at
    assert set(current().filter(end=None).values_list("unit", flat=True)) == {units.tay_giang.pk, elsewhere.unit_id}


def test_a_complete_file_reaches_the_units_that_it_names_and_what_counts_there_today(brought, units):
    """Bha Lê is a part of Avương since the reform; Tây Giang has a school below it."""
    gone = {
        name: make_posting(make_person("Vắng", name), getattr(units, name), start=date(2024, 5, 1))
        for name in ("avuong", "bha_le", "tay_giang", "school", "thanh_my")
    }
    brought("A,An,,,20458,,,2025-07-01,", HA, ended_if_missing=True)
    ended = {name for name, posting in gone.items() if current(name).get().pk != posting.pk}
    assert ended == {"avuong", "bha_le", "tay_giang"}


def test_the_command_prints_what_it_ends_and_asks_nothing(tmp_path, units, capsys):
    for number in range(2):
        make_posting(make_person("Vắng", f"OLD-{number}"), units.tay_giang)
    path = tmp_path / "r.csv"
    path.write_text(f"{HEADER}\n{HA}\n", encoding="utf-8")
    call_command("import_roster", str(path), ended_if_missing=True)
    printed = capsys.readouterr().out
    assert "Kết thúc 2 công tác không có trong tệp." in printed
    assert "Xã Tây Giang: 2 trên 2 công tác đang có" in printed
    assert not current("OLD-0").filter(end=None).exists()


def test_a_bad_row_names_no_unit(brought, units):
    make_posting(make_person("Vắng", "OLD-1"), units.thanh_my)
    brought(HA, "B,Bình,,,20695,,lai_xe,2025-07-01,", ended_if_missing=True)
    assert current("OLD-1").get().end is None


def test_what_a_complete_file_ends_is_told_by_unit_with_what_is_open_there(tmp_path, units):
    for number in range(4):
        make_posting(make_person(f"Người {number}", f"OLD-{number}"), units.tay_giang)
    lines = [f"OLD-{number},Người {number},,,20455,Công chức,ho_tro_nan_nhan,2025-07-01," for number in range(4)]
    path = tmp_path / "r.csv"

    def told(*lines):
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        missing = prepare_roster(path, timezone.now(), ended_if_missing=True).missing
        return [(unit.name, unit.ending, unit.open) for unit in missing.units], missing.is_large

    make_posting(make_person("Người Nữa", "OLD-4"), units.tay_giang)
    assert told(*(lines[0].replace("OLD-0", "OLD-4").replace("Người 0", "Người Nữa"), *lines)) == ([], False)
    assert told(*lines) == ([("Xã Tây Giang", 1, 5)], False)
    assert told(*lines[1:]) == ([("Xã Tây Giang", 2, 5)], True)


def test_many_missing_postings_are_ended_in_batches_and_their_people_announced(brought, units, monkeypatch):
    monkeypatch.setattr(roster_missing, "POSTINGS_A_BATCH", 2)
    gone = [make_posting(make_person(f"Vắng {n}", f"OLD-{n}"), units.tay_giang).person_id for n in range(5)]
    heard = []

    def listen(person_ids, now, **_kwargs):
        heard.append(set(person_ids))

    brought(HA)
    postings_changed.connect(listen)
    try:
        brought(HA, ended_if_missing=True)
    finally:
        postings_changed.disconnect(listen)
    assert [len(people) for people in heard] == [2, 2, 1]
    assert set().union(*heard) == set(gone)
    assert not Posting.objects.current().filter(person__in=gone, end=None).exists()


def taken_in(path, *lines, **options):
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    prepared = prepare_roster(path, timezone.now(), **options)
    prepared.carry_out()
    return prepared.report


def test_a_file_of_one_unit_ends_nobody_of_another_and_brings_nobody_there(tmp_path, units):
    here = make_posting(make_person("Vắng Ở Đây", "OLD-1"), units.tay_giang)
    there = make_posting(make_person("Ở Xã Khác", "OLD-2"), units.thanh_my)
    report = taken_in(
        tmp_path / "r.csv",
        HA,
        "TM-9,Bình,,,20695,,,2025-07-01,",
        within={units.tay_giang.pk},
        ended_if_missing=True,
    )
    assert [(entry["item"], entry["column"]) for entry in report.rejected] == [("TM-9", "ma_don_vi")]
    for posting, ended in ((here, True), (there, False)):
        posting.refresh_from_db()
        assert (posting.superseded_at is not None) is ended


def test_who_acts_by_a_role_does_not_change_the_address_of_somebody_who_holds_one(tmp_path, units):
    for code, change in [("HEAD", lambda one: give(one, RoleKind.UNIT_HEAD, units.tay_giang)),
                         ("ROOT", lambda one: User.objects.filter(pk=one.pk).update(is_superuser=True)),
                         ("ANY", lambda one: None)]:  # fmt: skip
        change(make_person("Người Cũ", code, email=f"{code.lower()}@example.vn"))
    lines = [f"{code},Người Cũ,khac-{code}@example.vn,,20455,,,2025-07-01," for code in ("HEAD", "ROOT", "ANY")]
    report = taken_in(tmp_path / "r.csv", *lines, within={units.tay_giang.pk})
    emails = dict(User.objects.values_list("staff_code", "email"))
    assert emails == {"HEAD": "head@example.vn", "ROOT": "root@example.vn", "ANY": "khac-any@example.vn"}
    assert {note["item"] for note in report.notes if "có vai trò" in note["reason"]} == {"HEAD", "ROOT"}
    assert not [note for note in taken_in(tmp_path / "r.csv", *lines).notes if "có vai trò" in note["reason"]]
    assert User.objects.get(staff_code="HEAD").email == "khac-head@example.vn"


def test_an_import_is_one_entry_of_the_log_with_the_rows_that_went_in(tmp_path, units, cast):
    taken_in(tmp_path / "r.csv", HA, "TG-8,Bình,,,99999,,,2025-07-01,", origin=Origin(by=cast.manager))
    entry = Entry.objects.get(act=Act.IMPORTED_ROSTER)
    assert (entry.by, entry.count) == (cast.manager, 1)
    assert entry.at == current().get().recorded_at


def test_reading_and_writing_say_how_far_they_are(tmp_path, units, monkeypatch):
    monkeypatch.setattr(roster, "PEOPLE_A_BATCH", 2)
    lines = [f"N-{n},Người {n},,,20455,,,2025-07-01," for n in range(3)]
    (tmp_path / "r.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    read, written = [], []
    prepared = prepare_roster(tmp_path / "r.csv", timezone.now(), progress=read.append)
    assert prepared.report.created == 3
    prepared.write(written.append)
    assert (read, written) == ([1, 2, 3], [2, 3])


@pytest.mark.parametrize(("people", "sizes"), [(0, []), (1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2])])
def test_the_people_of_a_file_are_taken_in_batches(monkeypatch, people, sizes):
    monkeypatch.setattr(roster, "PEOPLE_A_BATCH", 2)
    assert [len(batch) for batch in roster._batches({str(n): [n] for n in range(people)})] == sizes


def test_the_spelling_of_a_code_and_an_address_in_capitals_makes_nobody_new(brought):
    make_person("Alăng Thị Hà", "tg-9", email="Ha@Example.vn")
    make_person("Người Khác", "X-1")
    report = brought(HA, "X-1,Người Khác,ha@EXAMPLE.vn,,20455,,,2025-07-01,")
    assert [note["reason"] for note in report["notes"]] == ["email đã thuộc về người khác nên không nhập."]
    assert set(User.objects.values_list("staff_code", flat=True)) == {"tg-9", "X-1"}
    assert User.objects.get(staff_code="X-1").email is None


def test_a_code_of_another_unit_of_the_line_is_known_only_for_the_same_person_position_and_day(brought, units):
    old = "A,An,,,20458,Công chức,,2024-05-01,"
    brought(old)
    for other in (
        old.replace("A,An", "B,Bình"),
        old.replace("Công chức", "Phó phòng"),
        old.replace("2024-05-01", "2024-05-02"),
        old.replace("20458", "20695"),
    ):
        assert counts(brought(other, codes_as_of="2026-01-01")) == (1, 0, 0, 0)


@pytest.mark.parametrize("falls", [0, 1, TRIES - 1, TRIES])
def test_what_somebody_else_writes_meanwhile_is_read_again_a_few_times(brought, monkeypatch, falls):
    brought(HA)
    tries, save = [], RosterState.save

    def falling(self, now):
        tries.append(now)
        if len(tries) <= falls:
            raise IntegrityError
        return save(self, now)

    monkeypatch.setattr(RosterState, "save", falling)
    if falls == TRIES:
        with pytest.raises(TableError, match="đang được người khác sửa"):
            write_rows([], timezone.now(), journal=Journal(BulkChange()))
    else:
        write_rows([], timezone.now(), journal=Journal(BulkChange()))
    assert len(tries) == min(falls + 1, TRIES)


def test_the_people_whose_postings_changed_are_announced(brought):
    heard = []

    def listen(person_ids, now, **_kwargs):
        heard.append(set(person_ids))

    postings_changed.connect(listen)
    try:
        brought(HA)
        brought(HA)
        brought(HA.replace("Ha@Example.vn", "moi@example.vn"))
    finally:
        postings_changed.disconnect(listen)
    assert heard == [{User.objects.get(staff_code="TG-9").pk}]


def test_an_import_that_was_killed_half_way_is_finished_by_the_next(brought, units, monkeypatch):
    monkeypatch.setattr("people.roster.importing.PEOPLE_A_BATCH", 1)
    lines = [f"N-{n},Người {n},,,20455,Công chức,giang_day,2025-07-01," for n in range(3)]

    def killed(person_ids, now, **_kwargs):
        if Posting.objects.count() > 1:
            raise KeyboardInterrupt

    postings_changed.connect(killed)
    try:
        with pytest.raises(KeyboardInterrupt):
            brought(*lines)
    finally:
        postings_changed.disconnect(killed)
    assert Posting.objects.count() == 1
    assert counts(brought(*lines)) == (2, 0, 1, 0)
    assert Posting.objects.count() == 3


def test_starter_duties_are_there_from_the_first_migration(db):
    assert set(Duty.objects.values_list("key", flat=True)) >= {
        "ho_tro_nan_nhan",
        "xac_minh",
        "tuyen_truyen",
        "giang_day",
    }


@pytest.mark.parametrize("many", [500, pytest.param(10_000, marks=pytest.mark.soak)])
def test_ten_thousand_rows_would_go_in_well_under_half_a_minute(brought, figure, many):
    lines = [
        f"N-{n},Người Thứ {n},n{n}@example.vn,09{n:08},20455,Công chức,ho_tro_nan_nhan|giang_day,2025-07-01,"
        for n in range(many)
    ]
    began = time.process_time()
    with transactions() as held:
        assert counts(brought(*lines)) == (many, 0, 0, 0)
    first = time.process_time() - began
    assert counts(brought(*lines)) == (0, 0, many, 0)
    # processor seconds, since test machines are busy
    again = time.process_time() - began - first
    figure(
        f"import of {many} roster rows: {first:.1f} s of processor, the same file again {again:.1f} s; "
        f"the longest of {len(held)} transactions {max(held):.2f} s, {in_loops(max(held)):.2f} loops"
    )
    assert in_loops(first) < 30 * many / 10_000 + 2
    # others wait for the one write lock meanwhile: a second of a machine that does a loop in 0.7 s
    assert in_loops(max(held)) < 1.4


def test_a_number_in_a_position_is_left_out_and_the_row_goes_in(brought, units):
    row = HA.replace("Công chức", "Công chức (0905 123 456) CCCD 048199012345")
    report = brought(row)
    assert counts(report) == (1, 0, 0, 0)
    assert current().get().position == "Công chức ([đã bỏ số điện thoại]) CCCD [đã bỏ số giấy tờ]"
    assert [(note["item"], note["line"]) for note in report["notes"]] == [("TG-9", 2)]
    assert "Đã bỏ số điện thoại, số giấy tờ khỏi phần chữ" in report["notes"][0]["reason"]
    assert counts(brought(row)) == (0, 0, 1, 0)
