"""Whom a row of a file means: codes by their spelling, a name that is another or a zero that is lost by asking."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from factories import make_person

from people.persons.user import User
from people.postings.posting import Posting

HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"

pytestmark = pytest.mark.django_db


def line(code="TG-9", name="Alăng Thị Hà", phone="", unit="20455", position="Cán bộ xã"):
    return f"{code},{name},,{phone},{unit},{position},ho_tro_nan_nhan,01/07/2025,"


@pytest.fixture
def brought(tmp_path, units, capsys):
    def bring(*lines, header=HEADER, command="import_roster", **options):
        path = tmp_path / "table.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        call_command(command, str(path), format="json", **options)
        return json.loads(capsys.readouterr().out)

    return bring


def counts(report):
    assert report["read"] == report["created"] + report["changed"] + report["unchanged"] + len(report["rejected"])
    return report["created"], report["changed"], report["unchanged"], len(report["rejected"])


def posted(code) -> set[str]:
    return set(Posting.objects.current().filter(person__staff_code=code).values_list("position", flat=True))


# --- spellings


def test_one_code_in_many_spellings_is_one_person(brought):
    codes = ["ĐN-001", "đn-001", "Đn–001", "ÐN‑001", "\u200eĐN-001\u2069", "ĐＮ-001"]
    names = ["Đặng Thị Đào", "ĐẶNG THỊ ĐÀO", "Ðặng Thị Ðào", "Đặng\u00a0Thị Đào", "đặng thị đào", "Đặng Thị Đào\u200b"]
    rows = [line(code, name, position=f"Việc {n}") for n, (code, name) in enumerate(zip(codes, names, strict=True))]
    assert counts(brought(*rows)) == (6, 0, 0, 0)
    person = User.objects.get()
    assert (person.staff_code, person.full_name) == ("ĐN-001", "Đặng Thị Đào")
    assert counts(brought(*reversed(rows))) == (0, 0, 6, 0)
    assert len(posted("ĐN-001")) == 6


def test_look_alikes_of_another_script_make_no_new_officials(brought):
    make_person("Alăng Thị Hà", "CB77")
    assert counts(brought(line("СВ77"), line("ＣＢ７７", position="Phó ban"))) == (2, 0, 0, 0)
    assert User.objects.count() == 1
    assert counts(brought(line("CB7O", "Bling Ca"), line("CB70", "Bling Cam"))) == (2, 0, 0, 0)


def test_a_code_of_a_unit_is_read_by_its_spelling(brought):
    assert counts(brought(line(unit="thcs–01"))) == (1, 0, 0, 0)
    assert Posting.objects.get().unit.code == "THCS-01"
    [bad] = brought(line(unit="THCS-O1"))["rejected"]
    assert bad["column"] == "ma_don_vi"


def test_of_two_codes_that_are_spelled_alike_only_the_exact_one_is_meant(brought):
    first, second = make_person("Hồ Văn Dung", "CB77"), make_person("Bling Ca", "X", shares_code=True)
    User.objects.filter(pk=second.pk).update(staff_code="cb77")
    rows = line("CB77", "Hồ Văn Dung"), line("cb77", "Bling Ca"), line("Cb77", "Bling Ca")
    report = brought(*rows)
    assert counts(report) == (2, 0, 0, 1)
    assert "có thể là “CB77” (Hồ Văn Dung), “cb77” (Bling Ca)" in report["rejected"][0]["reason"]
    assert first.postings.count() == second.postings.count() == 1
    other = line("Cb77", "Bling Ca", position="Phó ban")
    assert counts(brought(other, answer=["ma_viet_nhu_nhau:2=cb77"])) == (1, 0, 0, 0)
    assert second.postings.count() == 2


def test_headers_are_read_in_any_spelling(brought):
    header = "Mã cán bộ,Họ tên,Email,Ðiện thoại,Mã đơn vị,Chức danh,Nhiệm vụ,Từ ngày,Ðến ngày\u200e"
    report = brought(line(phone="0905333001"), header=header)
    assert (counts(report), report["notes"]) == ((1, 0, 0, 0), [])


# --- another name


def test_another_name_under_a_known_code_is_asked(brought):
    brought(line())
    other = line(name="Alăng Thị Hạ", unit="20458")
    report = brought(other)
    assert counts(report) == (0, 0, 0, 1)
    [waiting] = report["rejected"]
    assert waiting["column"] == "ho_ten"
    assert "Mã “TG-9” là của Alăng Thị Hà, trong tệp tên là Alăng Thị Hạ." in waiting["reason"]
    assert User.objects.get().full_name == "Alăng Thị Hà"
    assert Posting.objects.count() == 1
    assert counts(brought(other, answer=["ten_khac=bo_dong"])) == (0, 0, 0, 0)
    assert counts(brought(other, answer=["ten_khac=ten_cu"])) == (1, 0, 0, 0)
    assert User.objects.get().full_name == "Alăng Thị Hà"


def test_a_new_name_is_taken_when_it_is_answered_and_asked_no_more(brought):
    brought(line(), line(position="Phó ban"))
    rows = line(name="Alăng Thị Hạ"), line(name="Alăng Thị Hạ", position="Phó ban")
    report = brought(*rows, answer=["ten_khac=ten_moi"])
    assert counts(report) == (0, 1, 1, 0)
    assert "Tên đổi từ “Alăng Thị Hà” thành “Alăng Thị Hạ”." in report["notes"][0]["reason"]
    person = User.objects.get()
    assert (person.full_name, User.objects.found("alang thi ha").get()) == ("Alăng Thị Hạ", person)
    assert counts(brought(*rows)) == (0, 0, 2, 0)


def test_who_waits_for_an_answer_is_not_ended_as_missing(brought):
    brought(line(), line("TG-8", "Bling Ca"))
    report = brought(line(name="Ai khác"), line("TG-8", "Bling Ca"), ended_if_missing=True)
    assert counts(report) == (0, 0, 1, 1)
    assert Posting.objects.current().get(person__staff_code="TG-9").end is None


# --- a zero that a spreadsheet took away


def test_a_lost_zero_is_asked_and_makes_no_second_official(brought):
    brought(line("00123", "Zơrâm Thị Lan"))
    lost = line("123", "Zơrâm Thị Lan", position="Phó ban")
    report = brought(lost)
    assert counts(report) == (0, 0, 0, 1)
    assert "Mã “123” chưa có ai; có phải là “00123” (Zơrâm Thị Lan) không?" in report["rejected"][0]["reason"]
    assert counts(brought(lost, answer=["so_0_dau=nguoi_cu"])) == (1, 0, 0, 0)
    assert (User.objects.count(), posted("00123")) == (1, {"Cán bộ xã", "Phó ban"})


def test_a_lost_zero_may_be_another_person(brought):
    brought(line("123", "Zơrâm Thị Lan"))
    other = line("00123", "Bling Ca")
    assert counts(brought(other)) == (0, 0, 0, 1)
    assert counts(brought(other, answer=["so_0_dau=nguoi_moi"])) == (1, 0, 0, 0)
    assert counts(brought(other, line("123", "Zơrâm Thị Lan"))) == (0, 0, 2, 0)


def test_a_lost_zero_of_several_is_a_question_which_of_them_or_somebody_new(brought):
    brought(line("123", "Zơrâm Thị Lan"))
    brought(line("00123", "Bling Ca"), answer=["so_0_dau=nguoi_moi"])
    row = line("0123", "Bling Ca", position="Phó ban")
    [bad] = brought(row)["rejected"]
    assert "“123” (Zơrâm Thị Lan), “00123” (Bling Ca)" in bad["reason"]
    assert "Hãy trả lời" in bad["reason"]
    assert counts(brought(row, answer=["so_0_nhieu_nguoi:2=00123"])) == (1, 0, 0, 0)
    assert posted("00123") == {"Cán bộ xã", "Phó ban"}
    stranger = line("0123", "Ai đó")
    assert counts(brought(stranger, answer=["so_0_nhieu_nguoi=nguoi_moi"])) == (1, 0, 0, 0)
    assert User.objects.count() == 3
    assert counts(brought(stranger)) == (0, 0, 1, 0)


def test_a_lost_zero_is_noticed_within_one_file_too(brought):
    rows = line("00123", "Zơrâm Thị Lan"), line("123", "Zơrâm Thị Lan", position="Phó ban")
    assert counts(brought(*rows)) == (1, 0, 0, 1)
    assert counts(brought(*rows, answer=["so_0_dau:3=nguoi_cu"])) == (1, 0, 1, 0)
    assert User.objects.count() == 1


def test_a_lost_zero_that_waits_is_not_ended_as_missing(brought):
    brought(line("00123", "Zơrâm Thị Lan"), line("TG-8", "Bling Ca"))
    brought(line("123", "Zơrâm Thị Lan"), line("TG-8", "Bling Ca"), ended_if_missing=True)
    assert Posting.objects.current().get(person__staff_code="00123").end is None


# --- telephones


def test_telephones_are_read_out_of_their_cells(brought):
    cells = [
        "+84 (0)905 123 405",
        "(+84)0905123406",
        "DĐ: 0905123417",
        "0905123413 (Zalo)",
        "0905–123–410",
        "905123408",
    ]
    brought(*(line(f"P{n}", f"Lê Văn {n}", cell) for n, cell in enumerate(cells)))
    stored = User.objects.order_by("staff_code").values_list("phone", flat=True)
    assert list(stored) == [f"+84905123{end}" for end in ("405", "406", "417", "413", "410", "408")]
    assert User.objects.by_login("0905123405").staff_code == "P0"


def test_of_two_numbers_in_a_cell_the_first_is_taken_and_the_other_told(brought):
    report = brought(line(phone="0905123409/0905123499"), line("TG-8", "Bling Ca", "9.05123E+08"))
    assert User.objects.get(staff_code="TG-9").phone == "+84905123409"
    assert [note["reason"] for note in report["notes"]] == [
        "dien_thoai có hơn một số: đã nhận 0905123409, chưa nhận 0905123499.",
        "dien_thoai không đúng dạng nên không nhập.",
    ]


def test_people_of_a_roster_stand_by_given_name(brought):
    names = ["Zơrâm Thị An", "Đặng Văn Bảo", "Bling", "nguyễn thị chi", "Âu Văn Dung", "Alăng Đợi", "Ông Thị Yến"]
    brought(*(line(f"N{n}", name) for n, name in enumerate(reversed(names))))
    assert list(User.objects.by_name().values_list("full_name", flat=True)) == names


# --- one name under two codes


def doubles(report) -> dict[int, str]:
    told = [note for note in report["notes"] if note["reason"].startswith("Cùng tên, cùng đơn vị")]
    assert len({note["line"] for note in told}) == len(told)
    return {note["line"]: note["reason"] for note in told}


def test_of_two_new_people_of_one_name_and_unit_the_later_is_noted_with_the_line_and_code_of_the_other(brought):
    rows = (
        line("M-1"),
        line("M-2", "ALĂNG  THỊ HÀ", position="Phó ban"),
        line("M-3", unit="20695"),
        line("M-4", "Ría Hà"),
    )
    report = brought(*rows)
    assert counts(report) == (4, 0, 0, 0), "a note, never a question"
    assert list(doubles(report)) == [3]
    assert "với dòng 2: Alăng Thị Hà (M-1); nếu là một người, hãy ghi cùng một mã" in doubles(report)[3]
    assert doubles(brought(*rows)) == {}, "nobody is new any more"


def test_a_third_names_the_first_and_whoever_left_is_nobodys_double(brought):
    left = line("M-0").removesuffix(",") + ",31/08/2025"
    report = brought(left, line("M-1"), line("M-2"), line("M-3"), line("M-3", position="Phó ban"))
    assert list(doubles(report)) == [4, 5]
    assert all("dòng 3: Alăng Thị Hà (M-1)" in reason for reason in doubles(report).values())


def test_one_of_ours_whom_the_file_brings_to_the_unit_is_named_with_her_line(brought):
    make_person("Alăng Thị Hà", "CU-1")
    report = brought(line("M-1"), line("CU-1", unit="20455"))
    assert "với dòng 3: Alăng Thị Hà (CU-1)" in doubles(report)[2]
    again = brought(line("M-5", unit="20455"))
    assert "với Alăng Thị Hà (CU-1)" in doubles(again)[2] or "với Alăng Thị Hà (M-1)" in doubles(again)[2]


def test_a_line_that_does_not_go_in_is_nobodys_double(brought):
    assert doubles(brought(line("M-1", unit="khong-co"), line("M-2"))) == {}


def test_looking_for_doubles_costs_the_same_for_a_file_of_any_length(brought):
    def asked(count, letter):
        with CaptureQueriesContext(connection) as asked:
            report = brought(*(line(f"{letter}-{n}") for n in range(count)), dry_run=True)
        assert len(doubles(report)) == count - 1
        return len(asked)

    assert asked(2, "A") == asked(40, "B")


@pytest.mark.parametrize("between", [", ", ";", " / ", " + "])
def test_duties_that_are_parted_otherwise_are_told_how_to_part_them(brought, between):
    [bad] = brought(line().replace("ho_tro_nan_nhan", f'"ho_tro_nan_nhan{between}xac_minh"'))["rejected"]
    assert bad["column"] == "nhiem_vu"
    assert "hãy ngăn các nhiệm vụ bằng dấu |" in bad["reason"]
