"""Files as offices have them: their own columns, names for codes, each row looked at, cells mended in place."""

import html
import re
from datetime import date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factories import make_duty, make_person, make_posting, make_unit
from sharing import shared

from courses.completions.completion import Completion
from courses.reports.importing import jobs
from courses.reports.importing.previews import ROWS_A_PAGE
from courses.reports.importing.remembered import ColumnMapping
from courses.requirements.requirement import Excuse, Requirement
from courses.standing import standing
from courses.standing.coverage import coverage
from courses.standing.rules import seed_requirements
from outbox.effects import Effect
from outbox.private_files import private_files
from people.changes.change import BulkChange
from people.persons.merges import Merge
from people.persons.user import User
from people.postings.posting import Posting
from people.units.successions import rebuild_reach
from people.units.unit import Unit

NOW = timezone.make_aware(datetime(2026, 11, 24, 9))
HEADER = "ma_can_bo,ho_ten,email,dien_thoai,ma_don_vi,chuc_danh,nhiem_vu,tu_ngay,den_ngay"
UPLOAD = "/bao-cao/danh-sach/"
# of an office: other words, no code of a unit, no first day
THEIRS = "TT,Số hiệu CC,Họ và tên CBCC,Nơi công tác,Vị trí,Được giao"
THEIR_ROW = "1,TG-100,Arâl Thị Bước,Xã Tây Giang,Công chức,ho_tro_nan_nhan"
CHOSEN = {
    "columns": "1",
    "cot:ma_can_bo": "so_hieu_cc",
    "cot:ho_ten": "ho_va_ten_cbcc",
    "cot:ten_don_vi": "noi_cong_tac",
    "cot:chuc_danh": "vi_tri",
    "cot:nhiem_vu": "duoc_giao",
    "luon:tu_ngay": "01/07/2025",
}


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(NOW, tick=False):
        yield


@shared(on=NOW)
def required(cast):
    make_duty()
    seed_requirements(timezone.make_aware(datetime(2024, 1, 1)))
    follow()


@pytest.fixture
def trainer(cast, required, client_of):
    return client_of(cast.manager)


def follow() -> None:
    """What was made without an import counts as everything does."""
    rebuild_reach()
    standing.refresh(User.objects.values_list("pk", flat=True))


def make_completion(person, key, on, source=Completion.Source.IMPORT):
    return Completion.objects.create(
        person=person, course_key=key, completed_on=on, source=source, recorded_at=timezone.now()
    )


