"""What is carried away: the same numbers as on the screen, opened rightly and harmlessly by a spreadsheet program."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from factories import make_person, make_posting
from openpyxl import load_workbook
from sharing import shared

from courses.completions.completion import Completion
from courses.reports.files import export_jobs
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from courses.standing.standing import rebuild_all
from outbox.draining import drain
from outbox.effects import Effect
from people.rights.roles import Role
from tabular.formulas import harmless
from tabular.writing import Dialect, Table, csv_lines

COURSE = "nhan-dien-nan-nhan"
NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
UNITS = f"/bao-cao/{COURSE}/48/xuat"
PEOPLE = f"/bao-cao/{COURSE}/48/can-bo/xuat"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW - timedelta(minutes=5))
def province(cast):
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    make_posting(make_person("=HYPERLINK(1)", "TG-009"), cast.units.tay_giang, position="+84 gọi")
    Completion.objects.create(person=cast.learner, course_key=COURSE, completed_on=date(2026, 11, 2), source="import")
    rebuild_all()
    return cast


def csv_rows(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def sheet_of(response):
    return load_workbook(io.BytesIO(response.content)).active


def test_the_csv_has_the_numbers_of_coverage_and_opens_in_a_vietnamese_excel(province, client_of):
    response = client_of(province.manager).get(f"{UNITS}.csv")
    assert response.content.startswith("\ufeffMã đơn vị;Đơn vị;".encode())
    assert response["Content-Disposition"] == 'attachment; filename="tien-do-2026-11-24.csv"'
    answer = coverage(COURSE).as_dict()
    figures = [answer, *answer["children"]]
    rows = csv_rows(response)
    names = {
        "required": "Phải hoàn thành",
        "completed": "Đã hoàn thành",
        "expired": "Hết hiệu lực",
        "overdue": "Quá hạn",
        "in_progress": "Đang học",
        "not_started": "Chưa bắt đầu",
        "excused": "Được miễn",
        "unconfirmed_units": "Đơn vị chưa xác nhận danh sách",
        "unapproved": "Trong số hoàn thành: theo nội dung chưa duyệt",
        "still_knows": "Trong số hoàn thành: còn nắm vững",
        "to_review": "Trong số hoàn thành: cần ôn",
        "not_known": "Trong số hoàn thành: chưa biết",
    }
    assert [row["Đơn vị"] for row in rows] == [figure["unit"]["name"] for figure in figures]
    for row, figure in zip(rows, figures, strict=True):
        assert {key: int(row[name]) for key, name in names.items()} == {key: figure[key] for key in names}
    assert rows[0]["Tỷ lệ (%)"] == "33,3"
    assert rows[-1]["Tỷ lệ (%)"] == ""
    assert rows[0]["Tính đến ngày"] == "2026-11-24"


def test_another_program_gets_commas_and_points_by_asking(province, client_of):
    text = client_of(province.manager).get(f"{UNITS}.csv?phan_cach=phay").content.decode("utf-8-sig")
    assert ",33.3," in text.splitlines()[1]


def test_the_xlsx_says_what_it_is_about_and_holds_numbers(province, client_of):
    sheet = sheet_of(client_of(province.manager).get(f"{UNITS}.xlsx?ngay=2026-11-10"))
    about = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=16, max_col=2)}
    assert about["Đơn vị"] == "Thành phố Đà Nẵng (48)"
    assert about["Tính đến hết ngày"].date() == date(2026, 11, 10)
    assert (about["Tử số: đã hoàn thành"], about["Mẫu số: phải hoàn thành"]) == (1, 3)
    header = int(sheet.freeze_panes[1:]) - 1
    assert sheet.cell(header, 1).value == "Mã đơn vị"
    assert sheet.cell(header + 1, 12).value == 33.3
    assert sheet.cell(header + 1, 12).number_format == "0.0"
    assert sheet.cell(header, 13).value == "Trong số hoàn thành: theo nội dung chưa duyệt"
    assert sheet.cell(header, 14).value == "Trong số hoàn thành: còn nắm vững"
    assert sheet.cell(header + 1, 17).is_date


def test_people_are_exported_with_the_filters_of_the_screen(province, client_of):
    client = client_of(province.manager)
    rows = csv_rows(client.get(f"{PEOPLE}.csv?trang_thai=completed&don_vi=20455"))
    (row,) = rows
    assert (row["Mã cán bộ"], row["Họ tên"], row["Mã đơn vị"]) == ("TG-001", "Alăng Thị Hà", "20455")
    assert (row["Trạng thái"], row["Hoàn thành ngày"]) == ("Đã hoàn thành", "2026-11-02")
    assert row["Hiệu lực đến hết ngày"] == "2028-11-01"
    assert row["Hỏi lại sau khi hoàn thành"] == "Chưa biết"
    assert len(csv_rows(client.get(f"{PEOPLE}.csv"))) == coverage(COURSE).total.required
    sheet = sheet_of(client.get(f"{PEOPLE}.xlsx?trang_thai=thieu"))
    about = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=20, max_col=2)}
    assert (about["Lọc trạng thái"], about["Số người trong bảng"]) == ("Còn thiếu", 2)


def test_people_carry_no_contact_details_away(province, client_of):
    text = client_of(province.manager).get(f"{PEOPLE}.csv").content.decode()
    assert "ha@example.vn" not in text
    assert "905000001" not in text


@pytest.mark.parametrize("value", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_cell_that_could_be_a_formula_is_made_harmless(value):
    assert harmless(value).startswith("'")


def test_numbers_days_and_plain_text_stay_as_they_are():
    assert [harmless(value) for value in (-1, 0.5, date(2026, 1, 1), None, "Xã A–B")] == [
        -1,
        0.5,
        date(2026, 1, 1),
        None,
        "Xã A–B",
    ]
    assert harmless("a\x00b\x0bc") == "abc"
    assert harmless("\x0b=1+1") == "'=1+1"
    lines = list(csv_lines(Table("T", ["A"], [(-1.25,), ("x;y",)]), Dialect.VIETNAMESE))
    assert lines[1:] == ["-1,2\r\n", '"x;y"\r\n']


def test_exports_of_people_neutralise_formulas(province, client_of):
    client = client_of(province.manager)
    names = [row["Họ tên"] for row in csv_rows(client.get(f"{PEOPLE}.csv"))]
    assert "'=HYPERLINK(1)" in names
    values = [cell.value for row in sheet_of(client.get(f"{PEOPLE}.xlsx")).iter_rows() for cell in row]
    assert "'=HYPERLINK(1)" in values
    assert "'+84 gọi" in values


def test_a_bad_date_exports_nothing(province, client_of):
    response = client_of(province.manager).get(f"{UNITS}.xlsx?ngay=mai")
    assert response.status_code == 400
    assert "không đọc được" in response.content.decode()
    assert "Chưa xuất tệp nào" in response.content.decode()


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(export_jobs, "ROWS_AT_ONCE", 1)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_list_is_written_in_the_background_and_fetched_later(province, client_of, few_at_once, kind):
    client = client_of(province.manager)
    page = client.get(f"{PEOPLE}.{kind}?trang_thai=thieu").content.decode()
    assert "Chuẩn bị tệp" in page
    assert "2 dòng" in page
    assert not Effect.objects.filter(kind=export_jobs.EXPORT).exists()
    for _click in range(2):
        assert client.post(f"{PEOPLE}.{kind}?trang_thai=thieu")["Location"] == "/bao-cao/viec/"
    assert "Anh chị có thể rời trang" in client.get("/bao-cao/viec/").content.decode()
    effect = Effect.objects.get(kind=export_jobs.EXPORT)
    drain(kinds={export_jobs.EXPORT})
    effect.refresh_from_db()
    assert (effect.done, effect.total) == (2, 2)
    response = client.get(f"/bao-cao/viec/{effect.pk}/tep/")
    assert response["Content-Disposition"] == f'attachment; filename="can-bo-2026-11-24.{kind}"'
    assert b"".join(response.streaming_content)[:2] == (b"PK" if kind == "xlsx" else "\ufeff".encode()[:2])
    assert f"/bao-cao/viec/{effect.pk}/tep/" in client.get("/bao-cao/viec/").content.decode()


def test_a_written_list_is_for_its_asker_alone(province, client_of, few_at_once):
    client_of(province.manager).post(f"{PEOPLE}.csv")
    drain(kinds={export_jobs.EXPORT})
    effect = Effect.objects.get(kind=export_jobs.EXPORT)
    address = f"/bao-cao/viec/{effect.pk}/tep/"
    assert client_of(province.administrator).get(address).status_code == 404
    assert client_of(province.observer).get(address).status_code == 404
    assert client_of().get(address).status_code == 302


def test_who_lost_the_role_meanwhile_gets_no_list(province, client_of, few_at_once):
    client_of(province.manager).post(f"{PEOPLE}.csv")
    Role.objects.filter(user=province.manager).update(ended_at=NOW)
    drain(kinds={export_jobs.EXPORT})
    effect = Effect.objects.get(kind=export_jobs.EXPORT)
    assert (effect.state, effect.result) == ("failed", {})
    assert "không còn xem được" in effect.error
