"""What a file leaves open is asked: by row or for all rows of a kind, on screen and in the command alike."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.imports import Report
from people.postings.posting import Posting
from people.roster import importing as roster
from people.roster.state import RosterState
from tabular.cells import CellError, Line
from tabular.questions import LEAVE_OUT, Answers, Choice, LeftOut, QuestionKind, Unanswered
from tabular.tables import TableError

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
SEAT = QuestionKind("ghe", "Ghế nào chưa rõ", (Choice("trai", "Bên trái"), Choice("phai", "Bên phải"), LEAVE_OUT))


def asked(report, line=2, more=()):
    return report.ask(SEAT, "A", Line(line), "ghe", "Ghế của A chưa rõ.", more)


def test_a_question_without_an_answer_keeps_the_row_waiting_and_says_what_to_answer():
    report = Report()
    with pytest.raises(Unanswered) as waits:
        asked(report)
    report.reject("A", Line(2), waits.value)
    reason = "Ghế của A chưa rõ. Hãy trả lời: “Bên trái” / “Bên phải” / “Không nhập dòng này”."
    assert report.as_dict()["rejected"] == [{"item": "A", "line": 2, "column": "ghe", "reason": reason}]
    assert (report.read, report.wrong, len(report.waiting)) == (1, [], 1)


def test_what_was_noted_of_a_row_is_not_told_once_the_row_is_rejected():
    report = Report()
    for line in (Line(2), Line(2, "B", 1), None):
        report.note("A", line, "Đã bỏ số điện thoại.")
    report.reject("A", Line(2), CellError("tu_ngay", "Dòng này đã có ở dòng 1."))
    assert [entry["reason"] for entry in report.as_dict()["notes"]] == [
        "Trang “B”: Đã bỏ số điện thoại.",
        "Đã bỏ số điện thoại.",
    ]


@pytest.mark.parametrize(
    ("kept", "taken"),
    [
        ({"ghe": {"*": "trai"}}, "trai"),
        ({"ghe": {"2": "phai"}}, "phai"),
        ({"ghe": {"*": "trai", "2": "phai"}}, "phai"),
        ({"ghe": {"*": "trai", "3": "phai"}}, "trai"),
        ({"ghe": {"*": "trai", "2": "khong-co"}}, "trai"),
        ({"ghe": {"2": "cua"}}, "cua"),
    ],
)
def test_the_answer_of_the_row_goes_before_that_for_all(kept, taken):
    assert asked(Report(answers=Answers(kept)), more=(Choice("cua", "Cạnh cửa"),)) == taken


@pytest.mark.parametrize("kept", [{"ghe": {"3": "trai"}}, {"ban": {"*": "trai"}}, {"ghe": {"*": "khong-co"}}])
def test_an_answer_to_something_else_is_none(kept):
    with pytest.raises(Unanswered):
        asked(Report(answers=Answers(kept)))


def test_a_row_that_is_not_to_be_taken_is_told_and_not_counted():
    report = Report(answers=Answers({"ghe": {"*": LEAVE_OUT.key}}))
    with pytest.raises(LeftOut) as left:
        asked(report)
    report.reject("A", Line(2), left.value)
    assert (report.read, report.rejected) == (0, [])
    assert report.notes == [{"item": "A", "line": 2, "reason": "Không nhập, theo câu trả lời."}]


def test_rows_of_several_sheets_stand_in_their_order_and_name_their_sheet():
    report = Report()
    for line in (Line(9, "Xã B", 2), Line(3, "Xã B", 2), Line(7, "Xã A", 1)):
        report.reject("A", line, CellError("", "Sai."))
    told = [(entry["line"], entry["reason"]) for entry in report.as_dict()["rejected"]]
    assert told == [(7, "Trang “Xã A”: Sai."), (3, "Trang “Xã B”: Sai."), (9, "Trang “Xã B”: Sai.")]
    assert [Line(7).key, Line(7, "Xã A", 1).key, str(Line(7)), f"{Line(7, 'A', 1)}"] == [
        "7",
        "1.7",
        "7",
        "7 (trang “A”)",
    ]
    assert json.dumps(Line(7, "Xã A", 1)) == "7"


# --- through a whole import, with a rule that asks about people without a position


@pytest.fixture
def asks(monkeypatch):
    """A row without a position asks when it is read; one of “Phó” asks when it is compared with what is known."""
    read, place = roster._Reader.read, RosterState.place

    def reading(self, raw, report):
        if not raw["chuc_danh"]:
            report.ask(SEAT, raw["ma_can_bo"], raw.line, "chuc_danh", "Chưa rõ ghế.")
        return read(self, raw, report)

    def placing(self, row, report):
        if row.position == "Phó":
            report.ask(SEAT, row.staff_code, row.line, "chuc_danh", "Chưa rõ ghế phó.")
        return place(self, row, report)

    monkeypatch.setattr(roster._Reader, "read", reading)
    monkeypatch.setattr(RosterState, "place", placing)


LINES = [
    f"{code},Người {code},,,20455,{position},,2025-07-01,"
    for code, position in [("A", ""), ("B", "Phó"), ("C", "Cán bộ")]
]


@pytest.fixture
def path(tmp_path, units, asks):
    path = tmp_path / "r.csv"
    path.write_text("\n".join([HEADER, *LINES]), encoding="utf-8")
    return str(path)


def brought(path, capsys, *options):
    call_command("import_roster", path, *options)
    return capsys.readouterr().out


def who():
    return set(Posting.objects.values_list("person__staff_code", flat=True))


@pytest.mark.django_db
def test_the_command_says_how_to_answer_and_takes_the_answers(path, capsys):
    printed = brought(path, capsys)
    assert "Đọc 3 dòng: 1 mới, 0 thay đổi, 0 giữ nguyên, 2 lỗi." in printed
    assert "Ghế nào chưa rõ: 2 dòng chờ trả lời, như dòng 2." in printed
    assert "--answer ghe=trai  (Bên trái)" in printed
    assert who() == {"C"}
    brought(path, capsys, "--answer", "ghe:3=phai")
    assert who() == {"B", "C"}
    assert "2 giữ nguyên, 0 lỗi" in brought(path, capsys, "--answer", "ghe=trai", "--answer", "ghe:2=bo_dong")
    brought(path, capsys, "--answer", "ghe=trai", "--strict")
    assert who() == {"A", "B", "C"}


@pytest.mark.django_db
def test_strict_refuses_a_file_with_an_open_question_and_an_idle_answer_is_told(path, capsys):
    with pytest.raises(CommandError, match="Có 1 dòng lỗi nên không ghi gì"):
        brought(path, capsys, "--strict", "--answer", "ghe:2=trai")
    with pytest.raises(CommandError, match="Tệp không hỏi điều mà --answer ghe=sai trả lời"):
        brought(path, capsys, "--answer", "ghe=sai")
    assert who() == set()


@pytest.mark.django_db
def test_what_is_asked_only_when_it_is_written_stops_the_import(path):
    prepared = roster.prepare_roster(path, timezone.now(), answers=Answers({"ghe": {"*": "trai"}}))
    prepared.report.answers.add("ghe", "*", "")
    with pytest.raises(TableError, match="hãy nhập lại"):
        prepared.write(lambda done: None)