def text_of(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def table(*lines, header=HEADER, name="danh-sach.csv"):
    return SimpleUploadedFile(name, "\n".join([header, *lines]).encode())


def hand_in(client, *lines, header=HEADER, at=UPLOAD, **fields) -> str:
    response = client.post(at, {"file": table(*lines, header=header), **fields})
    assert response.status_code == 302, text_of(response)
    return response["Location"]


def rows(client, address, name="tat-ca", page=1):
    return client.get(f"{address}?loc={name}&trang={page}").context["rows"]


# --- columns


def test_columns_of_an_office_are_chosen_on_screen_and_its_next_file_asks_nothing(trainer, units):
    unit = {"unit": "20455"}
    address = hand_in(trainer, THEIR_ROW, header=THEIRS, **unit)
    page = trainer.get(address)
    assert "Cột nào của tệp là mục nào?" in text_of(page)
    asked = {field["name"]: field["chosen"] for field in page.context["columns"]["fields"]}
    assert (asked["ten_don_vi"], asked["chuc_danh"], asked["tu_ngay"]) == ("noi_cong_tac", "vi_tri", "")
    check = trainer.post(address, CHOSEN)["Location"]
    [row] = rows(trainer, check, "moi")
    assert dict(row["values"])["Mã đơn vị"] == "Xã Tây Giang (20455)"
    trainer.post(check)
    posting = Posting.objects.get(person__staff_code="TG-100")
    assert (posting.unit.code, posting.start, posting.position) == ("20455", date(2025, 7, 1), "Công chức")
    kept = ColumnMapping.objects.get()
    assert (kept.unit.code, kept.mapping["columns"]["ho_ten"]) == ("20455", "ho_va_ten_cbcc")
    again = trainer.get(hand_in(trainer, THEIR_ROW.replace("TG-100", "TG-101"), header=THEIRS, **unit))
    assert "đọc như lần trước" in text_of(again)
    assert again.context["result"]["created"] == 1


def test_where_no_row_looks_like_a_heading_somebody_says_which_one_it_is(trainer):
    """Two words only, of which one is long."""
    long = "Họ và tên đầy đủ của cán bộ công chức viên chức theo hồ sơ gốc"
    address = hand_in(trainer, "12/2026,13/2026", f"Mã số hồ sơ,{long}", "TG-100,Arâl Thị Bước", header="Biểu 1,2026")
    page = trainer.get(address)
    assert "Dòng nào của tệp là tiêu đề?" in text_of(page)
    lines = [(row["line"], row["texts"][0]) for row in page.context["heading_rows"]]
    assert (3, "Mã số hồ sơ") in lines
    wrong = trainer.post(address, {"heading": "99"})
    assert wrong.status_code == 422
    assert "Hãy chọn một dòng." in text_of(wrong)
    place = [line for line, _text in lines].index(3)
    asked = trainer.post(address, {"heading": str(place)})["Location"]
    headings = {one["name"]: one["key"] for one in trainer.get(asked).context["columns"]["headings"]}
    assert set(headings) == {"Mã số hồ sơ", long}
    assert "chọn dòng khác" in text_of(trainer.get(asked))
    assert trainer.get(f"{asked}?dong=1").context["heading_rows"]
    given = {
        "columns": "1",
        "cot:ma_can_bo": headings["Mã số hồ sơ"],
        "cot:ho_ten": headings[long],
        "luon:ma_don_vi": "20455",
        "luon:chuc_danh": "Công chức",
        "luon:nhiem_vu": "ho_tro_nan_nhan",
        "luon:tu_ngay": "01/07/2025",
    }
    checked = trainer.post(asked, given)["Location"]
    assert trainer.get(checked).context["result"]["created"] == 1, text_of(trainer.get(checked))
    trainer.post(checked)
    assert User.objects.by_login("TG-100").full_name == "Arâl Thị Bước"


def test_what_was_remembered_of_one_unit_is_not_taken_for_another(trainer):
    check = trainer.post(hand_in(trainer, THEIR_ROW, header=THEIRS, unit="20455"), CHOSEN)["Location"]
    assert trainer.get(check).context["result"]["created"] == 1
    for unit in ("", "20695"):
        other = trainer.get(hand_in(trainer, THEIR_ROW, header=THEIRS, unit=unit))
        assert "Cột nào của tệp là mục nào?" in text_of(other)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"cot:ho_ten": ""}, "Hãy chọn cột, vì mục này phải có ở mọi dòng."),
        ({"cot:email": "vi_tri"}, "Một cột của tệp chỉ chọn được cho một mục."),
        ({"cot:ten_don_vi": ""}, "Hãy chọn cột mã hoặc cột tên đơn vị"),
        ({"luon:tu_ngay": "mai"}, "Không đọc được ngày “mai”"),
    ],
)
def test_a_choice_that_cannot_be_is_told_beside_it_and_the_others_stay(trainer, changed, sentence):
    address = hand_in(trainer, THEIR_ROW, header=THEIRS)
    refused = trainer.post(address, {**CHOSEN, **changed})
    assert refused.status_code == 422
    assert sentence in text_of(refused)
    fields = {field["name"]: field["chosen"] for field in refused.context["columns"]["fields"]}
    assert fields["nhiem_vu"] == "duoc_giao"
    assert not ColumnMapping.objects.exists()


def test_a_unit_for_all_rows_makes_the_office_the_unit_of_each(trainer):
    header, row = "Mã,Tên,Chức vụ", "TG-100,Arâl Thị Bước,Công chức"
    address = hand_in(trainer, row, header=header)
    chosen = {"columns": "1", "cot:ma_can_bo": "ma", "cot:ho_ten": "ten", "cot:chuc_danh": "chuc_vu"}
    check = trainer.post(address, {**chosen, "luon:ma_don_vi": "Xã Tây Giang", "luon:tu_ngay": "1/7/2025"})["Location"]
    trainer.post(check)
    assert Posting.objects.get(person__staff_code="TG-100").unit.code == "20455"


def test_columns_can_be_chosen_again(trainer):
    check = trainer.post(hand_in(trainer, THEIR_ROW, header=THEIRS), CHOSEN)["Location"]
    page = trainer.get(f"{check}?cot=1")
    assert {one["name"]: one["chosen"] for one in page.context["columns"]["fields"]}["ho_ten"] == "ho_va_ten_cbcc"
    other = trainer.post(f"{check}?cot=1", {**CHOSEN, "cot:chuc_danh": ""})["Location"]
    assert "Chức danh" not in dict(rows(trainer, other)[0]["values"])


