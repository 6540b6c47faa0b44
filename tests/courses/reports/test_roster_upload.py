"""Handing in the roster: checked first, applied once, refused in one clear sentence."""

import html
import io
import re
import zipfile
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone
from factories import make_duty, make_person, make_posting
from openpyxl import Workbook, load_workbook
from sharing import shared

from courses.reports.importing import jobs as roster_jobs
from courses.reports.importing.kinds import ROSTER
from courses.reports.roster import export as roster_export
from courses.standing.rules import seed_requirements
from outbox.draining import drain
from outbox.effects import Effect
from outbox.private_files import private_files
from people.changes.questions import SHOWN, by_kind, with_given
from people.imports import Report
from people.log.audit import Act, Entry
from people.persons.user import User
from people.postings.posting import Posting
from people.roster import importing
from people.roster.rows import COLUMNS
from tabular.cells import Line
from tabular.questions import LEAVE_OUT, Answers, Choice, QuestionKind, Unanswered

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
GOOD = "TG-100,Arâl Thị Bước,,,20455,Công chức,ho_tro_nan_nhan,01/07/2025,"
UPLOAD = "/bao-cao/danh-sach/"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def required(cast):
    make_duty()
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))


@pytest.fixture
def trainer(cast, required, client_of):
    """Somebody who answers for the whole province."""
    return client_of(cast.manager)


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def roster(*lines, name="danh-sach.csv", header=HEADER):
    return SimpleUploadedFile(name, "\n".join([header, *lines]).encode())


def hand_in(client, file, **fields):
    return client.post(UPLOAD, {"file": file, **fields})


def test_a_file_is_checked_then_applied(trainer):
    response = hand_in(trainer, roster(GOOD, "X-1,Không Có,,,99999,,,01/07/2025,"))
    check = trainer.get(response["Location"])
    page = text_of(check)
    assert "Chưa có gì được lưu" in page
    assert "Mới 1 Thay đổi 0 Giữ nguyên 0 Có lỗi 1" in page
    assert "Dòng 3 Không Có X-1 Có lỗi Mã đơn vị: Không có đơn vị nào" in page
    assert not User.objects.filter(staff_code="TG-100").exists()
    done = trainer.get(trainer.post(response["Location"])["Location"])
    assert "Đã nhập" in text_of(done)
    posting = Posting.objects.get(person__staff_code="TG-100")
    assert (posting.unit.name, posting.start) == ("Xã Tây Giang", date(2025, 7, 1))
    assert Effect.objects.get(kind=roster_jobs.IMPORT).result["created"] == 1


def test_the_figures_follow_the_roster_at_once(trainer):
    before = trainer.get("/bao-cao/").context["figures"]["required"]
    trainer.post(hand_in(trainer, roster(GOOD))["Location"])
    assert trainer.get("/bao-cao/").context["figures"]["required"] == before + 1


def test_confirming_twice_applies_once(trainer):
    address = hand_in(trainer, roster(GOOD))["Location"]
    first, second = trainer.post(address), trainer.post(address)
    assert first["Location"] == second["Location"]
    assert Effect.objects.filter(kind=roster_jobs.IMPORT).count() == 1
    assert Effect.objects.get(kind=roster_jobs.IMPORT).attempts == 1
    assert Posting.objects.filter(person__staff_code="TG-100").count() == 1
    assert "Tệp này đã được nhập" in text_of(trainer.get(address))


def test_the_file_is_private_and_goes_when_it_was_applied(trainer, settings):
    address = hand_in(trainer, roster(GOOD))["Location"]
    name = Effect.objects.get(kind=roster_jobs.CHECK).payload["file"]
    assert private_files.exists(name)
    assert str(settings.PRIVATE_ROOT) in private_files.path(name)
    trainer.post(address)
    assert not private_files.exists(name)


def test_an_import_killed_before_it_could_say_so_is_not_called_a_failure(trainer):
    address = hand_in(trainer, roster(GOOD))["Location"]
    trainer.post(address)
    row = Effect.objects.get(kind=roster_jobs.IMPORT)
    Effect.objects.filter(pk=row.pk).update(state="running", lease_until=NOW - timedelta(minutes=1), finished_at=None)
    drain()
    row.refresh_from_db()
    assert (row.state, row.error, row.result["created"]) == ("done", "", 1)


