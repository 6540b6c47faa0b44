"""Reading the files that people hand in."""

import json
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from types import SimpleNamespace

import openpyxl
import pytest
from costs import in_loops
from django.core.management import CommandError

from people import imports
from people.imports import Prepared, Report
from tabular.cells import CellError, Line, clean_text, plain_key, read_date
from tabular.headings import why_ignored
from tabular.tables import Column, TableError, read_table

COLUMNS = [
    Column("ma_can_bo", required=True, max_length=10),
    Column("ho_ten", aliases=("ho_va_ten",)),
    Column("tu_ngay", is_date=True),
]
HEADER = "ma_can_bo,ho_ten,tu_ngay\n"


def csv_file(tmp_path, text, encoding="utf-8", name="tep.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def xlsx_file(tmp_path, rows, name="tep.xlsx"):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / name
    book.save(path)
    return path


def rows(path):
    return [row.values for row in read_table(path, COLUMNS)]


def errors(path):
    return [(row.line, error.column, error.reason) for row in read_table(path, COLUMNS) for error in row.errors]


def refusal(path):
    with pytest.raises(TableError) as caught:
        list(read_table(path, COLUMNS))
    return str(caught.value)


AN = {"ma_can_bo": "A1", "ho_ten": "Nguyễn Văn An", "tu_ngay": date(2025, 7, 1)}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (HEADER + "A1,Nguyễn Văn An,2025-07-01\n", "utf-8"),
        (HEADER + "A1,Nguyễn Văn An,01/07/2025\n", "utf-8-sig"),
        ("Mã cán bộ;Họ tên;Từ ngày\nA1;Nguyễn Văn An;1/7/2025\n", "utf-8"),
        ("Từ ngày,MÃ CÁN BỘ, Họ và tên \n01-07-2025,A1,  Nguyễn  Văn An \n", "utf-8"),
        ('ma_can_bo,ho_ten,tu_ngay\r\nA1,"Nguyễn\nVăn An",01.07.2025\r\n', "utf-8"),
        (HEADER + "\n,,\nA1,Nguye\u0302\u0303n Va\u0306n An,2025-07-01 00:00:00\n", "utf-8"),
    ],
)
def test_the_same_row_is_read_however_it_is_written(tmp_path, text, encoding):
    assert rows(csv_file(tmp_path, text, encoding)) == [AN]


def test_a_workbook_gives_the_same_rows_as_the_text_file(tmp_path):
    path = xlsx_file(tmp_path, [["Mã cán bộ", "Họ tên", "Từ ngày"], ["A1", "Nguyễn Văn An", datetime(2025, 7, 1)]])
    assert rows(path) == [AN]


def test_whole_numbers_of_a_workbook_are_codes_without_a_fraction(tmp_path):
    path = xlsx_file(tmp_path, [["ma_can_bo", "ho_ten", "tu_ngay"], [20455.0, 7, "01/07/2025"]])
    assert rows(path) == [{"ma_can_bo": "20455", "ho_ten": "7", "tu_ngay": date(2025, 7, 1)}]


def test_a_workbook_whose_declared_size_is_wrong_is_read_whole(tmp_path):
    good = xlsx_file(tmp_path, [["ma_can_bo", "ho_ten", "tu_ngay"], ["A1", "Nguyễn Văn An", "2025-07-01"]])
    bad = tmp_path / "sai.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for part in source.infolist():
            target.writestr(part, source.read(part).replace(b'ref="A1:C2"', b'ref="A1"'))
    assert rows(bad) == [AN]