# --- names of units


def test_a_file_with_a_column_of_names_alone_needs_no_choice(trainer):
    header = HEADER.replace("ma_don_vi", "Tên đơn vị")
    [row] = rows(trainer, hand_in(trainer, "TG-100,Arâl Thị Bước,,,Xã Tây Giang,,,01/07/2025,", header=header))
    assert row["state"] == "moi"


def test_a_name_stands_where_the_code_should(trainer):
    address = hand_in(trainer, "TG-100,Arâl Thị Bước,,,xã tây giang,,,01/07/2025,")
    assert dict(rows(trainer, address)[0]["values"])["Mã đơn vị"] == "Xã Tây Giang (20455)"


@pytest.fixture
def stations(units):
    """Two health stations of one name."""
    under = (("TYT-1", units.tay_giang), ("TYT-2", units.thanh_my))
    made = [make_unit(code, "Trạm Y tế", parent=parent, kind="co_quan") for code, parent in under]
    rebuild_reach()
    return made


def test_where_two_units_bear_the_name_one_answer_serves_all_its_rows(trainer, stations):
    lines = [f"Y-{number},Người {number},,,Trạm Y tế,,,01/07/2025," for number in (1, 2, 3)]
    address = hand_in(trainer, *lines)
    page = trainer.get(address)
    assert "Dòng 2 và các dòng như vậy, 3 dòng" in text_of(page)
    [kind] = page.context["result"]["questions"]
    [row] = kind["rows"]
    assert [choice["key"] for choice in row["choices"]] == ["TYT-1", "TYT-2", "bo_dong"]
    check = trainer.post(address, {"answers": "1", row["field"]: "TYT-2"})["Location"]
    assert trainer.get(check).context["result"]["created"] == 3
    trainer.post(check)
    assert {one.unit.code for one in Posting.objects.filter(person__staff_code__startswith="Y-")} == {"TYT-2"}


def test_the_station_of_the_office_that_sent_the_file_is_meant_without_a_question(trainer, stations):
    address = hand_in(trainer, "Y-1,Người A,,,Trạm Y tế,,,01/07/2025,", unit="20695")
    assert dict(rows(trainer, address)[0]["values"])["Mã đơn vị"] == "Trạm Y tế (TYT-2)"


@pytest.mark.parametrize(
    "written", ["Xa Tay Giang", "UBND xã Tây Giang", "Tây Giang", "X. Tây Giang", "UBND x. tay giang"]
)
def test_a_name_that_is_only_alike_is_asked_about(trainer, written):
    address = hand_in(trainer, f"TG-100,Arâl Thị Bước,,,{written},,,01/07/2025,")
    assert f"“{written}” là đơn vị nào?" in text_of(trainer.get(address))
    assert trainer.get(address).context["result"]["waiting"] == 1


# --- rows


def test_each_row_is_new_changed_unchanged_wrong_or_waiting_and_each_is_a_filter(trainer, cast, units):
    known = make_person("Bling Ca", "TG-7", phone="+84905000007")
    make_posting(known, units.tay_giang, position="Công chức", start=date(2025, 7, 1))
    lines = [
        "TG-100,Arâl Thị Bước,,,20455,Công chức,,01/07/2025,",
        "TG-7,Bling Ca,,0905 000 008,20455,Công chức,ho_tro_nan_nhan,01/07/2025,31/12/2026",
        f"{cast.other_learner.staff_code},{cast.other_learner.full_name},,,20695,Công chức,ho_tro_nan_nhan,01/07/2025,",
        "X-1,Không Có,,,99999,,,01/07/2025,",
        "TG-8,Tên Mới,,,20455,,,01/07/2025,",
    ]
    make_person("Tên Cũ", "TG-8")
    address = hand_in(trainer, *lines)
    states = {row["line"]: row["state"] for row in rows(trainer, address)}
    assert states == {"2": "moi", "3": "doi", "4": states["4"], "5": "loi", "6": "cho"}
    [changed] = [row for row in rows(trainer, address, "doi") if row["line"] == "3"]
    assert ("Điện thoại", "0905000007", "0905000008") in changed["changes"]
    assert ("Đến ngày", "", "31/12/2026") in changed["changes"]
    assert "Họ tên" not in [heading for heading, *_rest in changed["changes"]]
    assert [row["line"] for row in rows(trainer, address, "loi")] == ["5"]
    assert [row["line"] for row in rows(trainer, address, "cho")] == ["6"]