def test_a_check_of_yesterday_is_not_applied(trainer, cast):
    address = hand_in(trainer, roster(GOOD))["Location"]
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        trainer.force_login(cast.manager)  # a staff session does not last that long
        response = trainer.post(address)
        assert "quá 24 giờ" in text_of(response)
    assert not User.objects.filter(staff_code="TG-100").exists()


def test_a_check_is_for_who_asked_for_it(trainer, cast, client_of):
    address = hand_in(trainer, roster(GOOD))["Location"]
    assert client_of(cast.administrator).get(address).status_code == 404
    assert client_of(cast.administrator).post(address).status_code == 404
    assert client_of(cast.trainer).get(address).status_code == 403
    assert client_of().get(address).status_code == 302


def workbook(*rows) -> SimpleUploadedFile:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return SimpleUploadedFile("danh-sach.xlsx", out.getvalue())


def test_a_spreadsheet_with_diacritics_in_its_header_is_read(trainer):
    header = ["Mã cán bộ", "Họ tên", "Email", "Điện thoại", "Mã đơn vị", "Chức danh", "Nhiệm vụ", "Từ ngày", "Đến ngày"]
    row = ["TG-101", "Alăng Thị Ngọc", None, None, 20455, "Công chức", "ho_tro_nan_nhan", datetime(2025, 7, 1), None]
    trainer.post(hand_in(trainer, workbook(header, row))["Location"])
    assert Posting.objects.get(person__staff_code="TG-101").unit.code == "20455"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.csv", "Mã cán bộ".encode("utf-16")), ""),
        (SimpleUploadedFile("a.xlsx", b"GIF89a khong phai bang tinh"), ""),
        (SimpleUploadedFile("a.docx", b"PK"), "Chỉ nhận tệp .csv, .txt hoặc .xlsx"),
        (SimpleUploadedFile("a.csv", b""), "Tệp không có gì"),
        (None, "Chọn một tệp CSV hoặc XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(trainer, file, sentence):
    people, postings = User.objects.count(), Posting.objects.count()
    response = trainer.post(UPLOAD, {"file": file} if file else {})
    assert response.status_code == 422
    errors = [error for errors in response.context["form"].errors.values() for error in errors]
    assert len(errors) == 1
    assert sentence in errors[0]
    assert errors[0] in text_of(response)
    assert (User.objects.count(), Posting.objects.count()) == (people, postings)


HEADING_ASKED = "Dòng nào của tệp là tiêu đề?"


def test_a_file_whose_heading_nobody_knows_asks_for_it_and_saves_nothing(trainer):
    people, postings = User.objects.count(), Posting.objects.count()
    page = text_of(trainer.get(hand_in(trainer, roster(GOOD, header="ma,ten"))["Location"]))
    assert HEADING_ASKED in page
    assert "ma | ten" in page
    assert (User.objects.count(), Posting.objects.count()) == (people, postings)


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        ("X-1,A,,,99999,,,01/07/2025,", "ma_don_vi", "99999"),
        ("X-1,A,,,20455,,,mai,", "tu_ngay", "Không đọc được ngày “mai”"),
        ("X-1,A,,,20455,,,02/07/2025,01/07/2025", "den_ngay", "Ngày kết thúc trước ngày bắt đầu"),
        ("X-1,=A1,,,20455,,,01/07/2025,", "ho_ten", "Ô bắt đầu bằng dấu “=”"),
        ("X-1,,,,20455,,,01/07/2025,", "ho_ten", "để trống"),
        ("X-1,A,,,20455,,lai_xe,01/07/2025,", "nhiem_vu", "Không có nhiệm vụ “lai_xe”"),
        (GOOD, "tu_ngay", "Vị trí này đã có ở dòng 2"),
        ("TG-100,Tên Khác,,,20458,,,01/07/2025,", "ho_ten", "mỗi mã chỉ một người"),
    ],
)
def test_a_bad_row_is_shown_with_line_column_and_reason(trainer, line, column, sentence):
    check = trainer.get(hand_in(trainer, roster(GOOD, line))["Location"])
    (bad,) = check.context["result"]["rejected"]
    assert (bad["line"], bad["column"]) == (3, column)
    assert sentence in bad["reason"]
    assert bad["reason"] in text_of(check)
    assert not User.objects.filter(staff_code__in=["X-1", "TG-100"]).exists()