def test_lines_are_those_of_the_spreadsheet(tmp_path):
    text = HEADER + 'A1,An,2025-07-01\n\n"A2","Bình\nYên",hôm qua\nA3,,=1+1\n'
    assert [(line, column) for line, column, _reason in errors(csv_file(tmp_path, text))] == [
        (4, "tu_ngay"),
        (5, "tu_ngay"),
    ]


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        (["A1", "An", "31/02/2025"], "tu_ngay", "Không đọc được ngày “31/02/2025”"),
        (["A1", "An", "2025"], "tu_ngay", "hãy ghi ngày/tháng/năm"),
        (["A1", "An", "01/07/0025"], "tu_ngay", "Không đọc được ngày"),
        (["A1", "=HYPERLINK(1)", ""], "ho_ten", "Ô bắt đầu bằng dấu “=”"),
        (["=A1", "An", ""], "ma_can_bo", "Ô bắt đầu bằng dấu “=”"),
        (["", "An", ""], "ma_can_bo", "Ô bắt buộc đang để trống."),
        (["A" * 11, "An", ""], "ma_can_bo", "Ô dài 11 ký tự, nhiều nhất là 10."),
        (["A1", "#N/A", ""], "ho_ten", "Ô báo lỗi #N/A"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_bad_cell_is_reported_with_its_column_and_a_reason(tmp_path, cells, column, says, kind):
    if kind == "csv":
        path = csv_file(tmp_path, HEADER + ",".join(cells) + "\n")
    else:
        path = xlsx_file(tmp_path, [["ma_can_bo", "ho_ten", "tu_ngay"], cells])
    [(line, bad, reason)] = errors(path)
    assert (line, bad) == (2, column)
    assert says in reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (7.0, "7"),
        (7.5, "7.5"),
        (20455, "20455"),
        (True, "True"),
        (date(2025, 7, 1), "2025-07-01"),
        (datetime(2025, 7, 1, 8, 30), "2025-07-01"),
        (" A\u200b\t\n\u00a0 B\x00", "A B"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        # an array formula of a workbook
        (SimpleNamespace(text="=SUM(A1:A2)"), "=SUM(A1:A2)"),
        (SimpleNamespace(text="SUM(A1:A2)"), "=SUM(A1:A2)"),
    ],
)
def test_a_cell_is_read_as_it_is_seen(value, text):
    assert clean_text(value) == text


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("1/7/2025", date(2025, 7, 1)),
        ("31-12-2025", date(2025, 12, 31)),
        ("2025-7-1", date(2025, 7, 1)),
        ("2025-07-01T00:00:00.000", date(2025, 7, 1)),
        (datetime(2025, 7, 1, 23, 59), date(2025, 7, 1)),
        (date(2025, 7, 1), date(2025, 7, 1)),
        ("1900-01-01", date(1900, 1, 1)),
        ("31/12/2199", date(2199, 12, 31)),
        ("1899-12-31", None),
        ("2200-01-01", None),
        (date(1899, 12, 31), None),
        ("2025-07-01 08:00", date(2025, 7, 1)),
        ("01/07/2025 00:00:00", date(2025, 7, 1)),
        ("01/07/2025 0:00", date(2025, 7, 1)),
        ("01/07/2025 12:00:00 SA", date(2025, 7, 1)),
        ("01 /07/ 2025", date(2025, 7, 1)),
        ("2025/07/01", date(2025, 7, 1)),
        ("2025.7.1", date(2025, 7, 1)),
        ("01–07–2025", date(2025, 7, 1)),
        ("01/07/2025 25:00", None),
        ("01/07/25", None),
        ("07/31/2025", None),
        ("45839", None),
        ("7/2025", None),
        ("30/02/2025", None),
        ("x 1/7/2025", None),
    ],
)
def test_a_day_is_read_in_the_ways_that_people_write_it_and_between_1900_and_2199(value, day):
    if day:
        assert read_date(value) == day
    else:
        with pytest.raises(ValueError):  # noqa: PT011, the value itself or the calendar's words
            read_date(value)


def test_a_cell_may_be_as_long_as_its_column_and_no_longer(tmp_path):
    assert errors(csv_file(tmp_path, HEADER + "A" * 10 + ",An,\n")) == []
    [(_line, column, _reason)] = errors(csv_file(tmp_path, HEADER + "A" * 11 + ",An,\n"))
    assert column == "ma_can_bo"


