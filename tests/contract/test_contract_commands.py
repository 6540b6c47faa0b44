"""What every command promises: help, exit status, one clear line, no traceback, dry runs, strict runs, reports."""

import json
import re

import pytest
from files import COMPLETIONS, EXCUSES, ROSTER, UNITS, completion, excuse, post, states, unit

IMPORTS = ["import_units", "import_roster", "import_excuses", "import_completions"]
COMMANDS = ["seed", *IMPORTS, "coverage", "recompute", "run"]
CHOM, TAY_GIANG, QUE_SON = "20437", "504", "509"
BASE = [post("A", CHOM, "2024-01-01"), post("B", CHOM, "2024-01-01")]
ON = "2024-05-01"


@pytest.fixture
def counted(installation):
    """What figures show on a few days: equal before and after means that nothing went in."""

    def count():
        questions = [("2024-02-01", "49"), ("2024-02-01", TAY_GIANG), ("2026-12-16", "48")]
        return [installation.coverage("--as-of", day, "--unit", code, on="2026-03-04") for day, code in questions]

    return count


def one_clear_line(text):
    """One line, a sentence in Vietnamese, nothing of Python in it."""
    lines = [line for line in text.strip().splitlines() if line]
    return len(lines) == 1 and "Traceback" not in text and not re.search(r"Error\(|Exception|object at 0x", text)


def is_one_sentence(reason):
    starts_well = reason[0].isupper() or reason[0] == "“"
    return starts_well and reason[-1] == "." and reason == reason.strip() and "\n" not in reason


# --- help and statuses
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys, installation):
    assert installation.manage(command, "--help").status == 0
    assert command in capsys.readouterr().out


@pytest.mark.parametrize("command", IMPORTS)
def test_every_import_takes_the_same_three_options(command, capsys, installation):
    installation.manage(command, "--help")
    printed = capsys.readouterr().out
    assert all(option in printed for option in ("--dry-run", "--strict", "--report"))


def test_statuses_as_the_shell_sees_them(installation):
    good, bad = (
        installation.file("good.csv", BASE),
        installation.file("bad.csv", [*BASE, post("C", "99999", "2024-01-01")]),
    )
    assert installation.process("import_roster", bad, "--strict").status == 1
    some = installation.fork("import_roster", bad, "--report", installation.data_dir / "r.json")
    assert (some.status, some.err) == (0, "")
    again = installation.fork("import_roster", good)
    assert (again.status, again.err) == (0, "")
    result = installation.fork("coverage", "nhan-dien-nan-nhan", "--as-of", "2024-06-01", "--format", "json")
    assert (result.status, result.err, json.loads(result.out)["required"]) == (0, "", 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("coverage", "khong-co"),
        ("coverage", "nhan-dien-nan-nhan", "--unit", "khong-co"),
        ("coverage", "nhan-dien-nan-nhan", "--as-of", "2024-02-30"),
        ("coverage", "nhan-dien-nan-nhan", "--as-of", "mai"),
        ("coverage", "nhan-dien-nan-nhan", "--geography", "2024-01-01", "--as-of", "2024-01-02"),
        ("import_roster", "/khong/co.csv"),
        ("import_roster", "/"),
        ("import_units", "/khong/co.csv", "--successions", "/khong/co.csv"),
        ("import_excuses", "/khong/co.csv"),
        ("import_completions", "/khong/co.csv"),
        ("import_questions", "/khong/co.gift", "--kind", "gift"),
        ("import_questions", "/", "--kind", "moodlexml"),
        ("export_questions", "/khong/co/ra.gift", "--kind", "gift", "--tag", "không có"),
    ],
)
def test_bad_input_is_status_1_and_one_line(arguments, installation):
    """In the same way whether asked from the shell or from a program."""
    result = installation.manage(*arguments)
    assert (result.status, result.out) == (1, ""), result
    assert one_clear_line(result.err), result


def test_the_shell_sees_one_line_on_stderr_too(installation):
    for arguments in (
        ("coverage", "nhan-dien-nan-nhan", "--as-of", "2024-02-30"),
        ("coverage", "khong-co", "--format", "json"),
        ("import_roster", "/khong/co.csv"),
        ("import_roster", "/khong/co.csv", "--codes-as-of", "hôm nay"),
    ):
        result = installation.fork(*arguments)
        assert (result.status, result.out) == (1, ""), (arguments, result)
        assert one_clear_line(result.err), (arguments, result)