def test_all_bad_rows_can_be_fetched_as_a_spreadsheet(trainer):
    lines = [f"X-{number},A,,,99999,,,01/07/2025," for number in range(150)]
    response = hand_in(trainer, roster(*lines))
    page = trainer.get(response["Location"])
    assert "Có lỗi: trang 1 trên 6, 150 dòng." in text_of(page)
    assert "Không có gì để nhập" in text_of(page)
    check = Effect.objects.get(kind=roster_jobs.CHECK)
    fetched = trainer.get(f"/bao-cao/viec/{check.pk}/tep/")
    sheet = load_workbook(io.BytesIO(b"".join(fetched.streaming_content))).active
    assert sheet.max_row == 151


def test_a_complete_roster_ends_whom_it_does_not_name(trainer, cast):
    address = hand_in(trainer, roster(GOOD), missing="end")["Location"]
    page = text_of(trainer.get(address))
    assert "kết thúc 1 công tác" in page
    assert "Kết thúc 1" in page
    assert "Xã Tây Giang: 1 trên 1 công tác đang có" in page
    assert f"{cast.learner.full_name} ({cast.learner.staff_code})" in page
    assert not Posting.objects.current().exclude(end=None).exists()
    trainer.post(address, {"so": "1"})
    ended = dict(Posting.objects.current().values_list("person", "end"))
    # who is in a commune that the file does not name stays
    assert (ended[cast.learner.pk], ended[cast.other_learner.pk]) == (date(2026, 11, 23), None)


@pytest.mark.parametrize("typed", [{}, {"so": ""}, {"so": "3"}, {"so": "hai"}])
def test_above_a_fifth_of_a_unit_the_number_is_typed_before_the_file_goes_in(trainer, typed):
    address = hand_in(trainer, roster(GOOD), missing="end")["Location"]
    refused = trainer.post(address, typed)
    assert refused.status_code == 422
    assert "Chưa nhập gì: hãy gõ đúng số 1." in text_of(refused)
    assert f'value="{typed.get("so", "")}"' in refused.content.decode()
    assert not Effect.objects.filter(kind=roster_jobs.IMPORT).exists()
    done = trainer.post(address, {"so": " 1 "})
    assert "1 công tác đã kết thúc" in text_of(trainer.get(done["Location"]))
    assert trainer.post(address)["Location"] == done["Location"]


def test_up_to_a_fifth_of_a_unit_nothing_is_typed(trainer, cast, units):
    for number in range(8):
        make_posting(make_person(f"Người {number}", f"N-{number}"), units.tay_giang)
    lines = [f"N-{number},Người {number},,,20455,Công chức,ho_tro_nan_nhan,01/07/2025," for number in range(8)]
    address = hand_in(trainer, roster(*lines), missing="end")["Location"]
    page = trainer.get(address)
    assert "Xã Tây Giang: 1 trên 9 công tác đang có" in text_of(page)
    assert b'name="so"' not in page.content
    assert "Đã nhập" in text_of(trainer.get(trainer.post(address)["Location"]))


def test_an_import_ends_no_more_than_its_check_told(trainer, cast, units):
    address = hand_in(trainer, roster(GOOD), missing="end")["Location"]
    new = make_posting(make_person("Người Mới", "N-1"), units.tay_giang)
    page = text_of(trainer.get(trainer.post(address, {"so": "1"})["Location"]))
    assert "Danh sách đã thay đổi sau khi kiểm tra" in page
    assert not Posting.objects.current().exclude(end=None).exists()
    assert new.pk in Posting.objects.current().values_list("pk", flat=True)


def test_a_row_in_another_unit_offers_that_she_moved(trainer, cast):
    line = f"{cast.learner.staff_code},{cast.learner.full_name},,,20695,Công chức,,01/08/2026,"
    address = hand_in(trainer, roster(line))["Location"]
    page = text_of(trainer.get(address))
    assert "Mới 1 Thay đổi 0 Giữ nguyên 0 Có lỗi 0" in page
    assert "Chờ trả lời" not in page
    assert "có phải đã chuyển sang Xã Thạnh Mỹ (20695) không?" in page
    again = trainer.post(address, {"answers": "1", "tra_loi:chuyen_don_vi:2": "da_chuyen"})["Location"]
    assert "kết thúc ngày 31/07/2026" in text_of(trainer.get(again))
    trainer.post(again)
    spans = Posting.objects.current().filter(person=cast.learner).values_list("unit__code", "end")
    assert set(spans) == {("20455", date(2026, 7, 31)), ("20695", None)}