def test_cells_that_are_missing_at_the_end_of_a_row_are_empty(tmp_path):
    assert rows(csv_file(tmp_path, HEADER + "A1\n")) == [{"ma_can_bo": "A1", "ho_ten": "", "tu_ngay": None}]
    path = csv_file(tmp_path, "tu_ngay,ho_ten,ma_can_bo\n2025-07-01\n")
    assert errors(path) == [(2, "ma_can_bo", "Ô bắt buộc đang để trống.")]


def test_a_cell_that_cannot_be_read_leaves_the_others(tmp_path):
    path = csv_file(tmp_path, HEADER + "A1,An,hôm qua\nA2,=1,1/7/2025\n")
    assert rows(path) == [
        {"ma_can_bo": "A1", "ho_ten": "An", "tu_ngay": None},
        {"ma_can_bo": "A2", "ho_ten": None, "tu_ngay": date(2025, 7, 1)},
    ]


def test_empty_cells_beyond_the_header_shift_nothing(tmp_path):
    path = csv_file(tmp_path, "ma_can_bo,ho_ten,tu_ngay,,\nA1,Nguyễn Văn An,2025-07-01,, \n")
    assert rows(path) == [AN]
    assert errors(path) == []
    [(_line, column, reason)] = errors(csv_file(tmp_path, "ma_can_bo,ho_ten,tu_ngay,\nA1,An,2025-07-01,x\n"))
    assert (column, "nhiều ô hơn tiêu đề" in reason) == ("", True)


def test_a_shifted_row_has_no_other_complaint(tmp_path):
    [(_line, column, _reason)] = errors(csv_file(tmp_path, HEADER + ",An, Bình,hôm qua\n"))
    assert column == ""


def test_a_column_may_not_come_twice_under_two_headings(tmp_path):
    path = csv_file(tmp_path, "ma_can_bo,ho_ten,Họ và tên,tu_ngay\n")
    assert "Cột ho_ten có hai lần" in refusal(path)


def test_columns_without_a_heading_and_known_ones_are_not_told_as_ignored(tmp_path):
    report = Report()
    read_table(csv_file(tmp_path, "STT,ma_can_bo,,Họ và tên,Ghi chú,tu_ngay,CCCD\n"), COLUMNS, report)
    assert [note["item"] for note in report.notes] == ["Ghi chú", "CCCD"]
    assert "nhạy cảm" in why_ignored("CCCD")
    assert "nhạy cảm" not in why_ignored("Ghi chú")


@pytest.mark.parametrize(
    ("text", "key"), [("Mã cán bộ", "ma_can_bo"), (" ĐẾN  ngày ", "den_ngay"), ("e-mail (1)", "e_mail_1"), ("—", "")]
)
def test_a_heading_is_known_by_its_letters_alone(text, key):
    assert plain_key(text) == key


# --- the report of an import


def reported():
    report = Report(created=1, changed=2, unchanged=4)
    report.reject("B", Line(9), CellError("ho_ten", "Sai."))
    report.reject("A", Line(3), CellError("", "Sai nữa."))
    report.note("C", None, "Nhớ.")
    return report


def test_a_report_counts_every_row_once_and_stands_in_the_order_of_the_file(tmp_path):
    report = reported()
    assert report.read == 9
    assert report.as_dict() == {
        "read": 9,
        "created": 1,
        "changed": 2,
        "unchanged": 4,
        "rejected": [
            {"item": "A", "line": 3, "column": "", "reason": "Sai nữa."},
            {"item": "B", "line": 9, "column": "ho_ten", "reason": "Sai."},
        ],
        "notes": [{"item": "C", "line": None, "reason": "Nhớ."}],
    }
    report.write(tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text()) == report.as_dict()
    assert "Nhớ." in (tmp_path / "out.json").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_each_ignored_column_is_a_note_on_the_header(tmp_path):
    report = Report()
    read_table(csv_file(tmp_path, "ma_can_bo,ho_ten,Dân tộc,tu_ngay\n"), COLUMNS, report)
    assert [(note["item"], note["line"]) for note in report.notes] == [("Dân tộc", 1)]


