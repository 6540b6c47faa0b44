"""Files as offices keep them: what is around the rows is passed over and said, and nothing of a row is taken otherwise
than it is seen.
"""

import time
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from costs import in_loops
from openpyxl.styles import Font

from letters.folding import visible
from people.imports import Report
from tabular.formulas import harmless
from tabular.questions import Answers
from tabular.tables import Column, TableError, read_table
from tabular.workbook_cells import column_number
from tabular.workbooks import unpacked_bytes

COLUMNS = [
    Column("ma_can_bo", required=True, is_code=True, aliases=("ma_so_can_bo",)),
    Column("ho_ten", required=True, is_name=True, anchors=True, aliases=("ho_va_ten",)),
    Column("dien_thoai"),
    Column("ma_don_vi", is_code=True, beside=True),
    Column("tu_ngay", is_date=True),
]
HEADING = ["Mã cán bộ", "Họ và tên", "Điện thoại", "Mã đơn vị", "Từ ngày"]
DAY = datetime(2025, 7, 1)
AN, BINH = ["A1", "Nguyễn An", None, "20455", DAY], ["A2", "Bling Bình", None, "20455", DAY]
TITLE = [
    ["ỦY BAN NHÂN DÂN XÃ MẪU", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["DANH SÁCH CÁN BỘ, NĂM 2026"],
]


def saved(tmp_path, *sheets):
    """A workbook; a sheet is its rows, or (rows, a function that changes the sheet)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        rows, change = sheet if isinstance(sheet, tuple) else (sheet, None)
        made = book.create_sheet(f"Xã {number}")
        for row in rows:
            made.append(row)
        if change:
            change(made)
    book.save(tmp_path / "tep.xlsx")
    return tmp_path / "tep.xlsx"


def read(path, **answers):
    """(rows as [line, code, …], errors, notes) of the file."""
    report = Report(answers=Answers({kind: {"*": choice} for kind, choice in answers.items()}))
    rows, errors = [], []
    for row in read_table(path, COLUMNS, report):
        if row.errors:
            report.reject(row["ma_can_bo"] or "", row.line, row.errors[0])
            errors.append((int(row.line), row.errors[0].column, row.errors[0].reason))
        else:
            rows.append((int(row.line), row["ma_can_bo"]))
    return rows, errors, [(note["item"], note["line"], note["reason"]) for note in report.notes]


def test_what_stands_around_the_rows_is_passed_over_and_said(tmp_path):
    numbers, total, sign = ["(1)", "(2)", "(3)", "(4)", "(5)"], ["Tổng cộng: 2 người"], [None, None, "NGƯỜI LẬP BIỂU"]
    rows, errors, notes = read(saved(tmp_path, [*TITLE, HEADING, numbers, AN, BINH, [], total, sign]))
    assert (rows, errors) == ([(7, "A1"), (8, "A2")], [])
    assert notes == [
        ("", 5, "Bỏ qua 3 dòng phía trên tiêu đề."),
        ("(1)", 6, "Đánh số các cột nên bỏ qua."),
        ("Tổng cộng: 2 người", 10, "Không có tên bên cạnh đơn vị hay ngày nên bỏ qua."),
        ("NGƯỜI LẬP BIỂU", 11, "Không có tên bên cạnh đơn vị hay ngày nên bỏ qua."),
    ]


@pytest.mark.parametrize(
    ("cells", "is_row"),
    [
        (["", "An", "", "20455", ""], True),
        (["A1", "An", "", "", "mai"], True),
        (["", "", "", "", DAY], True),
        (["A1", "", "", "", "01/07/2025"], True),
        (["A1", "An", "", "", ""], False),
        (["Người lập biểu", "", "", "20455", ""], False),
        (["", "Tổng cộng", "", "12", ""], False),
        (["", "Tổng số: 12", "", "12", ""], False),
        (["", "Cộng", "", "12", ""], False),
        (["", "Tổng toàn xã", "", "12", ""], False),
        (["", "Tổng nhân sự", "", "12", ""], False),
        (["", "Cộng khối Đảng", "", "12", ""], False),
        (["A1", "Tổng Thị Hà", "", "12", ""], True),
        (["", "Cộng Thị Hà", "", "12", ""], True),
        (["", "Tống Thị Hà", "", "12", ""], True),
        (["I", "Xã Tây Giang", "", "", ""], False),
        (["", "Trần Văn Ký", "(đã ký)", "", ""], False),
        (["", "NGƯỜI LẬP BIỂU", "", "", "Đà Nẵng, ngày 01 tháng 7 năm 2026"], False),
        (["", "", "", "", "Ngày     tháng     năm 2026"], False),
        (["A1", "An", "", "20455", "ngày 1 tháng 7 năm 2025"], True),
        (HEADING, False),
        (["1", "2", "3", "4", "5"], False),
        (["A", "B", "1", "2", "3"], False),
        (["1", "3", "5", "7", DAY], True),
    ],
)
def test_a_line_with_a_name_beside_a_unit_or_day_or_with_a_day_is_a_row(tmp_path, cells, is_row):
    rows, errors, notes = read(saved(tmp_path, [HEADING, cells]))
    assert (len(rows) + len(errors), len(notes)) == ((1, 0) if is_row else (0, 1))


def hide(sheet):
    sheet.sheet_state = "hidden"


def test_all_visible_sheets_with_the_heading_are_read_and_hidden_ones_never(tmp_path):
    other = [["Ghi chú"], ["Gửi trước ngày 15"]]
    short = [HEADING[:3], AN[:3]]
    rows, errors, notes = read(
        saved(tmp_path, ([HEADING, ["X", *AN[1:]]], hide), [HEADING, AN], other, [*TITLE, HEADING, BINH], short, [])
    )
    assert (rows, errors) == ([(2, "A1"), (6, "A2")], [])
    assert notes[:-1] == [
        ("Xã 1", 1, "Trang bị ẩn nên không đọc."),
        ("Xã 3", 1, "Trang không có tiêu đề của bảng nên không đọc."),
        ("Xã 5", 1, "Tiêu đề của trang thiếu cột ma_don_vi, tu_ngay nên không đọc."),
        ("Xã 2", 1, "Đã đọc trang này."),
        ("Xã 4", 5, "Đã đọc trang này."),
    ]
    assert notes[-1] == ("", 5, "Trang “Xã 4”: Bỏ qua 3 dòng phía trên tiêu đề.")


def test_a_bad_row_of_one_of_several_sheets_names_its_sheet(tmp_path):
    bad = ["A9", "Lê Bốn", None, "20455", "31/02/2025"]
    report = Report()
    for row in read_table(saved(tmp_path, [HEADING, AN], [HEADING, BINH, bad]), COLUMNS, report):
        for error in row.errors:
            report.reject(row["ma_can_bo"], row.line, error)
    [wrong] = report.rejected
    assert (wrong["line"], wrong["line"].key) == (3, "2.3")
    assert wrong["reason"].startswith("Trang “Xã 2”: Không đọc được ngày “31/02/2025”")


@pytest.mark.parametrize("sheets", [([["ten", "tuoi"]],), (([HEADING, AN], hide),), ([],), ([HEADING[:4]],)])
def test_a_workbook_without_a_visible_heading_is_refused(tmp_path, sheets):
    book = saved(tmp_path, *sheets, [])
    with pytest.raises(TableError, match="Tiêu đề thiếu cột"):
        read_table(book, COLUMNS)


def test_a_heading_of_two_rows_a_remark_in_it_and_its_repetition_are_understood(tmp_path):
    upper = ["Mã cán bộ (*)", "Họ và tên", "Điện thoại", "Công tác", None]
    lower = [None, None, None, "Mã đơn vị", "Từ ngày (ngày/tháng/năm)"]

    def merge(sheet):
        for cells in ("A1:A2", "B1:B2", "C1:C2", "D1:E1"):
            sheet.merge_cells(cells)

    rows, errors, notes = read(saved(tmp_path, ([upper, lower, AN, BINH], merge)))
    assert (rows, errors) == ([(3, "A1"), (4, "A2")], [])
    assert notes == [("", 2, "Bỏ qua 1 dòng phía trên tiêu đề.")]


def test_a_merged_cell_is_the_value_of_each_of_its_rows_and_said(tmp_path):
    rows = [
        HEADING,
        AN,
        ["A2", "Bình", None, None, DAY],
        ["A3", "Ca", None, None, DAY],
        [None, None, None, "20458", DAY],
    ]

    def merge(sheet):
        sheet.merge_cells("D2:D4")
        sheet.merge_cells("A4:A5")
        sheet.merge_cells("B4:B5")

    report = Report()
    found = [list(row.values.values()) for row in read_table(saved(tmp_path, (rows, merge)), COLUMNS, report)]
    assert [(row[0], row[1], row[3]) for row in found] == [
        ("A1", "Nguyễn An", "20455"),
        ("A2", "Bình", "20455"),
        ("A3", "Ca", "20455"),
        ("A3", "Ca", "20458"),
    ]
    told = {note["item"]: note["reason"] for note in report.notes}
    assert "thêm 2 dòng" in told["ma_don_vi"]
    assert "thêm 1 dòng" in told["ho_ten"]


def filtered(sheet):
    sheet.auto_filter.ref = "A1:E3"
    sheet.row_dimensions[3].hidden = True


def test_a_hidden_row_is_asked_about_and_a_hidden_column_said(tmp_path):
    def change(sheet):
        filtered(sheet)
        sheet.column_dimensions["C"].hidden = True

    book = saved(tmp_path, ([HEADING, AN, BINH], change))
    rows, errors, notes = read(book)
    assert rows == [(2, "A1")]
    [(line, column, reason)] = errors
    assert (line, column) == (3, "")
    assert reason == "Dòng này đang bị ẩn trong bảng tính. Hãy trả lời: “Nhập cả dòng bị ẩn” / “Không nhập dòng này”."
    assert notes == [("dien_thoai", 1, "Cột đang bị ẩn trong bảng tính nhưng vẫn được đọc.")]
    assert read(book, dong_an="nhap")[0] == [(2, "A1"), (3, "A2")]
    rows, _errors, notes = read(book, dong_an="bo_dong")
    assert rows == [(2, "A1")]
    assert ("A2", 3, "Không nhập, theo câu trả lời.") in notes


# --- what a spreadsheet made of a cell


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        (0, 123456789012345678, "làm tròn mất chữ số"),
        (0, 1.2345e17, "làm tròn mất chữ số"),
        (0, "1.23457E+17", "làm tròn mất chữ số"),
        (0, datetime(2025, 7, 1), "ngày giờ 2025-07-01"),
        (0, "01/07/2025", "ngày 01/07/2025"),
        (0, "7-Dec", "ngày 7-Dec"),
        (0, "12-Thg7-25", "ngày 12-Thg7-25"),
        (0, True, "TRUE (đúng/sai)"),
        (0, "FALSE", "FALSE (đúng/sai)"),
        (0, 49.1, "số lẻ 49.1"),
        (1, True, "TRUE (đúng/sai)"),
        (1, datetime(2025, 7, 1), "ngày giờ"),
        (2, True, "TRUE (đúng/sai)"),
        (2, 84905123456789012, "làm tròn mất chữ số"),
        (3, datetime(2025, 7, 1, 8, 30), "ngày giờ"),
    ],
)
def test_a_cell_that_cannot_be_what_was_typed_is_refused_with_what_to_do(tmp_path, column, value, says):
    cells = [*AN]
    cells[column] = value
    _rows, [(line, bad, reason)], _notes = read(saved(tmp_path, [HEADING, cells]))
    assert (line, bad) == (2, COLUMNS[column].name)
    assert says in reason
    assert "định dạng cột là Văn bản (Text) rồi gõ lại" in reason


@pytest.mark.parametrize("column", [0, 1])
@pytest.mark.parametrize("sign", ["-", "–", "_", "...", "/"])
def test_a_sign_for_what_is_not_known_is_no_code_and_no_name(tmp_path, column, sign):
    cells = [*AN]
    cells[column] = sign
    rows, [(line, bad, reason)], _notes = read(saved(tmp_path, [HEADING, cells]))
    assert (rows, line, bad) == ([], 2, COLUMNS[column].name)
    assert reason == f"Ô chỉ có “{sign}”; hãy ghi giá trị đúng."


@pytest.mark.parametrize(
    "code", ["123456789012345678", "E12", "12E", "1E5", "1-7", "ĐN-001", "True North", 123456789012345, "1/7"]
)
def test_a_code_that_may_have_been_typed_is_taken(tmp_path, code):
    assert read(saved(tmp_path, [HEADING, [code, *AN[1:]]]))[0] == [(2, str(code))]


@pytest.mark.parametrize("code", ["'00123", "’00123", "00123"])
def test_an_apostrophe_that_keeps_zeros_is_no_part_of_a_code(tmp_path, code):
    assert read(saved(tmp_path, [HEADING, [code, *AN[1:]]]))[0] == [(2, "00123")]


@pytest.mark.parametrize("code", ["'ĐN-001", "’ĐN-001", "‘ĐN-001", "`ĐN-001", "'A1B/2"])
def test_an_apostrophe_before_any_code_is_no_part_of_it(tmp_path, code):
    assert read(saved(tmp_path, [HEADING, [code, *AN[1:]]]))[0] == [(2, code[1:])]
    # one of ours that has it since before comes back as it is
    assert read(saved(tmp_path, [HEADING, [harmless(code), *AN[1:]]]))[0] == [(2, visible(code))]


@pytest.mark.parametrize("day", ["'01/07/2025", "’01/07/2025", "' 1/7/2025 00:00"])
def test_an_apostrophe_before_a_day_is_no_part_of_it(tmp_path, day):
    [row] = read_table(saved(tmp_path, [HEADING, [*AN[:4], day]]), COLUMNS)
    assert row["tu_ngay"] == date(2025, 7, 1)


def test_a_day_that_lost_its_format_is_refused_as_a_number(tmp_path):
    _rows, [(_line, column, reason)], _notes = read(saved(tmp_path, [HEADING, [*AN[:4], 45839]]))
    assert column == "tu_ngay"
    assert "Ô là số 45839, không phải ngày" in reason


def test_zeros_that_a_format_shows_are_part_of_the_value(tmp_path):
    def show(sheet):
        sheet["A2"].number_format, sheet["C2"].number_format = "00000", "0000000000"

    path = saved(tmp_path, ([HEADING, [123, "An", 905123456, "20455", DAY]], show))
    [row] = read_table(path, COLUMNS)
    assert (row["ma_can_bo"], row["dien_thoai"]) == ("00123", "0905123456")


@pytest.mark.parametrize(
    ("form", "seen"),
    [
        ("00000;-00000", "00123"),
        ("00000_);(00000)", "00123"),
        ("[$-42A]00000", "00123"),
        ("[Red]00000;@", "00123"),
        ('"ĐN-"000', "ĐN-123"),
        ('"ĐN-"00', "ĐN-123"),
        ("000\\-000", "000-123"),
        ('"CB"0', "CB123"),
        ('"CB-"#', "CB-123"),
        ('"CB-"####', "CB-123"),
        ('"CB-"#00000', "CB-00123"),
        ('"CB-"???', "CB-123"),
        ('"CB-"General', "CB-123"),
        ('General"-DN"', "123"),
        ("#", "123"),
        ('"CB-"#,##0', "123"),
        ("0", "123"),
        ("#,##0", "123"),
        ("0.00", "123"),
        ('0" người"', "123"),
        ("General", "123"),
    ],
)
def test_what_a_format_draws_around_the_digits_is_part_of_a_code(tmp_path, form, seen):
    def show(sheet):
        sheet["A2"].number_format = form

    [row] = read_table(saved(tmp_path, ([HEADING, [123, *AN[1:]]], show)), COLUMNS)
    assert row["ma_can_bo"] == seen


@pytest.mark.parametrize(
    ("form", "seen"),
    [
        ('"ĐN-"@', "ĐN-007"),
        ('@"/DN"', "007"),
        ('"CB"@"/DN"', "CB007/DN"),
        ('0;0;0;"ĐN-"@', "ĐN-007"),
        ('"Mã: "@', "007"),
        ("@", "007"),
        ("_(@_)", "007"),
        ("@*.", "007"),
        ('"ĐN-"0', "007"),
    ],
)
def test_what_a_format_draws_around_a_text_is_part_of_a_code(tmp_path, form, seen):
    def show(sheet):
        sheet["A2"].number_format = form

    [row] = read_table(saved(tmp_path, ([HEADING, ["007", *AN[1:]]], show)), COLUMNS)
    assert row["ma_can_bo"] == seen


def test_days_of_either_epoch_text_in_runs_and_signs_that_xml_cannot_hold_are_read_as_they_are_seen(tmp_path):
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEADING)
    name = CellRichText("Nguyễn ", TextBlock(InlineFont(b=True), "An"))
    book.active.append(["A_x000D_1", name, None, "20455", DAY])
    book.active["B2"].font = Font(bold=True)
    book.save(tmp_path / "tep.xlsx")
    [row] = read_table(tmp_path / "tep.xlsx", COLUMNS)
    assert list(row.values.values()) == ["A 1", "Nguyễn An", "", "20455", date(2025, 7, 1)]


# --- what costs


def sheet_of(path: Path, body: str, head: str = "", tail: str = ""):
    """A workbook whose one sheet has this XML between its rows' tags."""
    book = openpyxl.Workbook()
    book.active["E1"].number_format = "dd/mm/yyyy"
    book.save(path.with_suffix(".small"))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{main}">{head}<sheetData>{body}</sheetData>{tail}</worksheet>'
    with (
        zipfile.ZipFile(path.with_suffix(".small")) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            target.writestr(part, xml if part.filename.startswith("xl/worksheets/") else source.read(part))
    return path


def texts(*values):
    return "".join(f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' for value in values)


def test_a_hundred_thousand_blank_rows_with_a_format_cost_next_to_nothing(tmp_path):
    blank = "".join(
        f'<row r="{line}" ht="15" customHeight="1">' + "".join(f'<c r="{letter}{line}" s="1"/>' for letter in "ABCDE")
        + "</row>"
        for line in range(3, 100_003)
    )  # fmt: skip
    body = (
        f'<row r="1">{texts(*HEADING)}</row><row r="2">{texts("A1", "An", "", "20455", "1/7/2025")}</row>{blank}'
        f'<row r="100003">{texts("A2", "Bình", "", "20455", "1/7/2025")}</row>'
    )
    path = sheet_of(tmp_path / "tep.xlsx", body)
    began = time.process_time()
    rows, _errors, notes = read(path)
    assert rows == [(2, "A1"), (100_003, "A2")]
    assert [note for note in notes if "trống" in note[-1]] == [("", 1, "Bỏ qua 100000 dòng trống, chỉ có định dạng.")]
    took = time.process_time() - began
    tracemalloc.start()
    read(path)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert in_loops(took) < 4
    assert memory < 30_000_000


WIDE = '<row><c r="XFD{n}" t="inlineStr"><is><t>x</t></is></c></row>'


def test_a_small_file_of_very_wide_rows_is_refused_by_its_cells(tmp_path):
    """A kilobyte holds as many places as a thousand officials: they are counted, not only rows."""
    path = sheet_of(
        tmp_path / "rong.xlsx", f"<row>{texts(*HEADING)}</row>" + "".join(WIDE.format(n=n) for n in range(2, 20_000))
    )
    assert path.stat().st_size < 200 * 1024
    begun = time.process_time()
    with pytest.raises(TableError) as refused:
        list(read_table(path, COLUMNS))
    assert "3 triệu ô" in str(refused.value)
    assert in_loops(time.process_time() - begun) < 5


def test_a_workbook_says_how_large_it_is_before_it_is_unpacked(tmp_path):
    path = sheet_of(tmp_path / "to.xlsx", "<row/>" * 500_000)
    with path.open("rb") as file:
        assert path.stat().st_size < 100_000
        assert unpacked_bytes(file) > 3_000_000
        assert file.tell() == 0
    (tmp_path / "a.csv").write_text("a,b\n", encoding="utf-8")
    with (tmp_path / "a.csv").open("rb") as file:
        assert unpacked_bytes(file) == 4


def test_rows_and_cells_without_numbers_of_their_own_are_counted_on(tmp_path):
    row = texts("A1", "An", "", "20455", "1/7/2025")
    body = f"<row>{texts(*HEADING)}</row><row><c/></row><row/><row>{row}</row><row r='9'><c/></row><row>{row}</row>"
    assert [line for line, _code in read(sheet_of(tmp_path / "tep.xlsx", body))[0]] == [4, 10]


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        "<row r='1'><c>",
        "<row><c><v>&a;</v></c></row>",
    ],
)
def test_a_sheet_that_says_nonsense_is_a_broken_file(tmp_path, body):
    with pytest.raises(TableError, match="bị hỏng"):
        list(read_table(sheet_of(tmp_path / "tep.xlsx", body), COLUMNS))


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)])
def test_columns_count_from_nought(letters, number):
    assert column_number(letters) == number