def test_a_large_file_is_done_in_the_background_with_progress(trainer, monkeypatch):
    monkeypatch.setattr(roster_jobs, "FILE_AT_ONCE", 10)
    monkeypatch.setattr(roster_jobs, "ROWS_AT_ONCE", 1)
    address = hand_in(trainer, roster(GOOD, GOOD.replace("100", "102")))["Location"]
    waiting = trainer.get(address)
    assert "Anh chị có thể rời trang" in text_of(waiting)
    assert 'data-seconds="3"' in waiting.content.decode()
    assert trainer.post(address).status_code == 200  # nothing to confirm yet
    drain(kinds={roster_jobs.CHECK})
    imported = trainer.post(address)["Location"]
    assert "Đang nhập" in text_of(trainer.get(imported))
    assert "Đang chờ" in text_of(trainer.get("/bao-cao/viec/"))
    drain(kinds={roster_jobs.IMPORT})
    assert "Đã nhập" in text_of(trainer.get(imported))
    effect = Effect.objects.get(kind=roster_jobs.IMPORT)
    assert (effect.done, effect.total) == (2, 2)


def test_a_small_workbook_that_unpacks_to_much_is_checked_in_the_background(trainer):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<row/>" * 400_000)
    assert len(out.getvalue()) < 100 * 1024
    address = trainer.post("/bao-cao/danh-sach/", {"file": SimpleUploadedFile("to.xlsx", out.getvalue())})["Location"]
    assert "Anh chị có thể rời trang" in text_of(trainer.get(address))


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (roster(GOOD, header="ma,ten"), HEADING_ASKED),
        (SimpleUploadedFile("a.xlsx", b"GIF89a khong phai bang tinh"), "Tệp chưa đọc được"),
    ],
)
def test_an_unreadable_large_file_says_so_on_its_page(trainer, monkeypatch, file, said):
    monkeypatch.setattr(roster_jobs, "FILE_AT_ONCE", 1)
    address = hand_in(trainer, file)["Location"]
    drain(kinds={roster_jobs.CHECK})
    assert said in text_of(trainer.get(address))


def test_who_lost_the_role_before_the_import_ran_brings_nobody_in(trainer, cast, monkeypatch):
    monkeypatch.setattr(roster_jobs, "ROWS_AT_ONCE", 0)
    trainer.post(hand_in(trainer, roster(GOOD))["Location"])
    cast.manager.roles.update(ended_at=NOW)
    drain(kinds={roster_jobs.IMPORT})
    assert not User.objects.filter(staff_code="TG-100").exists()


def test_a_roster_takes_over_no_account_of_somebody_with_a_role(trainer, cast):
    line = "{},{},moi@example.vn,0905 999 999,20455,Công chức,,01/07/2025,"
    chief = line.format(cast.administrator.staff_code, cast.administrator.full_name)
    address = hand_in(trainer, roster(chief))["Location"]
    assert "email của người có vai trò không đổi bằng tệp" in text_of(trainer.get(address))
    trainer.post(address)
    cast.administrator.refresh_from_db()
    assert (cast.administrator.email, cast.administrator.phone) == (None, None)
    assert cast.administrator.postings.current().count() == 1
    trainer.post(hand_in(trainer, roster(line.format("TG-001", cast.learner.full_name)))["Location"])
    cast.learner.refresh_from_db()
    assert cast.learner.email == "moi@example.vn"


def test_the_template_is_a_roster_that_reads_without_an_error(trainer):
    for kind in ("csv", "xlsx"):
        template = trainer.get(f"{UPLOAD}mau.{kind}")
        name = f"mau.{kind}"
        check = trainer.get(hand_in(trainer, SimpleUploadedFile(name, template.content), codes_as_of="")["Location"])
        (bad,) = check.context["result"]["rejected"]  # only the unit of the example is not of this small map
        assert bad["column"] == "ma_don_vi"


def rejected_file(client) -> bytes:
    check = Effect.objects.filter(kind=roster_jobs.CHECK).latest("pk")
    return b"".join(client.get(f"/bao-cao/viec/{check.pk}/tep/").streaming_content)