@pytest.mark.parametrize(
    ("bad", "options", "done", "written"),
    [
        (False, {}, True, True),
        (True, {}, True, True),
        (True, {"strict": True}, False, False),
        (False, {"strict": True}, True, True),
        (False, {"dry_run": True}, True, False),
        (True, {"strict": True, "dry_run": True}, False, False),
    ],
)
def test_a_dry_run_writes_nothing_and_neither_does_strict_with_a_bad_row(bad, options, done, written):
    calls = []
    prepared = Prepared(reported() if bad else Report(), lambda progress: calls.append(progress))
    assert prepared.carry_out(**options) is done
    assert bool(calls) is written


def printed_by_command(report, tmp_path, monkeypatch, capsys, **options):
    command = imports.ImportCommand()
    monkeypatch.setattr(command, "prepare", lambda *_arguments: Prepared(report, lambda progress: None))
    given = {"report": None, "dry_run": False, "strict": False, "format": "text", "answer": [], **options}
    command.handle(**given)
    return capsys.readouterr().out.splitlines()


def test_the_command_says_the_counts_and_then_each_row_that_did_not_go_in(tmp_path, monkeypatch, capsys):
    assert printed_by_command(reported(), tmp_path, monkeypatch, capsys) == [
        "Đọc 9 dòng: 1 mới, 2 thay đổi, 4 giữ nguyên, 2 lỗi.",
        "  Dòng 3, cột – (A): Sai nữa.",
        "  Dòng 9, cột ho_ten (B): Sai.",
        "  – (C): Nhớ.",
    ]
    assert printed_by_command(Report(), tmp_path, monkeypatch, capsys, dry_run=True)[-1] == "Chạy thử: chưa ghi gì."


@pytest.mark.parametrize(("notes", "more"), [(20, None), (21, 1), (30, 10)])
def test_the_command_shows_the_first_twenty_and_how_many_more_there_are(tmp_path, monkeypatch, capsys, notes, more):
    report = Report()
    for number in range(notes):
        report.note(str(number), number + 1, "Nhớ.")
    lines = printed_by_command(report, tmp_path, monkeypatch, capsys)
    assert len([line for line in lines if "Nhớ." in line]) == 20
    assert [line for line in lines if "mục nữa" in line] == (
        [f"  … và {more} mục nữa; xem đủ bằng --report."] if more else []
    )


def test_long_work_says_how_far_it_is_at_most_every_two_seconds(monkeypatch):
    now, told = [100.0], []
    monkeypatch.setattr(imports.time, "monotonic", lambda: now[0])
    command = imports.ImportCommand()
    command.stderr = SimpleNamespace(write=told.append)
    tell = command._teller("Đã đọc")
    for seconds, done in [(1, 1), (2, 2), (2.1, 3), (4, 4), (4.2, 5)]:
        now[0] = 100 + seconds
        tell(done)
    assert told == ["Đã đọc 3 dòng…", "Đã đọc 5 dòng…"]


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_read(tmp_path):
    command = imports.ImportCommand()
    with pytest.raises(CommandError, match="Không ghi được báo cáo vào"):
        command.handle(report=str(tmp_path / "nowhere" / "out.json"), dry_run=False, strict=False, format="text")