def test_a_page_of_rows_costs_the_same_however_long_the_file(trainer, django_assert_max_num_queries):
    def cost(count: int) -> int:
        address = hand_in(trainer, *(f"N-{n},Người {n},,,20455,,,01/07/2025," for n in range(count)))
        trainer.get(address)
        with django_assert_max_num_queries(40) as asked:
            page = trainer.get(f"{address}?loc=moi&trang={max(1, count // ROWS_A_PAGE)}")
        assert len(page.context["rows"]) == min(count, ROWS_A_PAGE)
        return len(asked)

    assert cost(3) == cost(200)


def test_every_row_stands_on_exactly_one_page_of_its_filter(trainer, monkeypatch):
    from courses.reports.importing import previews

    monkeypatch.setattr(previews, "MOST_PLACES", 2)
    lines = [f"N-{n},Người {n},,,{'20455' if n % 3 else '99999'},,,01/07/2025," for n in range(180)]
    address = hand_in(trainer, *lines)
    for name, wanted in (("tat-ca", range(180)), ("moi", [n for n in range(180) if n % 3])):
        pages = trainer.get(f"{address}?loc={name}").context["pages"]
        shown = [row["item"] for page in range(1, pages + 1) for row in rows(trainer, address, name, page)]
        assert shown == [f"N-{n}" for n in wanted]


def test_the_preview_goes_with_the_file_once_it_is_brought_in(trainer):
    address = hand_in(trainer, "TG-100,Arâl Thị Bước,,,20455,,,01/07/2025,")
    name = Effect.objects.get(kind=jobs.CHECK).result["preview"]["file"]
    assert private_files.exists(name)
    trainer.post(address)
    assert not private_files.exists(name)
    assert "bản xem trước chỉ giữ trong thời gian ngắn" in text_of(trainer.get(address))


# --- figures


def told(page) -> dict[tuple[str, str], tuple]:
    figures = page.context["figures"]
    numbers = ("required", "required_after", "completed", "completed_after")
    found = [*figures["whole"], *figures["touched"]]
    return {(one["requirement"], one["code"]): tuple(one[name] for name in numbers) for one in found}


def test_what_the_file_does_to_the_figure_is_told_before_and_is_so_after(trainer, cast, units):
    gone = make_person("Sẽ Đi", "TG-9")
    make_posting(gone, units.tay_giang)
    make_completion(gone, "nhan-dien-nan-nhan", date(2026, 5, 1))
    follow()
    lines = [
        "TG-100,Arâl Thị Bước,,,20455,Công chức,ho_tro_nan_nhan,01/07/2025,",
        "TG-9,Sẽ Đi,,,20695,Công chức,ho_tro_nan_nhan,01/10/2026,",
    ]
    address = hand_in(trainer, *lines)
    moved = trainer.post(address, {"answers": "1", "tra_loi:chuyen_don_vi:*": "da_chuyen"})["Location"]
    expected = told(trainer.get(moved))
    requirement = Requirement.objects.get(key="nhan-dien-nan-nhan")
    codes = {code for name, code in expected if name == requirement.name}
    before = {code: coverage(requirement, unit=code).total for code in codes}
    trainer.post(moved)
    after = {code: coverage(requirement, unit=code).total for code in codes}
    for code in codes:
        then, now = before[code], after[code]
        figure = (then.required, now.required, then.completed, now.completed)
        assert expected[requirement.name, code] == figure, code
    assert expected[requirement.name, "20695"][1] == expected[requirement.name, "20695"][0] + 1


def test_the_figure_counts_whom_a_complete_file_ends(trainer, cast):
    address = hand_in(trainer, "TG-100,Arâl Thị Bước,,,20455,Công chức,ho_tro_nan_nhan,01/07/2025,", missing="end")
    expected = told(trainer.get(address))
    trainer.post(address, {"so": "1"})
    requirement = Requirement.objects.get(key="nhan-dien-nan-nhan")
    assert expected[requirement.name, "20455"][:2] == (1, coverage(requirement, unit="20455").total.required)


