"""Reading the files that people hand in."""

import time
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

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


def test_a_comma_that_shifts_the_cells_is_noticed(tmp_path):
    [(line, _column, reason)] = errors(csv_file(tmp_path, HEADER + "A1,An, Bình,2025-07-01\n"))
    assert line == 2
    assert reason


def test_columns_that_are_not_read_are_named(tmp_path):
    table = read_table(csv_file(tmp_path, "ma_can_bo,ho_ten,Dân tộc,tu_ngay\n"), COLUMNS)
    assert table.ignored == ["Dân tộc"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Tệp trống"),
        (b"\n \n", "Tệp trống"),
        (b"ma_can_bo,tu_ngay\nA1,2025-07-01\n", "Tiêu đề thiếu cột ho_ten"),
        (b"ma,ten\n", "Tiêu đề thiếu cột ma_can_bo, ho_ten, tu_ngay"),
        (b"ma_can_bo,ho_ten,tu_ngay,Ma can bo\n", "Cột ma_can_bo có hai lần"),
        ((HEADER + "A1,Nguyễn,\n").encode("utf-16"), "UTF-8"),
        ((HEADER + "A1,Việt,\n").encode("cp1258", "replace").replace(b"?", b"\xea"), "UTF-8"),
        ((HEADER + 'A1,"An,2025-07-01\nA2,B,2025-07-01\n').encode(), "Dấu ngoặc kép"),
        (b"%PDF-1.7 ...", "không phải bảng tính"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "không phải bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"PK\x03\x04broken", "bị hỏng"),
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
    assert time.process_time() - began < 5
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
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/media/image1.png", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unread(tmp_path, monkeypatch, name):
    monkeypatch.setattr("tabular.spreadsheets.MOST_BYTES_HELD", 1_000_000)
    monkeypatch.setattr("tabular.spreadsheets.MOST_BYTES_READ", 1_000_000)
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