def test_a_comma_that_shifts_the_cells_is_noticed(tmp_path):
    [(line, _column, reason)] = errors(csv_file(tmp_path, HEADER + "A1,An, Bình,2025-07-01\n"))
    assert line == 2
    assert reason


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Tệp trống"),
        (b"\n \n", "Tệp trống"),
        (b"ma_can_bo,tu_ngay\nA1,2025-07-01\n", "Tiêu đề thiếu cột ho_ten"),
        (b"ma,ten\n", "Tiêu đề thiếu cột ma_can_bo, ho_ten, tu_ngay"),
        (b"ma_can_bo,ho_ten,tu_ngay,Ma can bo\n", "Cột ma_can_bo có hai lần"),
        ((HEADER + 'A1,"An,2025-07-01\nA2,B,2025-07-01\n').encode(), "Dấu ngoặc kép"),
        (b"%PDF-1.7 ...", "không phải bảng tính"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "không phải bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"PK\x03\x04broken", "bị hỏng"),
        (b"<html><body><table><tr><td>ma_can_bo</td></tr></table>", "mở tệp bằng Excel"),
        (
            b'\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html xmlns:x="urn:schemas-microsoft-com:office:excel">',
            "mở tệp bằng Excel",
        ),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "mở tệp bằng Excel"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "mở tệp bằng Excel"),
        ("<TABLE border=1>".encode("utf-16"), "mở tệp bằng Excel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, content, says):
    path = tmp_path / "tep.csv"
    path.write_bytes(content)
    sentence = refusal(path)
    assert says in sentence
    assert "\n" not in sentence


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "Không tìm thấy tệp" in refusal(tmp_path / "không có.csv")


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "thu.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "không phải bảng tính" in refusal(path)


# a little over what is read at all
MANY = [210_000, pytest.param(1_000_000, marks=pytest.mark.soak)]


@pytest.mark.parametrize("many", MANY)
def test_a_million_rows_are_refused_quickly_and_in_little_memory(tmp_path, many):
    path = tmp_path / "lon.csv"
    with path.open("w") as handle:
        handle.write(HEADER)
        for _ in range(many // 10_000):
            handle.write("A1,Nguyen Van An,2025-07-01\n" * 10_000)
    tracemalloc.start()
    began = time.process_time()
    assert "200.000 dòng" in refusal(path)
    assert in_loops(time.process_time() - began) < 8
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("many", MANY)
@pytest.mark.parametrize("x", ["", "x:"], ids=["plain", "with a prefix"])
def test_a_workbook_of_a_million_rows_is_refused_before_it_is_loaded(tmp_path, x, many):
    small = xlsx_file(tmp_path, [["ma_can_bo", "ho_ten", "tu_ngay"]])
    path = tmp_path / "lon.xlsx"
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.filename.startswith("xl/worksheets/"):
                with target.open(part.filename, "w") as sheet:
                    name = "xmlns:x" if x else "xmlns"
                    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                    sheet.write(f'<{x}worksheet {name}="{main}"><{x}sheetData>'.encode())
                    row = f'<{x}row><{x}c t="str"><{x}v>A1</{x}v></{x}c></{x}row>'.encode()
                    for _ in range(many // 10_000):
                        sheet.write(row * 10_000)
                    sheet.write(f"</{x}sheetData></{x}worksheet>".encode())
            else:
                target.writestr(part, source.read(part))
    began = time.process_time()
    assert "200.000 dòng" in refusal(path)
    assert in_loops(time.process_time() - began) < 8


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/media/image1.png", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unread(tmp_path, monkeypatch, name):
    monkeypatch.setattr("tabular.workbooks.MOST_BYTES_HELD", 1_000_000)
    monkeypatch.setattr("tabular.workbooks.MOST_BYTES_READ", 1_000_000)
    small = xlsx_file(tmp_path, [["ma_can_bo", "ho_ten", "tu_ngay"]])
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part, source.read(part))
        target.writestr(name, b" " * 1_000_001)
    assert "quá lớn" in refusal(path)


def test_blank_rows_below_the_data_do_not_count(tmp_path):
    path = tmp_path / "trong.csv"
    path.write_text(HEADER + "A1,Nguyễn Văn An,2025-07-01\n" + ",,\n" * 250_000)
    assert rows(path) == [AN]