def test_of_two_positions_from_one_day_a_complete_file_that_has_one_ends_the_other(trainer, units):
    both = make_person("Hồ Thị Hà", "TG-8")
    for position in ("Công chức", "Phó ban"):
        make_posting(both, units.tay_giang, position=position)
    follow()
    address = hand_in(trainer, "TG-8,Hồ Thị Hà,,,20455,Phó ban,ho_tro_nan_nhan,01/07/2025,", missing="end")
    expected = told(trainer.get(address))
    requirement = Requirement.objects.get(key="nhan-dien-nan-nhan")
    before = coverage(requirement, unit="20455").total.required
    trainer.post(address, {"so": str(Posting.objects.current().filter(unit=units.tay_giang, end=None).count() - 1)})
    after = coverage(requirement, unit="20455").total.required
    assert after == 1
    assert expected[requirement.name, "20455"][:2] == (before, after)


# --- mending


def test_a_wrong_cell_is_mended_on_the_page_and_kept_with_the_import(trainer):
    address = hand_in(trainer, "TG-100,Arâl Thị Bước,,,99999,Công chức,,mai,", "TG-101,Bling Ca,,,20455,,,01/07/2025,")
    [row] = rows(trainer, address, "loi")
    assert [field["column"] for field in row["wrong_fields"]] == ["tu_ngay"]
    check = trainer.post(f"{address}?loc=loi", {"mend": "1", "o:2:tu_ngay": "01/07/2025", "o:2:ma_don_vi": "20455"})
    page = trainer.get(check["Location"])
    assert (page.context["result"]["created"], page.context["result"]["rejected_count"]) == (2, 0)
    [mended] = [one for one in rows(trainer, check["Location"]) if one["mended"]]
    assert mended["mended"] == ["Mã đơn vị", "Từ ngày"]
    trainer.post(check["Location"])
    assert Posting.objects.get(person__staff_code="TG-100").unit.code == "20455"
    change = BulkChange.objects.get(kind="roster")
    assert change.mended == {"2": ["ma_don_vi", "tu_ngay"]}
    assert "dòng 2: ma_don_vi, tu_ngay" in text_of(trainer.get(f"/tai-khoan/thay-doi/{change.pk}/"))


def test_a_mended_cell_can_be_mended_again_and_stays_through_an_answer(trainer):
    make_person("Tên Cũ", "TG-8")
    address = hand_in(trainer, "TG-8,Tên Mới,,,99999,,,01/07/2025,")
    check = trainer.post(f"{address}?loc=loi", {"mend": "1", "o:2:ma_don_vi": "20455"})["Location"]
    again = trainer.post(check, {"answers": "1", "tra_loi:ten_khac:*": "ten_moi"})["Location"]
    [row] = rows(trainer, again)
    assert row["cells"]["ma_don_vi"] == "20455"
    other = trainer.post(f"{again}?loc=tat-ca", {"mend": "1", "o:2:ma_don_vi": "20695"})["Location"]
    trainer.post(other)
    assert Posting.objects.get(person__staff_code="TG-8").unit.code == "20695"


def test_only_cells_that_stood_on_the_page_are_mended(trainer):
    address = hand_in(trainer, "TG-100,Arâl Thị Bước,,,20455,,,01/07/2025,", "X-1,A,,,99999,,,01/07/2025,")
    other = {"mend": "1", "o:2:ho_ten": "Người Khác", "o:3:la": "x", "o:99:ho_ten": "x", "o:3:ma_don_vi": "99999"}
    check = trainer.post(f"{address}?loc=loi", other)["Location"]
    assert Effect.objects.filter(kind=jobs.CHECK).latest("pk").payload["mended"] == {}
    assert trainer.get(check).context["result"]["created"] == 1


def test_a_row_with_shifted_cells_is_mended_as_a_whole(trainer):
    address = hand_in(trainer, "TG-100,Arâl, Thị Bước,,,20455,,,01/07/2025,31/12/2026")
    [row] = rows(trainer, address, "loi")
    right = {"ho_ten": "Arâl Thị Bước", "email": "", "dien_thoai": "", "ma_don_vi": "20455", "chuc_danh": ""}
    right |= {"nhiem_vu": "", "tu_ngay": "01/07/2025", "den_ngay": ""}
    check = trainer.post(f"{address}?loc=loi", {"mend": "1", **{f"o:2:{name}": text for name, text in right.items()}})
    assert row["wrong_fields"] == []
    assert trainer.get(check["Location"]).context["result"]["created"] == 1


# --- who is meant


@pytest.fixture
def lan(units):
    person = make_person("Zơrâm Thị Lan", "TG-50", email="lan@example.vn", phone="+84905000050")
    make_posting(person, units.thanh_my, start=date(2025, 7, 1))
    return person