def test_the_file_of_wrong_rows_holds_them_as_they_were_and_is_uploaded_again_when_mended(trainer):
    lines = [
        "00123,-Zơrâm = Lan,,0905 123 456,99999,Công chức,ho_tro_nan_nhan|xac_minh,1/7/2025,",
        "X-2,=A1,,,20455,,,01/07/2025,",
    ]
    make_duty("xac_minh")
    hand_in(trainer, roster(GOOD, *lines))
    book = load_workbook(io.BytesIO(rejected_file(trainer)))
    header, first, second = ([cell.value for cell in row] for row in book.active.iter_rows())
    assert header[1:-1] == [ROSTER.heading(column.name) for column in COLUMNS]
    phone, duties = "0905 123 456", "ho_tro_nan_nhan|xac_minh"
    assert first[:-1] == ["3", "00123", "'-Zơrâm = Lan", None, phone, "99999", "Công chức", duties, "1/7/2025", None]
    assert first[-1] == "Mã đơn vị: Không có đơn vị nào mang mã “99999”."
    # a formula is its text, which no program runs
    assert (second[2], second[-1][:7]) == ("'=A1", "Họ tên:")
    book.active["F2"], book.active["C3"] = "20455", "Bling Ca"
    out = io.BytesIO()
    book.save(out)
    check = trainer.get(hand_in(trainer, SimpleUploadedFile("dong-loi.xlsx", out.getvalue()))["Location"])
    result = check.context["result"]
    assert (result["created"], result["rejected"], result["notes"]) == (2, [], [])
    trainer.post(check.request["PATH_INFO"])
    person = User.objects.get(staff_code="00123")
    assert (person.full_name, person.phone) == ("-Zơrâm = Lan", "+84905123456")


def test_cells_beyond_the_header_are_kept_in_the_file_of_wrong_rows(trainer):
    hand_in(trainer, roster(GOOD, "X-2,Hồ Thị A,,,20455,Công chức,ho_tro_nan_nhan,01/07/2025,,ghi thêm,,nữa"))
    book = load_workbook(io.BytesIO(rejected_file(trainer)))
    header, row = ([cell.value for cell in row] for row in book.active.iter_rows())
    assert header[-4:] == ["Cần sửa", "Ô thừa 1", "Ô thừa 2", "Ô thừa 3"]
    assert row[-3:] == ["ghi thêm", None, "nữa"]
    assert "nhiều ô hơn tiêu đề" in row[-4]


def test_a_long_roster_is_exported_in_the_background_as_it_would_be_at_once(trainer, cast, units, monkeypatch):
    at_once = trainer.get(f"{UPLOAD}xuat.csv").content.decode()
    monkeypatch.setattr(roster_export, "ROWS_AT_ONCE", 0)
    page = trainer.get(f"{UPLOAD}xuat.csv")
    assert "được ghi ở nền" in page.content.decode()
    assert trainer.post(f"{UPLOAD}xuat.csv")["Location"] == "/bao-cao/viec/"
    work = Effect.objects.filter(kind=roster_export.EXPORT).get()
    drain()
    work.refresh_from_db()
    assert work.result["rows"] >= 1
    file = b"".join(trainer.get(f"/bao-cao/viec/{work.pk}/tep/").streaming_content).decode()
    assert file == at_once


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_exported_roster_comes_back_without_a_change_or_a_note(trainer, cast, units, kind):
    people = [
        ("00123", "-Zơrâm Thị Lan", {"phone": "+84905123456", "email": "lan@example.vn"}),
        ("=X", "=Alăng = Hà", {"phone": "+12025550123"}),
        ("+84-1", "@Bling; “Ca”, Hà", {}),
        ("'-7", "Hồ Văn Dung", {}),
        ("'00125", "Hồ Văn Lĩnh", {}),
    ]
    for code, name, contact in people:
        person = make_person(name, code, **contact)
        make_posting(person, units.tay_giang, duties=("ho_tro_nan_nhan", "xac_minh"), position="-Phó ban")
        make_posting(person, units.avuong, duties=(), position="", end=date(2027, 1, 31))
    make_posting(make_person("Đã Nghỉ", "N-1"), units.tay_giang, end=date(2026, 1, 31))
    before = set(Posting.objects.values_list("pk", "superseded_at"))
    file = trainer.get(f"{UPLOAD}xuat.{kind}")
    check = trainer.get(hand_in(trainer, SimpleUploadedFile(f"ds.{kind}", file.content))["Location"])
    result = check.context["result"]
    assert (result["rejected"], result["notes"], result["questions"]) == ([], [], [])
    assert (result["created"], result["changed"], result["unchanged"]) == (0, 0, 12)
    assert set(Posting.objects.values_list("pk", "superseded_at")) == before
    entry = Entry.objects.get(act=Act.EXPORTED_PEOPLE)
    assert (entry.by, entry.count, entry.detail) == (cast.manager, 12, kind)