def test_dates_of_options_may_be_written_both_ways(installation):
    assert installation.coverage("--as-of", "2024-06-01") == installation.coverage("--as-of", "01/06/2024")


def test_text_is_the_default_and_says_the_same_numbers(installation):
    installation.manage("import_roster", installation.file("r.csv", BASE), on=ON)
    printed = installation.manage("coverage", "nhan-dien-nan-nhan", "--as-of", "2024-06-01")
    assert printed.status == 0
    assert "0/2" in printed.out.replace(" ", "") or ("0" in printed.out and "2" in printed.out)


# --- dry runs, strict runs, reports
BAD = post("C", "99999", "2024-01-01")
TABLES = {
    "roster": ([post("N", CHOM, "2024-02-01"), BAD], 1),
    "excuses": ([excuse("A", "2024-01-01"), excuse("ai", "2024-01-01")], 1),
    "completions": ([completion("A", "2024-01-10"), completion("A", "2024-01-10", "khong-co")], 1),
    "units": (
        [unit("Z1", "Xã Một", "xa", TAY_GIANG, "2024-01-01"), unit("Z2", "Xã Hai", "xa", "99999", "2024-01-01")],
        1,
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_dry_run_tells_everything_and_writes_nothing(table, installation, counted):
    installation.manage("import_roster", installation.file("base.csv", BASE), on=ON)
    before, (rows, rejected) = counted(), TABLES[table]
    path = installation.file("t.csv", rows)
    result, dry = installation.report(f"import_{table}", path, "--dry-run", on=ON)
    assert (result.status, dry["created"], len(dry["rejected"])) == (0, len(rows) - rejected, rejected)
    assert counted() == before
    _result, wet = installation.report(f"import_{table}", path, on=ON)
    assert wet == dry
    assert counted() != before


@pytest.mark.parametrize("table", TABLES)
def test_a_strict_run_with_a_bad_row_writes_nothing_and_still_reports(table, installation, counted):
    installation.manage("import_roster", installation.file("base.csv", BASE), on=ON)
    before, (rows, _rejected) = counted(), TABLES[table]
    result, report = installation.report(f"import_{table}", installation.file("t.csv", rows), "--strict", on=ON)
    assert result.status == 1
    assert one_clear_line(result.err)
    assert [row["line"] for row in report["rejected"]] == [3]
    assert counted() == before
    result, _report = installation.report(f"import_{table}", installation.file("g.csv", rows[:1]), "--strict", on=ON)
    assert result.status == 0


@pytest.mark.parametrize("table", TABLES)
def test_the_same_file_twice_changes_nothing(table, installation, counted):
    installation.manage("import_roster", installation.file("base.csv", BASE), on=ON)
    path = installation.file("t.csv", TABLES[table][0][:1])
    _result, first = installation.report(f"import_{table}", path, on=ON)
    before = counted()
    _result, second = installation.report(f"import_{table}", path, on="2024-05-02")
    assert [first[key] for key in ("read", "created", "changed", "unchanged")] == [1, 1, 0, 0]
    assert [second[key] for key in ("read", "created", "changed", "unchanged")] == [1, 0, 0, 1]
    assert second["rejected"] == []
    assert counted() == before


@pytest.mark.parametrize("table", TABLES)
def test_a_report_has_the_agreed_shape_and_its_sum(table, installation):
    installation.manage("import_roster", installation.file("base.csv", BASE), on=ON)
    _result, report = installation.report(f"import_{table}", installation.file("t.csv", TABLES[table][0]), on=ON)
    check_report(report)
    printed = installation.manage(
        f"import_{table}", installation.file("t.csv", TABLES[table][0]), "--format", "json", on=ON
    )
    check_report(printed.json)


def check_report(report):
    assert list(report) == ["read", "created", "changed", "unchanged", "rejected", "notes"]
    assert report["read"] == report["created"] + report["changed"] + report["unchanged"] + len(report["rejected"])
    assert all(set(row) == {"item", "line", "column", "reason"} for row in report["rejected"])
    assert all(set(row) == {"item", "line", "reason"} for row in report["notes"])
    assert all(is_one_sentence(row["reason"]) for row in report["rejected"] + report["notes"]), report


def test_a_report_that_cannot_be_written_is_refused_before_anything_is_imported(installation, counted):
    before = counted()
    path = installation.file("r.csv", BASE)
    result = installation.manage("import_roster", path, "--report", "/khong/co/r.json", on=ON)
    assert result.status == 1
    assert one_clear_line(result.err), result
    assert counted() == before


# --- how tables may be written
HEADERS = {
    "ma_can_bo": "Mã cán bộ", "ho_ten": "Họ tên", "email": "Email", "dien_thoai": "Điện thoại",
    "ma_don_vi": "Mã đơn vị", "chuc_danh": "CHỨC DANH",
    "nhiem_vu": "Nhiệm vụ", "tu_ngay": "Từ ngày", "den_ngay": " đến ngày ",
}  # fmt: skip
ROWS = [
    post("A", CHOM, "2024-01-01", "2024-12-31"),
    post("B", TAY_GIANG, "2024-02-03", duty="ho_tro_nan_nhan|xac_minh", name="Bh'ling Thị Ðào"),
    post("007", QUE_SON, "2024-03-04", name="Alăng Nguyễn, văn"),
]


def text_of(rows, columns=ROSTER, headers=None, separator=",", dates=str):
    headers = headers or {}
    lines = [separator.join(headers.get(c, c) for c in columns)]
    for row in rows:
        cells = [dates(row[c]) if c.endswith("_ngay") else row[c] for c in columns]
        lines.append(separator.join(f'"{cell}"' for cell in cells))
    return "\n".join(lines) + "\n"


def vietnamese(day):
    return "/".join(reversed(day.split("-"))) if day else ""


WRITTEN = {
    "header with diacritics": text_of(ROWS, headers=HEADERS),
    "any order": text_of(ROWS, columns=ROSTER[::-1]),
    "semicolons": text_of(ROWS, separator=";"),
    "byte order mark": "\ufeff" + text_of(ROWS, headers=HEADERS),
    "byte order mark and semicolons": "\ufeff" + text_of(ROWS, separator=";"),
    "dd/mm/yyyy": text_of(ROWS, dates=vietnamese),
    "mixed dates": text_of(ROWS[:1]) + text_of(ROWS[1:], dates=vietnamese).split("\n", 1)[1],
    "line ends of Windows": text_of(ROWS).replace("\n", "\r\n"),
    "line ends of old Macs": text_of(ROWS).replace("\n", "\r"),
    "no last line end": text_of(ROWS).rstrip("\n"),
    "empty lines": text_of(ROWS).replace("\n", "\n\n", 1) + "\n\n",
    "decomposed letters": __import__("unicodedata").normalize("NFD", text_of(ROWS, headers=HEADERS)),
    "another column": text_of([{**row, "ghi_chu": "x"} for row in ROWS], columns=[*ROSTER, "ghi_chu"]),
    "blanks around": text_of(ROWS).replace('"2024', '" 2024').replace('31"', '31 "'),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_a_table_may_be_written_in_many_ways(way, installation):
    result, report = installation.report("import_roster", installation.file("r.csv", WRITTEN[way]), on=ON)
    assert result.status == 0
    assert (report["read"], report["created"], report["rejected"]) == (3, 3, []), report
    _result, again = installation.report("import_roster", installation.file("plain.csv", text_of(ROWS)), on=ON)
    assert (again["unchanged"], again["changed"]) == (3, 0), again
    required = [
        installation.coverage("--as-of", day)["required"]
        for day in ("2024-01-01", "2024-02-03", "2024-03-04", "2025-01-01")
    ]
    assert required == [1, 2, 3, 2]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1258"])
def test_a_table_may_be_what_a_spreadsheet_saves_as_text(encoding, installation):
    rows = [post("A", CHOM, "2024-01-01", name="Trần Văn Bình"), post("B", TAY_GIANG, "2024-02-03", name="Võ Ân")]
    text = text_of(rows, headers=HEADERS, separator="\t")
    if encoding == "cp1258":
        # letters of this encoding are followed by their tone
        text = "".join(_with_its_tone(letter) for letter in text)
    result, report = installation.report("import_roster", installation.file("r.csv", text.encode(encoding)), on=ON)
    assert (result.status, report["created"], report["rejected"]) == (0, 2, []), report
    _result, again = installation.report("import_roster", installation.file("plain.csv", text_of(rows)), on=ON)
    assert (again["unchanged"], again["changed"]) == (2, 0), again


def _with_its_tone(letter):
    normal = __import__("unicodedata").normalize
    if letter.encode("cp1258", "ignore"):
        return letter
    parts = normal("NFD", letter)
    tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
    return normal("NFC", parts.replace(tone, "")) + tone


def test_what_stands_around_the_rows_is_said_and_not_counted(installation):
    heading = ["ỦY BAN NHÂN DÂN XÃ MẪU", "", "DANH SÁCH CÁN BỘ"]
    table = text_of(ROWS[:1], headers=HEADERS).splitlines()
    numbers = ",".join(f"({n})" for n in range(1, 10))
    text = "\n".join([*heading, table[0], numbers, *table[1:], "Tổng cộng: 1 người", ",,,,,NGƯỜI LẬP BIỂU"])
    _result, report = installation.report("import_roster", installation.file("r.csv", text), on=ON)
    check_report(report)
    assert (report["read"], report["created"]) == (1, 1), report
    assert [note["line"] for note in report["notes"]] == [4, 5, 7, 8]


def test_a_workbook_says_what_the_text_says(installation, tmp_path):
    """Dates as dates, codes as numbers, as spreadsheets keep them."""
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    book.active.append([HEADERS[column] for column in ROSTER])
    for row in ROWS:
        cells = dict(row, tu_ngay=date.fromisoformat(row["tu_ngay"]), ma_don_vi=int(row["ma_don_vi"]))
        cells["den_ngay"] = date.fromisoformat(row["den_ngay"]) if row["den_ngay"] else None
        book.active.append([cells[column] for column in ROSTER])
    book.save(installation.data_dir / "r.xlsx")
    _result, report = installation.report("import_roster", installation.data_dir / "r.xlsx", on=ON)
    assert (report["read"], report["created"], report["rejected"]) == (3, 3, [])
    _result, again = installation.report("import_roster", installation.file("plain.csv", text_of(ROWS)), on=ON)
    assert (again["unchanged"], again["changed"]) == (3, 0)


def test_other_tables_may_be_workbooks_and_have_vietnamese_headers_too(installation):
    from openpyxl import Workbook

    installation.manage("import_roster", installation.file("base.csv", BASE), on=ON)
    tables = {
        "units": (["Mã", "Tên", "Loại", "Ngành", "Mã cha", "Từ ngày", "Đến ngày"], UNITS, TABLES["units"][0][0]),
        "excuses": (["Mã cán bộ", "Yêu cầu", "Lý do", "Từ ngày", "Đến ngày"], EXCUSES, excuse("A", "2024-01-01")),
        "completions": (
            ["Mã cán bộ", "Khóa học", "Ngày hoàn thành", "Minh chứng"], COMPLETIONS, completion("B", "2024-01-10"),
        ),
    }  # fmt: skip
    for table, (header, columns, row) in tables.items():
        book = Workbook()
        book.active.append(header)
        book.active.append([row[column] or None for column in columns])
        book.save(installation.data_dir / "t.xlsx")
        result, report = installation.report(f"import_{table}", installation.data_dir / "t.xlsx", on=ON)
        assert (result.status, report["created"], report["rejected"]) == (0, 1, []), (table, report)
    assert states(installation.coverage("--as-of", "2024-02-01")) == {"excused": 1, "completed": 1}


# --- the states behind the figures
def test_the_second_formulation_agrees_and_notices_what_does_not(installation):
    from django.db import connection

    installation.manage("import_roster", installation.file("r.csv", BASE), on=ON)
    installation.manage("import_completions", installation.file("c.csv", [completion("A", "2024-01-10")]), on=ON)
    assert installation.manage("recompute", "--check", on=ON).status == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM courses_standing WHERE state = 'completed'")
    checked = installation.manage("recompute", "--check", on=ON)
    assert checked.status == 1
    assert checked.err
    assert installation.manage("recompute", on=ON).status == 0
    assert installation.manage("recompute", "--check", on=ON).status == 0
    assert states(installation.coverage("--as-of", "2024-02-01")) == {"completed": 1, "not_started": 1}