@pytest.mark.parametrize(
    "line",
    [
        ",Zơrâm Thị Lan,lan@example.vn,,20455,,,01/08/2026,",
        ",Zơrâm Thị Lan,,0905 000 050,20455,,,01/08/2026,",
        "MOI-1,Zơrâm Thị Lan,LAN@example.vn,,20455,,,01/08/2026,",
    ],
)
def test_without_a_known_code_somebody_of_that_name_and_address_is_offered(trainer, lan, line):
    address = hand_in(trainer, line)
    page = trainer.get(address)
    assert "Có phải là “TG-50” (Zơrâm Thị Lan), người cùng tên và cùng địa chỉ?" in text_of(page)
    assert page.context["result"]["waiting"] == 1
    people = User.objects.count()
    trainer.post(trainer.post(address, {"answers": "1", "tra_loi:cung_nguoi:2": "nguoi_cu"})["Location"])
    assert User.objects.count() == people
    assert set(lan.postings.current().values_list("unit__code", flat=True)) == {"20455", "20695"}


def test_answered_to_be_another_she_comes_without_the_address(trainer, lan):
    address = hand_in(trainer, "MOI-1,Zơrâm Thị Lan,lan@example.vn,,20455,,,01/08/2026,")
    trainer.post(trainer.post(address, {"answers": "1", "tra_loi:cung_nguoi:*": "nguoi_moi"})["Location"])
    assert (User.objects.get(staff_code="MOI-1").email, User.objects.get(pk=lan.pk).email) == (None, "lan@example.vn")


def test_another_name_behind_a_shared_address_is_another_person_with_a_note(trainer, lan):
    address = hand_in(trainer, "MOI-1,Hồ Văn Dung,lan@example.vn,,20455,,,01/08/2026,")
    [row] = rows(trainer, address, "ghi-chu")
    assert (row["state"], row["notes"]) == ("moi", ["email đã thuộc về người khác nên không nhập."])
    trainer.post(address)
    assert User.objects.get(staff_code="MOI-1").email is None


def test_without_a_code_and_with_another_name_the_row_is_wrong_until_a_code_is_typed(trainer, lan):
    address = hand_in(trainer, ",Hồ Văn Dung,lan@example.vn,,20455,,,01/08/2026,")
    [row] = rows(trainer, address, "loi")
    assert row["column"] == "ma_can_bo"
    check = trainer.post(f"{address}?loc=loi", {"mend": "1", "o:2:ma_can_bo": "MOI-1"})["Location"]
    assert trainer.get(check).context["result"]["created"] == 1


def test_two_of_one_name_behind_two_addresses_are_both_offered(trainer, lan):
    make_person("Zơrâm Thị Lan", "TG-51", email="lan.z@example.vn")
    address = hand_in(trainer, ",Zơrâm Thị Lan,lan.z@example.vn,0905000050,20455,,,01/08/2026,")
    check = trainer.post(address, {"answers": "1", "tra_loi:cung_nguoi_nao:2": "TG-51"})["Location"]
    trainer.post(check)
    assert Posting.objects.get(person__staff_code="TG-51").unit.code == "20455"


def test_somebody_new_of_a_name_in_the_unit_is_noted_as_a_likely_double(trainer, lan):
    address = hand_in(trainer, "MOI-2,zơrâm thị lan,,,20695,,,01/08/2026,")
    [row] = rows(trainer, address)
    assert "Cùng tên, cùng đơn vị với Zơrâm Thị Lan (TG-50)" in row["notes"][0]


def test_of_two_new_ones_of_a_name_in_one_file_the_later_has_the_line_of_the_other(trainer, lan):
    address = hand_in(trainer, "MOI-1,Hồ Thị Năm,,,20455,,,01/08/2026,", "MOI-2,hồ thị năm,,,20455,,,01/08/2026,")
    first, later = rows(trainer, address)
    assert (first.get("notes", []), "với dòng 2: Hồ Thị Năm (MOI-1)" in later["notes"][0]) == ([], True)
    done = trainer.get(trainer.post(address)["Location"])
    assert "/tai-khoan/gop-ho-so/" in done.content.decode()


# --- the other files

