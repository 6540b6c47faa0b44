"""Every kind of bad input of the contract: one sentence each, in the right place, and nothing good is lost with it."""

import io
import zipfile

import pytest
from files import COMPLETIONS, EXCUSES, ROSTER, SUCCESSIONS, UNITS, becomes, completion, excuse, post, unit
from openpyxl import Workbook
from test_contract_commands import check_report, one_clear_line

CHOM, TAY_GIANG, ON = "20437", "504", "2024-05-01"
GOOD = post("A", CHOM, "2024-01-01")
HEADER = ",".join(ROSTER)


def line(**other):
    return ",".join({**GOOD, **other}.values())


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as box:
        for name, text in files.items():
            box.writestr(name, text)
    return buffer.getvalue()


def workbook(*rows):
    book, buffer = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


A_MILLION = (HEADER + "\n" + (line() + "\n") * 1_000_001).encode()
UNREADABLE = {
    "nothing at all": b"",
    "only blanks": b"  \n \n",
    "another header": b"ten,tuoi\nAn,30\n",
    "a column of the contract is missing": (",".join(ROSTER[:-1]) + "\n").encode(),
    "no header": (line() + "\n").encode(),
    "a column twice": (HEADER + ",ho_ten\n" + line() + ",x\n").encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "an old Excel file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "a zip of something": zipped(**{"hello.txt": "xin chào"}),
    "a Word document": zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    "a torn workbook": workbook(ROSTER, list(GOOD.values()))[:900],
    "an empty workbook": workbook(),
    "a page of a web site": b"<!doctype html><html><body>403 Forbidden</body></html>",
    "zeros": b"\0" * 4096,
    "a million rows": A_MILLION,
    "a quotation mark that is never closed": (HEADER + '\n"' + line() + "\n" + line() + "\n").encode(),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_line_and_status_1(what, installation):
    path = installation.file("roster.csv", UNREADABLE[what])
    result = installation.manage("import_roster", path, "--report", installation.data_dir / "report.json", on=ON)
    assert (result.status, result.out) == (1, ""), result
    assert one_clear_line(result.err), result
    assert installation.coverage("--as-of", "2024-02-01")["required"] == 0


@pytest.mark.parametrize("what", ["a picture", "another header", "a zip of something", "nothing at all"])
@pytest.mark.parametrize("table", ["units", "excuses", "completions"])
def test_the_other_tables_say_so_too(what, table, installation):
    result = installation.manage(f"import_{table}", installation.file("t.xlsx", UNREADABLE[what]), on=ON)
    assert (result.status, result.out) == (1, ""), result
    assert one_clear_line(result.err), result


# what is wrong: (the row between two good ones, the column that is told)
ROSTER_ROWS = {
    "an unknown unit": (line(ma_can_bo="X", ma_don_vi="99999"), "ma_don_vi"),
    "a unit of another time": (line(ma_can_bo="X", ma_don_vi="519", tu_ngay="2025-01-01"), "ma_don_vi"),
    "the same posting twice": (line(), None),
    "the same posting twice with other duties": (line(nhiem_vu="xac_minh"), None),
    "the same posting twice with another spelling of its day": (line(tu_ngay="01/01/2024"), None),
    "two names for one person": (line(ho_ten="Ai khác", ma_don_vi=TAY_GIANG), "ho_ten"),
    "an end before the start": (line(ma_can_bo="X", den_ngay="2023-12-31"), "den_ngay"),
    "no such day": (line(ma_can_bo="X", tu_ngay="31/02/2024"), "tu_ngay"),
    "no such day at the end": (line(ma_can_bo="X", den_ngay="2024-13-01"), "den_ngay"),
    "words for a date": (line(ma_can_bo="X", tu_ngay="hôm qua"), "tu_ngay"),
    "month before day": (line(ma_can_bo="X", tu_ngay="12/31/2024"), "tu_ngay"),
    "a date of two-digit years": (line(ma_can_bo="X", tu_ngay="1/7/24"), "tu_ngay"),
    "a day in the year 20244": (line(ma_can_bo="X", tu_ngay="01/07/20244"), "tu_ngay"),
    "no first day": (line(ma_can_bo="X", tu_ngay=""), "tu_ngay"),
    "no code": (line(ma_can_bo=""), "ma_can_bo"),
    "no name": (line(ma_can_bo="X", ho_ten=" "), "ho_ten"),
    "no unit": (line(ma_can_bo="X", ma_don_vi=""), "ma_don_vi"),
    "a duty that nobody knows": (line(ma_can_bo="X", nhiem_vu="ho_tro|bay"), "nhiem_vu"),
    "a formula for a name": (line(ma_can_bo="X", ho_ten="=cmd|' /C calc'!A0"), "ho_ten"),
    "a formula for a position": (line(ma_can_bo="X", chuc_danh='"=HYPERLINK(""http://x"")"'), "chuc_danh"),
    "a formula after blanks": (line(ma_can_bo="X", chuc_danh="  =1+1"), "chuc_danh"),
    "a formula for a code": (line(ma_can_bo="=1+1"), "ma_can_bo"),
    "a formula for a date": (line(ma_can_bo="X", tu_ngay="=TODAY()"), "tu_ngay"),
    "a formula for an address": (line(ma_can_bo="X", email="=a@b.vn"), "email"),
    "a code that a spreadsheet rounded": (line(ma_can_bo="1.23457E+17"), "ma_can_bo"),
    "a code that a spreadsheet made a day": (line(ma_can_bo="01/07/2025"), "ma_can_bo"),
    "a code that a spreadsheet made true": (line(ma_can_bo="TRUE"), "ma_can_bo"),
    "a name with lost letters": (line(ma_can_bo="X", ho_ten="Nguy?n"), "ho_ten"),
    "a position with lost letters": (line(ma_can_bo="X", chuc_danh="C\ufffdn bộ"), "chuc_danh"),
    "more cells than columns": (line(ma_can_bo="X") + ",x,y", None),
}


@pytest.mark.parametrize("what", ROSTER_ROWS)
def test_a_bad_row_of_a_roster_is_reported_once_and_the_good_rows_are_imported(what, installation):
    bad, column = ROSTER_ROWS[what]
    text = "\n".join([HEADER, line(), bad, line(ma_can_bo="B", ho_ten="Người B")]) + "\n"
    result, report = installation.report("import_roster", installation.file("r.csv", text), on=ON)
    assert (result.status, result.err) == (0, ""), result
    check_report(report)
    assert (report["read"], report["created"], len(report["rejected"])) == (3, 2, 1), report
    rejected = report["rejected"][0]
    assert rejected["line"] == 3
    assert column in (None, rejected["column"]), rejected
    assert installation.coverage("--as-of", "2024-02-01")["required"] == 2


def test_every_row_may_be_bad(installation):
    text = "\n".join([HEADER, *(line(ma_can_bo=f"X{n}", ma_don_vi="99999") for n in range(50))])
    result, report = installation.report("import_roster", installation.file("r.csv", text), on=ON)
    assert (result.status, report["read"], len(report["rejected"])) == (0, 50, 50)
    assert [row["line"] for row in report["rejected"]] == list(range(2, 52))
    assert [row["item"] for row in report["rejected"]] == [f"X{n}" for n in range(50)]


OLD_LETTERS = {
    "TCVN3": HEADER.encode() + b"\n" + line(ho_ten="Nguy@n", chuc_danh="Trung").encode().replace(b"@", b"\xd4") + b"\n",
    "VNI": (HEADER + "\n" + line(ho_ten="Nguyeãn", chuc_danh="Trung")).encode("latin-1"),
    "UTF-8 read as another encoding": (HEADER + "\n" + line(ho_ten="Nguyá»…n", chuc_danh="Trung")).encode(),
}


@pytest.mark.parametrize("what", OLD_LETTERS)
def test_a_name_in_old_letters_waits_for_an_answer_that_the_reason_names(what, installation):
    path = installation.file("r.csv", OLD_LETTERS[what])
    result, report = installation.report("import_roster", path, on=ON)
    check_report(report)
    assert (result.status, report["read"], len(report["rejected"])) == (0, 1, 1), report
    assert report["rejected"][0]["column"] == "ho_ten"
    assert "“Nguyễn”" in report["rejected"][0]["reason"]
    assert installation.manage("import_roster", path, "--strict", on=ON).status == 1
    _result, report = installation.report("import_roster", path, "--answer", "kieu_chu=doi", on=ON)
    assert (report["created"], report["rejected"]) == (1, [])


OTHER_OLD_LETTERS = {
    "excuses": ({**excuse("A", "2024-03-01"), "ly_do": "NghØ èm"}, EXCUSES, "ly_do", "Nghỉ ốm"),
    "completions": (
        {**completion("A", "2024-03-01"), "minh_chung": "GiÊy sè 1"},
        COMPLETIONS,
        "minh_chung",
        "Giấy số 1",
    ),
    "units": (unit("Z1", "X· M«n", "xa", TAY_GIANG, "2024-01-01"), UNITS, "ten", "Xã Môn"),
}


@pytest.mark.parametrize("table", OTHER_OLD_LETTERS)
def test_the_other_tables_ask_too(table, installation):
    installation.manage("import_roster", installation.file("base.csv", [GOOD]), on=ON)
    row, columns, column, read = OTHER_OLD_LETTERS[table]
    path = installation.file("t.csv", [row], columns)
    _result, report = installation.report(f"import_{table}", path, on=ON)
    check_report(report)
    assert [(bad["column"], read in bad["reason"]) for bad in report["rejected"]] == [(column, True)]
    assert installation.manage(f"import_{table}", path, "--strict", on=ON).status == 1
    _result, report = installation.report(f"import_{table}", path, "--answer", "kieu_chu:2=doi", on=ON)
    assert (report["created"], report["rejected"]) == (1, [])


def test_formulas_in_a_workbook_are_cells_that_start_with_an_equals_sign(installation):
    rows = [ROSTER, list(GOOD.values()), list({**GOOD, "ma_can_bo": "X", "chuc_danh": "=1+1"}.values())]
    _result, report = installation.report("import_roster", installation.file("r.xlsx", workbook(*rows)), on=ON)
    assert (report["read"], report["created"]) == (2, 1)
    assert [(row["line"], row["column"]) for row in report["rejected"]] == [(3, "chuc_danh")]


def test_another_name_under_a_known_code_waits_for_an_answer(installation):
    installation.report("import_roster", installation.file("r.csv", [GOOD]), on=ON)
    other = installation.file("r.csv", [{**GOOD, "ho_ten": "Người A B"}])
    _result, report = installation.report("import_roster", other, on=ON)
    assert (report["changed"], [row["column"] for row in report["rejected"]]) == (0, ["ho_ten"])
    check_report(report)
    _result, report = installation.report("import_roster", other, "--answer", "ten_khac=ten_moi", on=ON)
    assert (report["changed"], report["rejected"]) == (1, [])


def test_a_name_in_another_spelling_is_the_same_name(installation):
    installation.report("import_roster", installation.file("r.csv", [GOOD]), on=ON)
    same = {**GOOD, "ma_can_bo": GOOD["ma_can_bo"].lower(), "ho_ten": GOOD["ho_ten"].upper()}
    _result, report = installation.report("import_roster", installation.file("r.csv", [same]), on=ON)
    assert (report["unchanged"], report["rejected"]) == (1, [])


OTHER_ROWS = {
    "excuses": {
        "an unknown person": (excuse("ai", "2024-01-01"), "ma_can_bo"),
        "an unknown requirement": (excuse("A", "2024-01-01", requirement="khong-co"), "yeu_cau"),
        "an end before the start": (excuse("A", "2024-01-02", "2024-01-01"), "den_ngay"),
        "no such day": (excuse("A", "2024-02-30"), "tu_ngay"),
        "no first day": (excuse("A", ""), "tu_ngay"),
        "a formula": ({**excuse("A", "2024-01-02"), "ly_do": "=1+1"}, "ly_do"),
        "the same twice": (excuse("A", "2024-03-01"), None),
    },
    "completions": {
        "an unknown person": (completion("ai", "2024-01-01"), "ma_can_bo"),
        "an unknown course": (completion("A", "2024-01-01", "khong-co"), "khoa_hoc"),
        "a day in the future": (completion("A", "2024-05-02"), "ngay_hoan_thanh"),
        "a day before the first law": (completion("A", "2011-12-31"), "ngay_hoan_thanh"),
        "no such day": (completion("A", "29/02/2023"), "ngay_hoan_thanh"),
        "no day": (completion("A", ""), "ngay_hoan_thanh"),
        "a formula": ({**completion("A", "2024-01-02"), "minh_chung": "=1+1"}, "minh_chung"),
        "the same twice": (completion("A", "2024-03-01"), None),
    },
    "units": {
        "an unknown parent": (unit("Z1", "Xã Một", "xa", "99999", "2024-01-01"), "ma_cha"),
        "a parent that has ended": (unit("Z1", "Xã Một", "xa", "519", "2025-01-01"), "ma_cha"),
        "an unknown kind": (unit("Z1", "Xã Một", "lang", TAY_GIANG, "2024-01-01"), "loai"),
        "an unknown sector": (unit("Z1", "Xã Một", "xa", TAY_GIANG, "2024-01-01", sector="xyz"), "nganh"),
        "an end before the start": (unit("Z1", "Xã Một", "xa", TAY_GIANG, "2024-01-02", "2024-01-01"), "den_ngay"),
        "no such day": (unit("Z1", "Xã Một", "xa", TAY_GIANG, "2024-02-30"), "tu_ngay"),
        "no name": (unit("Z1", "", "xa", TAY_GIANG, "2024-01-01"), "ten"),
        "no code": (unit("", "Xã Một", "xa", TAY_GIANG, "2024-01-01"), "ma"),
        "a formula": (unit("Z1", "=1+1", "xa", TAY_GIANG, "2024-01-01"), "ten"),
        "the same twice": (unit("Z0", "Xã Không", "xa", TAY_GIANG, "2024-03-01"), None),
        "its own parent": (unit("Z1", "Xã Một", "xa", "Z1", "2024-01-01"), "ma_cha"),
    },
}
GOOD_ROWS = {
    "excuses": (EXCUSES, excuse("A", "2024-03-01"), excuse("B", "2024-03-01")),
    "completions": (COMPLETIONS, completion("A", "2024-03-01"), completion("B", "2024-05-01")),
    "units": (
        UNITS,
        unit("Z0", "Xã Không", "xa", TAY_GIANG, "2024-03-01"),
        unit("Z9", "Xã Chín", "xa", TAY_GIANG, "2024-03-01"),
    ),
}


@pytest.mark.parametrize(("table", "what"), [(table, what) for table, rows in OTHER_ROWS.items() for what in rows])
def test_a_bad_row_of_another_table_is_reported_once_and_the_good_rows_are_imported(table, what, installation):
    installation.manage("import_roster", installation.file("base.csv", [GOOD, post("B", CHOM, "2024-01-01")]), on=ON)
    columns, first, last = GOOD_ROWS[table]
    bad, column = OTHER_ROWS[table][what]
    result, report = installation.report(
        f"import_{table}", installation.file("t.csv", [first, bad, last], columns), on=ON
    )
    assert (result.status, result.err) == (0, ""), result
    check_report(report)
    assert (report["read"], report["created"], len(report["rejected"])) == (3, 2, 1), report
    rejected = report["rejected"][0]
    assert rejected["line"] == 3
    assert column in (None, rejected["column"]), rejected


SUCCESSION_ROWS = {
    "an unknown old unit": (becomes("99999", "Z2", "2024-06-01"), "ma_cu"),
    "an unknown new unit": (becomes("Z1", "99999", "2024-06-01"), "ma_moi"),
    "a new unit of another day": (becomes("Z1", "Z2", "2024-04-01"), "ma_moi"),
    "no such day": (becomes("Z1", "Z2", "2024-06-31"), "ngay"),
    "an heir that is neither yes nor no": (becomes("Z1", "Z2", "2024-06-01", "có lẽ"), "thua_ke"),
    "a formula": ({**becomes("Z1", "Z2", "2024-06-01"), "quyet_dinh": "=1+1"}, "quyet_dinh"),
}


@pytest.mark.parametrize("what", SUCCESSION_ROWS)
def test_a_bad_succession_is_reported_once_and_the_units_are_imported(what, installation):
    bad, column = SUCCESSION_ROWS[what]
    rows = [unit("Z1", "Xã Một", "xa", TAY_GIANG, "2024-01-01"), unit("Z2", "Xã Hai", "xa", TAY_GIANG, "2024-06-01")]
    ties = installation.file("s.csv", [bad], SUCCESSIONS)
    result, report = installation.report("import_units", installation.file("u.csv", rows), "--successions", ties, on=ON)
    assert (result.status, result.err) == (0, ""), result
    check_report(report)
    assert (report["read"], report["created"], len(report["rejected"])) == (3, 2, 1), report
    assert (report["rejected"][0]["line"], report["rejected"][0]["column"]) == (2, column), report


def test_a_cycle_of_units_is_reported_and_leaves_the_map_unchanged(installation):
    rows = [unit("Z1", "Một", "xa", "Z2", "2024-01-01"), unit("Z2", "Hai", "xa", "Z1", "2024-01-01")]
    before = installation.coverage("--as-of", "2024-02-01")
    result, report = installation.report("import_units", installation.file("u.csv", rows), on=ON)
    assert result.err == ""
    assert report["rejected"]
    check_report(report)
    assert installation.coverage("--as-of", "2024-02-01") == before