@pytest.mark.parametrize(
    "row",
    [
        ["A", "B", "C", "D", "E"],
        ["a", "b", "c", "d", "e"],
        ["(A)", "(B)", "(C)", "(D)", "(E)"],
        ["A", "B", "1", "2", "3=1+2"],
        ["(1)", "(2)", "(3)", "(4)=(2)+(3)", "(5)"],
        ["1.", "2.", "3.", "4. = 2.:3.", "5."],
        ["-1-", "-2-", "-3-", "-4-", "-5-"],
        ["Cột 1", "Cột 2", "Cột 3", "Cột 4", "Cột 5"],
    ],
)
def test_a_row_that_counts_the_columns_is_passed_over_however_it_counts(tmp_path, row):
    rows, errors, notes = read(saved(tmp_path, [HEADING, row, AN]))
    assert (len(rows), errors) == (1, [])
    assert [reason for _item, line, reason in notes if line == 2] == ["Đánh số các cột nên bỏ qua."]


@pytest.mark.parametrize("row", [["A", "C", "B", "20455", "1/7/2025"], ["1", "Bình", "2", "20455", "1/7/2025"]])
def test_letters_that_do_not_count_are_a_row(tmp_path, row):
    rows, _errors, notes = read(saved(tmp_path, [HEADING, row, AN]))
    assert (len(rows), notes) == (2, [])


@pytest.mark.parametrize("height", ["0", "0.0", "0.00"])
def test_a_row_without_height_is_hidden(tmp_path, height):
    body = (
        f'<row r="1">{texts(*HEADING)}</row><row r="2" ht="{height}" customHeight="1">'
        f"{texts('A1', 'An', '', '20455', '1/7/2025')}</row>"
    )
    _rows, errors, _notes = read(sheet_of(tmp_path / "tep.xlsx", body))
    assert "bị ẩn" in str(errors)