PDF_BYTES = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_completions_come_with_their_paper_and_what_they_do_to_the_figure(trainer, cast, client_of):
    make_posting(make_person("Bling Ca", "TG-7"), cast.learner.postings.first().unit, start=date(2025, 7, 1))
    follow()
    header, row = "Mã cán bộ,Họ tên,Lớp,Ngày", "TG-7,Bling Ca,nhan-dien-nan-nhan,05/05/2026"
    paper = SimpleUploadedFile("quyet-dinh.pdf", PDF_BYTES, content_type="application/pdf")
    address = hand_in(trainer, row, header=header, at="/bao-cao/nhap/hoan-thanh/", evidence=paper)
    columns = {"columns": "1", "cot:ma_can_bo": "ma_can_bo", "cot:ho_ten": "ho_ten", "cot:khoa_hoc": "lop"}
    check = trainer.post(address, {**columns, "cot:ngay_hoan_thanh": "ngay"})["Location"]
    expected = told(trainer.get(check))
    done = trainer.get(trainer.post(check)["Location"])
    requirement = Requirement.objects.get(key="nhan-dien-nan-nhan")
    now = coverage(requirement, unit="20455").total
    assert expected[requirement.name, "20455"] == (now.required, now.required, now.completed - 1, now.completed)
    assert Completion.objects.current().get(person__staff_code="TG-7").completed_on == date(2026, 5, 5)
    link = f"/bao-cao/nhap/minh-chung/{BulkChange.objects.get(kind='completions').pk}/"
    assert link in done.content.decode()
    assert link in trainer.get(link.replace("bao-cao/nhap/minh-chung", "tai-khoan/thay-doi")).content.decode()
    assert b"".join(trainer.get(link).streaming_content) == PDF_BYTES
    assert client_of(cast.trainer).get(link).status_code == 403


def test_a_paper_of_a_file_that_changed_nothing_is_not_kept(trainer, cast):
    make_completion(cast.learner, "nhan-dien-nan-nhan", date(2026, 5, 5), source=Completion.Source.IMPORT)
    header = "ma_can_bo,khoa_hoc,ngay_hoan_thanh,minh_chung"
    row = f"{cast.learner.staff_code},nhan-dien-nan-nhan,05/05/2026,"
    paper = SimpleUploadedFile("quyet-dinh.pdf", PDF_BYTES, content_type="application/pdf")
    address = hand_in(trainer, row, header=header, at="/bao-cao/nhap/hoan-thanh/", evidence=paper)
    assert [one["state"] for one in rows(trainer, address)] == ["giu"]


def test_excuses_have_the_same_screens(trainer, cast):
    header, row = "Số hiệu,Họ tên,Lý do,Từ,Đến", f"{cast.learner.staff_code},x,Nghỉ thai sản,01/10/2026,31/03/2027"
    address = hand_in(trainer, row, header=header, at="/bao-cao/nhap/mien/")
    columns = {"columns": "1", "cot:ma_can_bo": "so_hieu", "cot:ly_do": "ly_do", "cot:tu_ngay": "tu"}
    columns |= {"cot:den_ngay": "den", "luon:yeu_cau": "nhan-dien-nan-nhan"}
    check = trainer.post(address, columns)["Location"]
    expected = told(trainer.get(check))
    trainer.post(check)
    requirement = Requirement.objects.get(key="nhan-dien-nan-nhan")
    assert expected[requirement.name, "20455"][1] == coverage(requirement, unit="20455").total.required
    assert Excuse.objects.current().get().reason == "Nghỉ thai sản"
    # the same again with another end: before and after beside each other
    address = hand_in(trainer, row.replace("31/03/2027", "30/04/2027"), header=header, at="/bao-cao/nhap/mien/")
    [changed] = rows(trainer, address, "doi")
    assert changed["changes"] == [("Đến ngày", "31/03/2027", "30/04/2027")]


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("mien", "ma_can_bo,yeu_cau,ly_do,tu_ngay,den_ngay", "{},nhan-dien-nan-nhan,Nghỉ phép,01/10/2026,31/03/2027"),
        ("hoan-thanh", "ma_can_bo,khoa_hoc,ngay_hoan_thanh,minh_chung", "{},nhan-dien-nan-nhan,05/05/2026,Giấy 12"),
    ],
)
def test_nobody_brings_in_an_excuse_or_a_completion_of_her_own(trainer, cast, kind, header, row):
    lines = [row.format(person.staff_code) for person in (cast.manager, cast.learner)]
    address = hand_in(trainer, *lines, header=header, at=f"/bao-cao/nhap/{kind}/")
    [own] = rows(trainer, address, "loi")
    assert own["item"] == cast.manager.staff_code
    assert "Dòng này nói về chính anh chị; người khác nộp thay." in html.unescape(str(own))
    trainer.post(address)
    brought = (Excuse if kind == "mien" else Completion).objects.current()
    assert [one.person for one in brought] == [cast.learner]


