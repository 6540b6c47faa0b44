"""`import_units`: what a table of units and a table of successions do, and the sentence for whatever is wrong."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from factories import make_person, make_posting

from people.postings.posting import Posting
from people.times import covering
from people.units.successions import Reach, Succession, map_changed_since, reach_known_on
from people.units.unit import Unit, UnitVersion

pytestmark = pytest.mark.django_db

UNITS = "ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay\n"
SUCCESSIONS = "ma_cu,ma_moi,thua_ke,quyet_dinh,ngay\n"
BASE = """49,Tỉnh Quảng Nam,tinh,,,2020-01-01,
504,Huyện Tây Giang,huyen,,49,2020-01-01,
20449,Xã Lăng,xa,chinh_quyen,504,01/01/2020,
20458,Xã Bha Lê,xa,,504,2020-01-01,
"""
OLD, REFORM = date(2024, 6, 1), date(2025, 7, 1)


@pytest.fixture
def load(tmp_path):
    """Runs the command and returns its report."""

    def run(units="", successions=None, **options):
        (tmp_path / "units.csv").write_text(UNITS + units, encoding="utf-8")
        if successions is not None:
            (tmp_path / "successions.csv").write_text(SUCCESSIONS + successions, encoding="utf-8")
            options["successions"] = str(tmp_path / "successions.csv")
        call_command(
            "import_units", str(tmp_path / "units.csv"), report=str(tmp_path / "out.json"), stdout=StringIO(), **options
        )
        return json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))

    return run


def counts(report):
    return [report[name] for name in ("read", "created", "changed", "unchanged")] + [len(report["rejected"])]


def path(code, start, day):
    """Names from where the unit counts up to the root."""
    rows = Reach.objects.filter(covering(day), unit__code=code, unit__valid_from=start).order_by("depth")
    return list(rows.values_list("ancestor__name", flat=True))


def only_error(report):
    (entry,) = report["rejected"]
    return entry["line"], entry["column"], entry["reason"]


# --- good files


def test_codes_of_units_are_read_by_their_spelling(load):
    load(BASE + "CA-TG,Công an xã Lăng,co_quan,cong_an,20449,2021-01-01,\n")
    known = "ca–tg,Công an xã Lăng,co_quan,cong_an,\u200e20449,2021-01-01,\n"
    team = "ＣＡ-ＴＧ-1,Tổ 1,co_quan,cong_an,ca‑tg,2021-01-01,\nca-tg-1,Tổ 1,co_quan,cong_an,CA-TG,2021-01-01,\n"
    report = load(known + team, "СА-TG,20449,,,2025-07-01\n")
    assert counts(report) == [4, 2, 1, 0, 1]
    assert "đã có ở dòng 3" in only_error(report)[2]
    assert Unit.objects.get(name="Tổ 1").parent.code == "CA-TG"
    assert Succession.objects.get().old.code == "CA-TG"


def test_a_file_creates_units_under_their_parents(load):
    assert counts(load(BASE)) == [4, 4, 0, 0, 0]
    assert path("20449", date(2020, 1, 1), OLD) == ["Xã Lăng", "Huyện Tây Giang", "Tỉnh Quảng Nam"]


def test_the_same_file_twice_changes_nothing(load):
    load(BASE)
    before = list(Reach.objects.values_list("pk").order_by("pk"))
    assert counts(load(BASE)) == [4, 0, 0, 4, 0]
    assert list(Reach.objects.values_list("pk").order_by("pk")) == before
    assert UnitVersion.objects.count() == 4


def test_a_parent_may_stand_further_down(load):
    assert counts(load("".join(reversed(BASE.splitlines(keepends=True))))) == [4, 4, 0, 0, 0]


def test_kinds_and_sectors_may_be_written_as_words(load):
    load("49,Tỉnh Quảng Nam,Tỉnh,Chính quyền,,2020-01-01,\n49-SYT,Sở Y tế,Cơ quan,Y tế,49,2020-01-01,\n")
    assert Unit.objects.get(code="49-SYT").sector == "y_te"


def test_a_filled_end_and_a_corrected_name_supersede_what_was_believed(load):
    load(BASE)
    report = load("20458,Xã Bha Lêê,xa,,504,2020-01-01,2025-06-30\n")
    assert counts(report) == [1, 0, 1, 0, 0]
    unit = Unit.objects.get(code="20458")
    assert (unit.name, unit.valid_to) == ("Xã Bha Lêê", date(2025, 6, 30))
    believed = unit.versions.order_by("pk")
    assert [(v.name, v.superseded_at is None) for v in believed] == [("Xã Bha Lê", False), ("Xã Bha Lêê", True)]


def test_an_empty_end_never_opens_a_unit_again(load):
    load(BASE + "20500,Xã Cũ,xa,,504,2020-01-01,2024-12-31\n")
    assert counts(load("20500,Xã Cũ,xa,,504,2020-01-01,\n")) == [1, 0, 0, 1, 0]
    assert Unit.objects.get(code="20500").valid_to == date(2024, 12, 31)


def test_a_code_passed_to_a_different_unit_ends_the_first_the_day_before(load):
    load(BASE)
    report = load("20449,Xã Khác Hẳn,xa,,49,2025-07-01,\n")
    assert counts(report) == [1, 1, 0, 0, 0]
    assert [note["reason"] for note in report["notes"]] == [
        "“Xã Lăng” (mã 20449) được ghi kết thúc ngày 30/06/2025, vì sau đó mã thuộc đơn vị khác."
    ]
    assert Unit.objects.bearing("20449", REFORM).name == "Xã Khác Hẳn"
    assert path("20449", date(2020, 1, 1), REFORM) == ["Huyện Tây Giang", "Tỉnh Quảng Nam"]
    assert path("20449", REFORM, REFORM) == ["Xã Khác Hẳn", "Tỉnh Quảng Nam"]


def test_a_unit_that_only_changes_parent_goes_on_and_says_so(load):
    load(BASE + "510,Huyện Nam Giang,huyen,,49,2020-01-01,\n")
    report = load("20449,Xã Lăng,xa,,510,2025-01-01,\n")
    assert "“Xã Lăng” được hiểu là tiếp tục từ ngày 01/01/2025, vì mã và tên không đổi." in [
        note["reason"] for note in report["notes"]
    ]
    assert path("20449", date(2020, 1, 1), date(2025, 1, 1)) == ["Xã Lăng", "Huyện Nam Giang", "Tỉnh Quảng Nam"]


def test_a_merger_in_a_later_file_ends_the_old_unit_and_says_so(load):
    load(BASE)
    report = load("", "20449,20458,,Nghị quyết 1,2025-07-01\n")
    assert counts(report) == [1, 1, 0, 0, 0]
    assert [(note["item"], note["reason"]) for note in report["notes"]] == [
        ("20449 → 20458", "“Xã Lăng” (mã 20449) được ghi kết thúc ngày 30/06/2025, trước ngày chuyển.")
    ]
    assert path("20449", date(2020, 1, 1), REFORM)[0] == "Xã Bha Lê"
    again = load("", "20449,20458,,Nghị quyết 1,2025-07-01\n")
    assert counts(again) == [1, 0, 0, 1, 0]
    assert again["notes"] == []


def test_old_and_new_bearers_of_a_code_are_told_apart_by_the_day(load):
    load(BASE + "20449,Xã Tây Giang,xa,,49,2025-07-01,\n", "20449,20449,,NQ,2025-07-01\n20458,20449,,NQ,2025-07-01\n")
    assert Succession.objects.filter(new__name="Xã Tây Giang").count() == 2
    assert path("20449", date(2020, 1, 1), REFORM) == ["Xã Tây Giang", "Tỉnh Quảng Nam"]
    assert path("20458", date(2020, 1, 1), REFORM) == ["Xã Tây Giang", "Tỉnh Quảng Nam"]


SPLIT = BASE + "20601,Xã Đông,xa,,504,2025-07-01,\n20602,Xã Tây,xa,,504,2025-07-01,\n"


def test_a_split_without_heir_is_undivided_until_a_later_file_names_one(load):
    load(SPLIT, "20449,20601,0,NQ,2025-07-01\n20449,20602,0,NQ,2025-07-01\n")
    assert path("20449", date(2020, 1, 1), REFORM) == ["Huyện Tây Giang", "Tỉnh Quảng Nam"]
    assert Reach.objects.filter(covering(REFORM), unit__code="20449", depth=0).get().undivided
    report = load("", "20449,20602,1,NQ,2025-07-01\n")
    assert counts(report) == [1, 0, 1, 0, 0]
    assert path("20449", date(2020, 1, 1), REFORM)[0] == "Xã Tây"
    assert Succession.objects.filter(new__code="20602").count() == 2, "the first belief is kept"


def test_a_unit_that_is_one_of_its_own_parts_goes_on(load):
    load(BASE)
    file = "20449,20449,1,NQ,2025-07-01\n20449,20458,,NQ,2025-07-01\n"
    report = load("", file)
    assert counts(report) == [2, 1, 0, 1, 0]
    assert Unit.objects.get(code="20449").valid_to is None
    assert path("20449", date(2020, 1, 1), REFORM)[0] == "Xã Lăng"
    assert counts(load("", file)) == [2, 0, 0, 2, 0]


def test_an_abolished_level_leaves_its_people_at_the_province_and_a_gone_commune_with_them(load):
    load(
        BASE.replace("504,2020-01-01,\n", "504,2020-01-01,2025-06-30\n").replace(
            "huyen,,49,2020-01-01,", "huyen,,49,2020-01-01,2025-06-30"
        )
    )
    officer, clerk = make_person("A", "A1"), make_person("B", "B1")
    make_posting(officer, Unit.objects.get(code="504"), start=date(2021, 1, 1))
    make_posting(clerk, Unit.objects.get(code="20458"), start=date(2021, 1, 1))
    at_province = Posting.objects.filter(
        covering(REFORM, "unit__reaches__start", "unit__reaches__end"),
        unit__reaches__ancestor__code="49",
        unit__reaches__depth=0,
    )
    assert {posting.person.staff_code for posting in at_province} == {"A1", "B1"}


def test_postings_at_district_and_province_land_where_they_should(load):
    load(BASE + "48,Thành phố Đà Nẵng,thanh_pho,,,2025-07-01,\n", "49,48,,NQ,2025-07-01\n")
    for code in ("49", "504", "20449"):
        make_posting(make_person(code, code), Unit.objects.get(code=code), start=date(2021, 1, 1))

    def under(code, day):
        rows = Posting.objects.filter(
            covering(day, "unit__reaches__start", "unit__reaches__end"), unit__reaches__ancestor__code=code
        )
        return sorted(rows.values_list("person__staff_code", flat=True))

    assert under("49", OLD) == ["20449", "49", "504"]
    assert under("504", OLD) == ["20449", "504"]
    assert under("49", REFORM) == []
    assert under("48", REFORM) == ["20449", "49", "504"]


def test_a_map_change_is_not_known_before_the_day_it_was_recorded(load, time_machine):
    time_machine.move_to("2024-02-01T08:00:00+07:00")
    load(BASE)
    time_machine.move_to("2025-08-20T08:00:00+07:00")
    load("", "20449,20458,,NQ,2025-07-01\n")
    unit, other = Unit.objects.get(code="20449"), Unit.objects.get(code="20458")
    before, after = reach_known_on(date(2025, 8, 19)), reach_known_on(date(2025, 8, 20))
    assert before.paths_on(REFORM)[unit.pk].path[0] == unit.pk
    assert after.paths_on(REFORM)[unit.pk].path[0] == other.pk
    assert map_changed_since(date(2025, 8, 19))
    assert not map_changed_since(date(2025, 8, 20))
    assert reach_known_on(date(2024, 1, 31)).paths_on(REFORM) == {}


def test_reach_holds_exactly_what_the_map_known_now_says(load):
    load(SPLIT, "20449,20601,0,NQ,2025-07-01\n20449,20602,0,NQ,2025-07-01\n")
    stored = set(Reach.objects.values_list("unit_id", "ancestor_id", "depth", "start", "end", "undivided"))
    assert stored == set(reach_known_on(None).rows())


def test_an_import_that_was_killed_before_its_end_is_healed_by_running_it_again(load):
    load(BASE)
    Reach.objects.all().delete()
    assert counts(load(BASE)) == [4, 0, 0, 4, 0]
    assert path("20449", date(2020, 1, 1), OLD) == ["Xã Lăng", "Huyện Tây Giang", "Tỉnh Quảng Nam"]


# --- options


def test_a_dry_run_writes_nothing_but_the_report(load):
    assert counts(load(BASE, dry_run=True)) == [4, 4, 0, 0, 0]
    assert not Unit.objects.exists()


def test_strict_writes_nothing_if_one_row_is_bad(load, tmp_path):
    with pytest.raises(CommandError, match="Có 1 dòng lỗi"):
        load(BASE + "1,Xã Sai,lang,,49,2020-01-01,\n", strict=True)
    assert not Unit.objects.exists()


# --- bad rows: each with its line, its column and one sentence


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (
            "1,Xã A,lang,,49,2020-01-01,",
            "loai",
            "“lang” không có trong danh mục; hãy ghi một trong: tinh, thanh_pho, huyen, xa, phuong, thi_tran, dac_khu, "
            "co_quan, truong.",
        ),
        (
            "1,Xã A,xa,bien,49,2020-01-01,",
            "nganh",
            "“bien” không có trong danh mục; hãy ghi một trong: chinh_quyen, lao_dong, y_te, cong_an, bien_phong, "
            "tu_phap, giao_duc, tai_chinh, thong_tin, cong_tac_xa_hoi, doan_the.",
        ),
        (
            "1,Xã A,xa,,777,2020-01-01,",
            "ma_cha",
            "Không có đơn vị mã 777 vào ngày 01/01/2020; hãy sửa ma_cha hoặc nhập đơn vị đó trước.",
        ),
        (
            "1,Xã A,xa,,49,2019-12-31,",
            "ma_cha",
            "Không có đơn vị mã 49 vào ngày 31/12/2019; hãy sửa ma_cha hoặc nhập đơn vị đó trước.",
        ),
        ("1,Xã A,xa,,1,2020-01-01,", "ma_cha", "Đơn vị không thể là cấp trên của chính nó; hãy sửa ma_cha."),
        (
            "1,Xã A,xa,,49,2020-01-01,2019-01-01",
            "den_ngay",
            "Ngày kết thúc 01/01/2019 trước ngày bắt đầu 01/01/2020; hãy sửa lại.",
        ),
        (
            "1,Xã A,xa,,49,31/02/2020,",
            "tu_ngay",
            "Không đọc được ngày “31/02/2020”; hãy ghi ngày/tháng/năm, như 31/12/2026.",
        ),
        ("1,=A1,xa,,49,2020-01-01,", "ten", "Ô bắt đầu bằng dấu “=”; hãy thay công thức bằng giá trị."),
        (",Xã A,xa,,49,2020-01-01,", "ma", "Ô bắt buộc đang để trống."),
        ("504,Huyện B,huyen,,49,2020-01-01,", "ma", "Đơn vị mã 504 từ ngày 01/01/2020 đã có ở dòng 3."),
    ],
)
def test_a_bad_unit_row_is_reported_and_the_good_rows_are_imported(load, row, column, sentence):
    report = load(BASE + row + "\n")
    assert only_error(report) == (6, column, sentence)
    assert counts(report) == [5, 4, 0, 0, 1]
    assert Unit.objects.count() == 4


def test_overlapping_spans_of_one_code_are_refused(load):
    load(BASE + "20500,Xã Cũ,xa,,504,2020-01-01,2025-06-30\n")
    report = load("20500,Xã Mới,xa,,504,2025-01-01,\n")
    assert only_error(report) == (
        2,
        "tu_ngay",
        "Mã này còn thuộc “Xã Cũ” đến hết ngày 30/06/2025; hãy sửa tu_ngay hoặc den_ngay.",
    )


def test_an_end_beyond_the_next_bearer_of_the_code_is_refused(load):
    load(BASE + "20500,Xã Cũ,xa,,504,2020-01-01,2025-06-30\n20500,Xã Mới,xa,,504,2025-07-01,\n")
    report = load("20500,Xã Cũ,xa,,504,2020-01-01,2025-12-31\n")
    assert only_error(report) == (
        2,
        "den_ngay",
        "Từ ngày 01/07/2025 mã này thuộc “Xã Mới”; hãy ghi den_ngay trước ngày đó.",
    )


def test_a_row_under_a_refused_parent_is_refused_too(load):
    report = load(BASE + "600,Huyện Sai,huyen,,777,2020-01-01,\n601,Xã Dưới,xa,,600,2020-01-01,\n")
    assert [(entry["item"], entry["column"]) for entry in report["rejected"]] == [("600", "ma_cha"), ("601", "ma_cha")]
    assert report["created"] == 4


def test_a_ring_of_parents_is_refused(load):
    report = load(BASE + "7,Xã A,xa,,8,2020-01-01,\n8,Xã B,xa,,7,2020-01-01,\n")
    assert {entry["item"] for entry in report["rejected"]} == {"7", "8"}
    assert report["rejected"][0]["column"] == "ma_cha"
    assert "nối nhau thành vòng" in report["rejected"][0]["reason"]
    assert report["created"] == 4


@pytest.mark.parametrize(
    ("rows", "line", "column", "sentence"),
    [
        ("777,20458,,,2025-07-01\n", 2, "ma_cu", "Không có đơn vị mã 777 vào ngày 30/06/2025; hãy sửa mã hoặc ngày."),
        ("20449,777,,,2025-07-01\n", 2, "ma_moi", "Không có đơn vị mã 777 vào ngày 01/07/2025; hãy sửa mã hoặc ngày."),
        ("20449,20458,có lẽ,,2025-07-01\n", 2, "thua_ke", "Không hiểu “có lẽ”; hãy ghi 1, hoặc để trống."),
        (
            "20449,20458,1,,hôm qua\n",
            2,
            "ngay",
            "Không đọc được ngày “hôm qua”; hãy ghi ngày/tháng/năm, như 31/12/2026.",
        ),
        ("20449,,1,,2025-07-01\n", 2, "ma_moi", "Ô bắt buộc đang để trống."),
        (
            "20449,20458,,,2025-07-01\n20449,20458,,,2025-07-01\n",
            3,
            "ma_moi",
            "Việc chuyển này đã có ở dòng 2; hãy xóa một dòng.",
        ),
        (
            "20449,20458,1,,2025-07-01\n20449,504,1,,2025-07-01\n",
            3,
            "thua_ke",
            "Đã có “Xã Bha Lê” thừa kế; chỉ một đơn vị được thừa kế, hãy bỏ thua_ke ở các dòng khác.",
        ),
        (
            "20500,20458,,,2025-07-01\n",
            2,
            "ngay",
            "“Xã Cũ” được ghi là còn đến hết ngày 31/12/2025; hãy sửa ngay hoặc den_ngay của đơn vị.",
        ),
    ],
)
def test_a_bad_succession_row_is_reported(load, rows, line, column, sentence):
    report = load(BASE + "20500,Xã Cũ,xa,,504,2020-01-01,2025-12-31\n", rows)
    assert only_error(report) == (line, column, sentence)


def test_an_heir_cannot_be_named_beside_one_already_recorded(load):
    load(SPLIT, "20449,20601,1,NQ,2025-07-01\n20449,20602,0,NQ,2025-07-01\n")
    assert only_error(load("", "20449,20602,1,NQ,2025-07-01\n"))[1] == "thua_ke"
    moved = load("", "20449,20601,0,NQ,2025-07-01\n20449,20602,1,NQ,2025-07-01\n")
    assert counts(moved) == [2, 0, 2, 0, 0]
    assert path("20449", date(2020, 1, 1), REFORM)[0] == "Xã Tây"


def test_a_unit_cannot_pass_into_one_that_stands_below_it(load):
    report = load(BASE, "504,20449,,NQ,2025-07-01\n")
    assert only_error(report)[:2] == (2, "ma_moi")
    assert Unit.objects.get(code="504").valid_to is None


def test_a_wrong_header_is_refused_as_a_whole(tmp_path):
    file = tmp_path / "units.csv"
    file.write_text("ma,ten\n1,Xã A\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Tiêu đề thiếu cột loai, nganh, ma_cha, tu_ngay, den_ngay"):
        call_command("import_units", str(file))


# --- a unit that ends with people


def test_a_unit_that_ends_without_a_successor_says_how_many_count_above_it(load):
    load(BASE)
    unit = Unit.objects.get(code="20449")
    for number, end in enumerate([None, date(2030, 1, 1), date(2024, 5, 31)]):
        make_posting(make_person(f"Người {number}", f"L-{number}"), unit, start=date(2021, 1, 1), end=end)
    gone = make_posting(make_person("Đã Bỏ", "L-9"), unit, start=date(2021, 1, 1))
    Posting.objects.filter(pk=gone.pk).supersede(gone.recorded_at)
    ended = "20449,Xã Lăng,xa,chinh_quyen,504,01/01/2020,31/05/2024\n"
    report = load(ended)
    assert counts(report) == [1, 0, 1, 0, 0]
    [note] = report["notes"]
    assert (note["item"], note["line"]) == ("20449", 2)
    assert note["reason"] == (
        "“Xã Lăng” kết thúc ngày 31/05/2024 mà không có đơn vị kế thừa; 2 người ở đó được tính ở “Huyện Tây Giang”."
    )
    assert path("20449", date(2020, 1, 1), OLD) == ["Huyện Tây Giang", "Tỉnh Quảng Nam"]
    assert load(ended)["notes"] == []


@pytest.mark.parametrize(
    ("units", "successions"),
    [
        ("20449,Xã Lăng,xa,,504,01/01/2020,31/05/2024\n", "20449,20458,1,NQ,2024-06-01\n"),
        ("20449,Xã Lăng,xa,,504,01/01/2020,31/05/2024\n20449,Xã Lăng,xa,,49,01/06/2024,\n", None),
        ("20458,Xã Bha Lê,xa,,504,2020-01-01,31/05/2024\n", None),
    ],
    ids=["taken over", "going on under another parent", "nobody there"],
)
def test_a_unit_that_goes_on_or_has_nobody_says_nothing(load, units, successions):
    load(BASE)
    make_posting(make_person("An", "L-1"), Unit.objects.get(code="20449"), start=date(2021, 1, 1))
    assert not [note for note in load(units, successions)["notes"] if "không có đơn vị kế thừa" in note["reason"]]