# --- what the file leaves open
SEAT = QuestionKind("ghe", "Ghế nào chưa rõ", (Choice("trai", "Bên trái"), LEAVE_OUT))


@pytest.fixture
def asks(monkeypatch):
    """Whoever has no position is asked about."""
    read = importing._Reader.read

    def reading(self, raw, report):
        if not raw["chuc_danh"]:
            report.ask(SEAT, raw["ma_can_bo"], raw.line, "chuc_danh", f"Ghế của {raw['ho_ten']} chưa rõ.")
        return read(self, raw, report)

    monkeypatch.setattr(importing._Reader, "read", reading)


OPEN = [f"X-{number},Người {number},,,20455,,,01/07/2025," for number in (1, 2, 3)]


def test_a_question_is_answered_on_the_page_and_kept_with_the_import(trainer, asks):
    address = hand_in(trainer, roster(GOOD, *OPEN))["Location"]
    page = text_of(trainer.get(address))
    assert "Có lỗi 0 Chờ trả lời 3" in page
    assert "Cho cả 3 dòng (3 dòng chưa trả lời)" in page
    assert "Dòng 3 X-1 Ghế của Người 1 chưa rõ." in page
    assert "3 dòng còn chờ trả lời sẽ chưa được nhập" in page
    answers = {"answers": "1", "tra_loi:ghe:*": "trai", "tra_loi:ghe:4": "bo_dong", "tra_loi:ghe:3": ""}
    again = trainer.post(address, answers)["Location"]
    assert again != address
    assert not User.objects.filter(staff_code__startswith="X-").exists()
    page = text_of(trainer.get(again))
    assert "Mới 3 Thay đổi 0 Giữ nguyên 0 Có lỗi 0" in page
    assert "Chờ trả lời" not in page
    assert "Dòng 4: X-2: Không nhập, theo câu trả lời." in page
    trainer.post(again)
    assert set(User.objects.filter(staff_code__startswith="X-").values_list("staff_code", flat=True)) == {"X-1", "X-3"}
    effect = Effect.objects.get(kind=roster_jobs.IMPORT)
    assert effect.payload["answers"] == {"ghe": {"*": "trai", "4": "bo_dong"}}


def test_a_file_with_open_questions_may_go_in_without_those_rows(trainer, asks):
    trainer.post(hand_in(trainer, roster(GOOD, *OPEN))["Location"])
    assert set(User.objects.filter(staff_code__in=["TG-100", "X-1"]).values_list("staff_code", flat=True)) == {"TG-100"}


def test_a_file_that_is_in_takes_no_more_answers(trainer, asks):
    address = hand_in(trainer, roster(GOOD, *OPEN))["Location"]
    imported = trainer.post(address)["Location"]
    assert "Cần anh chị trả lời" not in text_of(trainer.get(address))
    assert trainer.post(address, {"answers": "1", "tra_loi:ghe:*": "trai"})["Location"] == imported


def test_the_page_shows_open_rows_first_and_takes_answers_back():
    report = Report(answers=Answers({"ghe": {"2": "trai"}}))
    for line in range(2, SHOWN + 5):
        try:
            report.ask(SEAT, "A", Line(line), "ghe", "Chưa rõ.")
        except Unanswered as waits:
            report.reject("A", Line(line), waits)
    [kind] = by_kind(report.questions, report.answers)
    assert (kind["open"], kind["count"], len(kind["rows"])) == (SHOWN + 2, SHOWN + 3, SHOWN)
    assert (kind["rows"][0]["line"], kind["field"]) == ("3", "tra_loi:ghe:*")
    form = QueryDict("tra_loi:ghe:*=phai&tra_loi:ghe:2=&tra_loi:ghe:3=trai&khac=1&tra_loi:ghe=x")
    assert with_given(report.answers, form).kept == {"ghe": {"*": "phai", "3": "trai"}}