def test_a_record_merged_into_ones_own_is_oneself_in_a_file_too(trainer, cast):
    double = make_person("Trương Thị Quản Hai", staff_code="TG-777")
    Merge.objects.create(gone=double, stays=cast.manager, by=cast.learner, recorded_at=NOW)
    header, row = "ma_can_bo,yeu_cau,ly_do,tu_ngay,den_ngay", "TG-777,nhan-dien-nan-nhan,Nghỉ phép,01/10/2026,"
    address = hand_in(trainer, row, header=header, at="/bao-cao/nhap/mien/")
    assert [one["item"] for one in rows(trainer, address, "loi")] == ["TG-777"]


def test_a_code_whose_bearer_the_file_calls_otherwise_is_told(trainer, cast):
    line = f"{cast.learner.staff_code},Tên Khác Hẳn,nhan-dien-nan-nhan,05/05/2026,"
    header = "ma_can_bo,ho_ten,khoa_hoc,ngay_hoan_thanh,minh_chung"
    [row] = rows(trainer, hand_in(trainer, line, header=header, at="/bao-cao/nhap/hoan-thanh/"), "ghi-chu")
    told = f"Mã này là của “{cast.learner.staff_code}” ({cast.learner.full_name}), trong tệp tên là Tên Khác Hẳn"
    assert told in row["notes"][0]


def test_units_come_with_their_successions(trainer, units):
    header = "ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay"
    successions = SimpleUploadedFile(
        "chuyen.csv", "ma_cu,ma_moi,thua_ke,quyet_dinh,ngay\n20455,TG-MOI,1,QĐ 1,01/12/2026\n".encode()
    )
    root = units.tay_giang.parent
    row = f"TG-MOI,Xã Tây Giang Mới,xa,chinh_quyen,{root.code},01/12/2026,"
    address = hand_in(trainer, row, header=header, at="/bao-cao/nhap/don-vi/", second=successions)
    page = trainer.get(address)
    assert page.context["result"]["created"] == 2, text_of(page)
    assert {one["item"] for one in rows(trainer, address, "moi")} == {"TG-MOI", "20455 → TG-MOI"}
    figures = page.context["figures"]
    assert figures["on"] == date(2026, 12, 1)
    assert "Tệp này làm con số ngày 01/12/2026 đổi thế nào" in text_of(page)
    expected = told(page)
    trainer.post(address)
    assert Unit.objects.filter(code="TG-MOI").exists()
    requirement = Requirement.objects.get(key="nhan-dien-nan-nhan")
    days = {"as_of": date(2026, 12, 1)}
    for code in (root.code, "TG-MOI"):
        now = coverage(requirement, unit=code, **days).total
        assert expected[requirement.name, code][1::2] == (now.required, now.completed), code
    assert expected[requirement.name, "20455"] == (1, 0, 0, 0)
    assert expected[requirement.name, "TG-MOI"] == (0, 1, 0, 0)


def test_a_file_of_units_as_they_are_known_changes_no_figure(trainer, units):
    root = units.tay_giang.parent
    row = f"20455,Xã Tây Giang,xa,chinh_quyen,{root.code},01/07/2025,"
    page = trainer.get(
        hand_in(trainer, row, header="ma,ten,loai,nganh,ma_cha,tu_ngay,den_ngay", at="/bao-cao/nhap/don-vi/")
    )
    assert "Không con số nào đổi hôm nay." in text_of(page)
    assert page.context["figures"]["touched"] == []


@pytest.mark.parametrize("key", ["mien", "hoan-thanh", "don-vi"])
def test_files_that_count_at_once_are_for_the_province(cast, client_of, key):
    assert client_of(cast.trainer).get(f"/bao-cao/nhap/{key}/").status_code == 403
    assert client_of(cast.manager).get(f"/bao-cao/nhap/{key}/").status_code == 200
    assert client_of(cast.manager).get("/bao-cao/nhap/khac/").status_code == 404


@pytest.mark.parametrize("key", ["mien", "hoan-thanh", "don-vi"])
def test_each_template_has_the_columns_of_the_contract(trainer, key):
    page = trainer.get(f"/bao-cao/nhap/{key}/mau.csv").content.decode()
    file = SimpleUploadedFile("mau.csv", page.encode())
    check = trainer.post(f"/bao-cao/nhap/{key}/", {"file": file})["Location"]
    assert not trainer.get(check).context["result"].get("asks_columns")
